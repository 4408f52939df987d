// A recording that is dropped is on the keys at once, sounds at its pitch, survives a reload, and becomes a device's own (Playwright).
import { expect, test, type Page } from '@playwright/test'
import { testWav } from '../src/presets/assets/testWav.ts'
import { complaints, expectSound, open, sounds } from './app.ts'

const RATE = 44_100
/** A4 with two overtones, one second, and a click for a response. */
const tone = testWav(
  [
    Float32Array.from({ length: RATE }, (_, i) =>
      [0.4, 0.2, 0.1].reduce((sum, gain, h) => sum + gain * Math.sin((2 * Math.PI * 440 * (h + 1) * i) / RATE), 0),
    ),
  ],
  RATE,
  {},
)
const response = testWav([Float32Array.from({ length: 9000 }, (_, i) => (i === 0 || i === 8820 ? 0.8 : 0))], RATE, {})

async function dropAudio(page: Page, name: string, bytes: Uint8Array, on = 'body'): Promise<void> {
  const transfer = await page.evaluateHandle(
    ({ name, text }) => {
      const data = new DataTransfer()
      data.items.add(new File([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))], name, { type: 'audio/wav' }))
      return data
    },
    { name, text: Buffer.from(bytes).toString('base64') },
  )
  for (const type of ['dragenter', 'dragover', 'drop'])
    await page.locator(on).first().dispatchEvent(type, { dataTransfer: transfer })
}

/** SHA-256 of a render at `note`, its pitch by zero crossings, and what the engine missed. */
const rendered = (page: Page, id: string, note: number) =>
  page.evaluate(
    async ({ id, note }) => {
      const { channels, sha256, diagnostics } = await window.soundloom!.renderPreset(id, {
        note,
        duration: 0.5,
        tail: 0.1,
      })
      let crossings = 0
      for (let i = 4801; i < 14_401; i++) if (channels[0]![i - 1]! < 0 && channels[0]![i]! >= 0) crossings++
      return { sha256, hz: crossings * 5, diagnostics }
    },
    { id, note },
  )

test('a dropped recording sounds on the keys at its pitch, also after a reload', async ({ page }) => {
  test.slow()
  const said = complaints(page)
  await open(page)
  await dropAudio(page, 'Oboe A4.wav', tone)
  await expect.poll(async () => (await sounds(page)).some(({ name }) => name === 'Oboe A4')).toBe(true)
  const { id } = (await sounds(page)).find(({ name }) => name === 'Oboe A4')!
  // The keys have it.
  await page.getByRole('tab', { name: 'Keyboard' }).click()
  await page.keyboard.down('KeyZ')
  await expectSound(page)
  await page.keyboard.up('KeyZ')
  const before = await rendered(page, id, 57)
  expect(before.hz).toBe(220)
  expect(before.diagnostics).toEqual([])
  await page.reload()
  await page.waitForFunction(() => window.soundloom !== undefined)
  await page.evaluate(() => window.soundloom!.ready)
  expect(await rendered(page, id, 57)).toEqual(before)
  expect(said).toEqual([])
})

test('dropped on a convolution it is its impulse response; undo gives the old one back', async ({ page }) => {
  const said = complaints(page)
  await open(page)
  const { trackId, deviceId } = (await page.evaluate(async () => {
    const { run, presets } = window.soundloom!
    const { id } = presets()[0]! as unknown as { id: string }
    const { trackId } = (await run('track.add', { presetId: id })) as { trackId: string }
    await run('track.select', { trackId })
    return run('device.add', { trackId, type: 'convolution' })
  })) as { trackId: string; deviceId: string }
  const assetOf = () =>
    page.evaluate(
      ({ trackId, deviceId }) => {
        const { project } = window.soundloom!.state() as unknown as {
          project: { tracks: { id: string; devices: { id: string; asset?: string }[] }[] }
        }
        return project.tracks.find(({ id }) => id === trackId)!.devices.find(({ id }) => id === deviceId)!.asset ?? null
      },
      { trackId, deviceId },
    )
  const card = page.getByRole('article', { name: /^Convolution/ })
  await expect(card.getByRole('button', { name: 'Choose the impulse response: Own hall' })).toBeVisible()
  await dropAudio(page, 'Slap.wav', response, '.dev.fx .assetslot')
  await expect.poll(assetOf).toMatch(/^as-[0-9a-f]{16}$/)
  await expect(card.getByRole('button', { name: 'Choose the impulse response: Slap' })).toBeVisible()
  // It is not a sound of the library too.
  expect((await sounds(page)).some(({ name }) => name === 'Slap')).toBe(false)
  await page.evaluate(() => window.soundloom!.run('history.undo', {}))
  expect(await assetOf()).toBeNull()
  expect(said).toEqual([])
})
