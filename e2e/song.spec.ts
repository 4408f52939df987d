// A song by commands and keys, on the real engine: transport keys, notes to the selected track, the master's limiter (Playwright).
import { expect, test, type Page } from '@playwright/test'
import { complaints, expectNoVoices, open, voices } from './app.ts'

const run = <Result = unknown>(page: Page, id: string, args: object = {}): Promise<Result> =>
  page.evaluate(([id, args]) => window.soundloom!.run(id, args), [id, args] as const) as Promise<Result>

interface Transport {
  readonly playing: boolean
  readonly status: string
  readonly beatPos: number
  readonly loopEnabled: boolean
}
const transport = (page: Page): Promise<Transport> =>
  page.evaluate(() => window.soundloom!.state().transport) as Promise<unknown> as Promise<Transport>

/** A track with a held chord of four beats, from the first sound of a role. */
async function song(page: Page, role: string): Promise<string> {
  const presetId = await page.evaluate(
    (role) => window.soundloom!.presets().find((preset) => preset.role === role)!.id,
    role,
  )
  const { trackId } = await run<{ trackId: string }>(page, 'track.add', { presetId })
  const notes = [48, 55, 60].map((note) => ({ beat: 0, lengthBeats: 4, note, velocity: 1 }))
  await run(page, 'clip.add', { trackId, startBeat: 0, lengthBeats: 4, notes })
  return trackId
}

test.describe('a song', () => {
  test('Space plays and pauses, Home goes to the start, L loops while letters do not play', async ({ page }) => {
    const said = complaints(page)
    await open(page)
    await song(page, 'KEYS')
    await page.getByRole('heading', { name: 'Sounds' }).click()
    await page.keyboard.press('Space')
    await expect.poll(async () => (await transport(page)).playing).toBe(true)
    await expect.poll(() => voices(page)).toBe(3)
    await expect.poll(async () => (await transport(page)).beatPos).toBeGreaterThan(0.5)
    await page.keyboard.press('Space')
    await expect.poll(async () => (await transport(page)).status).toBe('paused')
    expect((await transport(page)).beatPos).toBeGreaterThan(0.5)
    await expectNoVoices(page)
    await page.keyboard.press('Home')
    await expect.poll(async () => (await transport(page)).beatPos).toBe(0)

    // The letter plays a note while musical typing is on.
    await page.keyboard.press('KeyL')
    expect((await transport(page)).loopEnabled).toBe(false)
    await run(page, 'input.setTyping', { on: false })
    await page.keyboard.press('KeyL')
    await expect.poll(async () => (await transport(page)).loopEnabled).toBe(true)
    await page.keyboard.press('Control+z')
    await expect.poll(async () => (await transport(page)).loopEnabled).toBe(false)
    expect(said).toEqual([])
  })

  test('keys play the selected track, and a pressed sound takes them back', async ({ page }) => {
    await open(page)
    const trackId = await song(page, 'KEYS')
    await page.getByRole('heading', { name: 'Sounds' }).click()
    await page.keyboard.down('KeyZ')
    await expect.poll(() => voices(page)).toBeGreaterThan(0)
    await page.keyboard.up('KeyZ')
    await expectNoVoices(page)
    // Muted, the track is silent; the sound on the strip is not.
    await run(page, 'track.setMute', { trackId, mute: true })
    const level = async (): Promise<number> => {
      await run(page, 'engine.startCapture')
      await page.keyboard.down('KeyZ')
      await expect.poll(() => voices(page)).toBeGreaterThan(0)
      await page.keyboard.up('KeyZ')
      await expectNoVoices(page)
      return peak(page)
    }
    expect(await level()).toBe(0)
    await page.evaluate(() => {
      const { presets, run } = window.soundloom!
      return run('audition.select', { presetId: presets().find(({ role }) => role === 'KEYS')!.id })
    })
    await page.keyboard.down('KeyZ')
    await expect.poll(() => voices(page)).toBeGreaterThan(0)
    await page.keyboard.up('KeyZ')
    await expectNoVoices(page)
  })

  test('the ceiling of the master limiter holds for what is heard', async ({ page }) => {
    await open(page)
    const trackId = await song(page, 'BASS')
    await run(page, 'track.setGain', { trackId, gainDb: 6 })
    await run(page, 'master.setVolume', { gainDb: 6 })
    const played = async (): Promise<number> => {
      await run(page, 'transport.seek', { beats: 0 })
      await run(page, 'engine.startCapture')
      await run(page, 'transport.play')
      await expect.poll(async () => (await transport(page)).beatPos).toBeGreaterThan(4)
      await run(page, 'transport.stop')
      return peak(page)
    }
    await page.getByRole('heading', { name: 'Sounds' }).click()
    const loud = await played()
    await run(page, 'device.setValue', { trackId: 'master', deviceId: 'limiter', key: 'ceiling', value: -12 })
    const held = await played()
    expect(loud).toBeGreaterThan(10 ** (-12 / 20))
    expect(held).toBeLessThanOrEqual(10 ** (-12 / 20))
    expect(held).toBeGreaterThan(0.1)
  })
})

/** Ends the capture; its highest absolute sample. */
const peak = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const { channels } = (await window.soundloom!.run('engine.stopCapture')) as { channels: Float32Array[] }
    return Math.max(...channels.map((channel) => channel.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)))
  })
