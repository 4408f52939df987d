// MIDI in the page with an injected device: connect on request, play, pull the plug.
import { expect, test } from '@playwright/test'
import { GROUP, drop, expectNoVoices, expectSound, imported, open, sounds } from './app.ts'

interface FakeMidi {
  send(...bytes: number[]): void
  unplug(): void
  asked: number
}
declare global {
  interface Window {
    fakeMidi: FakeMidi
  }
}

test('MIDI is asked for on a click, plays, and leaves no note when it is unplugged', async ({ page }) => {
  await page.addInitScript(() => {
    const input = {
      id: 'k',
      name: 'Test keys',
      state: 'connected',
      onmidimessage: null as null | ((event: object) => void),
    }
    const access = { inputs: new Map([['k', input]]), onstatechange: null as null | (() => void) }
    window.fakeMidi = {
      asked: 0,
      send: (...bytes) => input.onmidimessage?.({ data: new Uint8Array(bytes) }),
      unplug() {
        input.state = 'disconnected'
        access.onstatechange?.()
      },
    }
    Object.defineProperty(navigator, 'requestMIDIAccess', {
      value: () => {
        window.fakeMidi.asked += 1
        return Promise.resolve(access)
      },
    })
  })
  await open(page)
  await drop(page, [GROUP.file])
  await expect.poll(() => imported(page)).toBe(GROUP.sounds)
  const [first] = (await sounds(page)).filter(({ source }) => source.kind === 'import')
  await page.evaluate((presetId) => window.soundloom!.run('audition.select', { presetId }), first!.id)
  expect(await page.evaluate(() => window.fakeMidi.asked)).toBe(0)
  await page
    .getByRole('button', { name: /Connect MIDI/ })
    .first()
    .click()
  await page.getByRole('tab', { name: 'Keyboard' }).click()
  await expect(page.getByText('Test keys')).toBeVisible()
  expect(await page.evaluate(() => window.fakeMidi.asked)).toBe(1)
  await page.evaluate(() => window.fakeMidi.send(0x90, 60, 100))
  await expectSound(page)
  await expect(page.locator('.piano .lit')).toHaveCount(1)
  await page.evaluate(() => window.fakeMidi.unplug())
  await expect(page.locator('.piano .lit')).toHaveCount(0)
  await expectNoVoices(page)
})
