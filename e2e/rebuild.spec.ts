// The way back from faults: a trap in process and a dead control worker end in a new engine that plays (Playwright).
import { expect, test, type Page } from '@playwright/test'
import { records, constants } from '../src/generated/wire.ts'
import { expectNoVoices, expectSound, stored } from './app.ts'
import { catchEngine, openWithSounds, presetIds, status } from './engine.ts'
import { testOneOf } from './slice.ts'

/** Plays the sound at `index` and waits until it is heard, then until it is over. */
async function plays(page: Page, index: number): Promise<void> {
  const presetId = (await presetIds(page))[index]!
  await page.evaluate((presetId) => window.soundloom!.run('audition.press', { presetId }), presetId)
  await expectSound(page)
  await page.evaluate(() => window.soundloom!.run('audition.release'))
  await page.evaluate(() => window.soundloom!.run('engine.panic'))
  await expectNoVoices(page)
}

test.beforeEach(async ({ page }) => {
  await catchEngine(page)
  await openWithSounds(page)
  await page.mouse.click(5, 5)
  await plays(page, 0)
})

/** The next block's first read is out of bounds: the engine traps inside process. */
const trap = (page: Page): Promise<void> =>
  page.evaluate(
    ({ magic, commands, sampleRate }) => {
      const words = new Uint32Array(window.caught.memory.buffer)
      const floats = new Float32Array(window.caught.memory.buffer)
      const header = words.findIndex((word, at) => word === magic && floats[at + sampleRate / 4] === 48000)
      // A ring outside the memory: the next block's first read is out of bounds.
      words[header + commands / 4] = 0xfffffff0
    },
    {
      magic: constants.wireMagic,
      commands: records.wireHeader.offset.commands,
      sampleRate: records.wireHeader.offset.sampleRate,
    },
  )

test('a trap inside process: a new engine holds the same sound and plays it', async ({ page }) => {
  await trap(page)
  await expect.poll(async () => (await status(page)).generation, { timeout: 10_000 }).toBe(2)
  await page.evaluate(() => window.soundloom!.run('note.on', { note: 60, velocity: 0.8, source: 'test' }))
  await expectSound(page)
  await page.evaluate(() => window.soundloom!.run('note.off', { note: 60, source: 'test' }))
  await plays(page, 1)
})

testOneOf(0, 3)('a second trap within ten seconds takes the sound off, and another sound plays', async ({ page }) => {
  for (const generation of [2, 3]) {
    await trap(page)
    await expect.poll(async () => (await status(page)).generation, { timeout: 10_000 }).toBe(generation)
    await page.waitForTimeout(500)
  }
  await expect(page.getByText('The sound that stopped it was taken off.')).toBeVisible()
  await plays(page, 1)
})

testOneOf(1, 3)('a killed control worker is noticed, and another builds the next sound', async ({ page }) => {
  await page.evaluate(() => window.caught.workers.get('control')!.terminate())
  await expect.poll(async () => (await status(page)).generation, { timeout: 10_000 }).toBe(2)
  await plays(page, 1)
})

testOneOf(2, 3)(
  'a sound asked for while the control worker is dead plays as soon as another is there',
  async ({ page }) => {
    const presetId = (await presetIds(page))[1]!
    await page.evaluate((presetId) => {
      window.caught.workers.get('control')!.terminate()
      return window.soundloom!.run('audition.press', { presetId })
    }, presetId)
    await expectSound(page)
    expect((await status(page)).generation).toBe(2)
  },
)

test('another sample rate is another engine with the same sound, and undo brings the first back', async ({ page }) => {
  const changed = await page.evaluate(() => window.soundloom!.run('project.setSampleRate', { sampleRate: 44100 }))
  expect(changed).toEqual({ sampleRate: 44100 })
  await expect.poll(async () => (await status(page)).sampleRate, { timeout: 10_000 }).toBe(44100)
  expect((await status(page)).generation).toBe(2)
  await page.evaluate(() => window.soundloom!.run('note.on', { note: 60, velocity: 0.8, source: 'test' }))
  await expectSound(page)
  await page.evaluate(() => window.soundloom!.run('note.off', { note: 60, source: 'test' }))
  await page.evaluate(() => window.soundloom!.run('history.undo'))
  await expect.poll(async () => (await status(page)).sampleRate, { timeout: 10_000 }).toBe(48000)
  await plays(page, 1)
})

test('a trap while a song plays: the new engine plays on from there', async ({ page }) => {
  const seconds = (): Promise<number> =>
    page.evaluate(() => (window.soundloom!.state().transport as { timeSeconds: number }).timeSeconds)
  await page.evaluate(
    async (presetId) => {
      const { run } = window.soundloom!
      const { trackId } = (await run('track.add', { presetId })) as { trackId: string }
      const notes = Array.from({ length: 64 }, (_, beat) => ({ beat, lengthBeats: 0.9, note: 60, velocity: 0.8 }))
      await run('clip.add', { trackId, startBeat: 0, lengthBeats: 64, notes })
      await run('transport.play')
    },
    (await presetIds(page))[0]!,
  )
  await expect.poll(seconds).toBeGreaterThan(1)
  await trap(page)
  await expect.poll(async () => (await status(page)).generation, { timeout: 10_000 }).toBe(2)
  await expect.poll(seconds).toBeGreaterThan(1.5)
  expect(await page.evaluate(() => window.soundloom!.state().transport)).toMatchObject({ playing: true })
  await expectSound(page)
})

test('a project at another rate starts the engine at that rate, once', async ({ page }) => {
  await page.evaluate(() => window.soundloom!.run('project.setSampleRate', { sampleRate: 96_000 }))
  await expect.poll(async () => (await status(page)).sampleRate, { timeout: 25_000 }).toBe(96_000)
  await expect.poll(() => stored(page)).toContain('96000')
  await page.reload()
  await page.waitForFunction(() => window.soundloom !== undefined)
  await page.evaluate(() => window.soundloom!.ready)
  expect(await status(page)).toMatchObject({ sampleRate: 96_000, generation: 1 })
  await expect(page.getByText('The sound engine runs at another sample rate.')).toHaveCount(0)
})
