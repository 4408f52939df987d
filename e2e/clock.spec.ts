// The song against the audio clock, with the page hidden and its main thread busy: no drift, no late note (Playwright). VERIFY: ten minutes.
import { expect, test, type Page } from '@playwright/test'
import { constants, enums, records } from '../src/generated/wire.ts'
import { open } from './app.ts'
import { catchEngine } from './engine.ts'

const SECONDS = process.env.VERIFY ? 600 : 6
/** The slot is written once in 160 frames, the context's clock moves by a quantum, and the two are not read at once. */
const SLACK_FRAMES = 4096

interface Reading {
  /** Song frame minus engine frame. */
  readonly offset: number
  /** Audio clock minus engine frame, in frames. */
  readonly ahead: number
  readonly late: number
  readonly dropped: number
  readonly playing: boolean
}

/** Reads the transport slot of the running engine out of the shared memory itself. */
const read = (page: Page): Promise<Reading> =>
  page.evaluate(
    ({ magic, rateAt, slotsAt, slot, slotBytes, wordsAt, word }) => {
      const { memory, context } = window.caught
      const all = new Uint32Array(memory.buffer)
      // The number may stand elsewhere by chance; only after the header's comes this engine's sample rate.
      const rates = new Float32Array(memory.buffer)
      let header = -4
      do header = 4 * all.indexOf(magic, header / 4 + 1)
      while (header >= 0 && rates[(header + rateAt) / 4] !== context.sampleRate)
      const slots = all[(header + slotsAt) / 4]!
      const at = (index: number): number => Atomics.load(all, (slots + slot * slotBytes + wordsAt) / 4 + index)
      const long = (low: number, high: number): number => at(low) + at(high) * 2 ** 32
      const engine = long(word.engineLow, word.engineHigh)
      return {
        offset: long(word.positionLow, word.positionHigh) - engine,
        ahead: Math.round(context.currentTime * context.sampleRate) - engine,
        late: at(word.late),
        dropped: at(word.dropped),
        playing: at(word.status) === 1,
      }
    },
    {
      magic: constants.wireMagic,
      rateAt: records.wireHeader.offset.sampleRate,
      slotsAt: records.wireHeader.offset.slots,
      slot: enums.slotId.transport,
      slotBytes: records.slot.bytes,
      wordsAt: records.slot.offset.words,
      word: enums.transportWord,
    },
  )

test('the demo plays on in a hidden, busy page: 0 frames of drift, 0 late and 0 lost notes', async ({ page }) => {
  test.setTimeout((SECONDS + 120) * 1000)
  await catchEngine(page)
  await open(page)
  await page.mouse.click(5, 5)
  await page.evaluate(async () => {
    const { run } = window.soundloom!
    await run('project.openDemo')
    await run('transport.setLoop', { enabled: false })
    await run('transport.seek', { beats: 0 })
    await run('transport.play')
  })
  await expect.poll(async () => (await read(page)).playing).toBe(true)
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => true })
    document.dispatchEvent(new Event('visibilitychange'))
    // A good part of the time the main thread does nothing else than this.
    setInterval(() => {
      const until = performance.now() + 150
      while (performance.now() < until);
    }, 500)
  })
  const first = await read(page)
  const readings: Reading[] = []
  // A busy page answers late: the time is what counts, not the readings.
  for (const begin = performance.now(); performance.now() - begin < SECONDS * 1000;) {
    await page.waitForTimeout(1000)
    readings.push(await read(page))
  }
  // Torn between two writes a reading may be one step off; the song itself may not.
  const offsets = readings.map(({ offset }) => offset - first.offset)
  expect(offsets.filter((frames) => frames !== 0).length).toBeLessThanOrEqual(readings.length / 20)
  expect(offsets.at(-1)).toBe(0)
  const ahead = readings.map((reading) => reading.ahead)
  expect(Math.max(...ahead) - Math.min(...ahead)).toBeLessThan(SLACK_FRAMES)
  const last = readings.at(-1)!
  expect(last).toMatchObject({ playing: true, late: 0, dropped: 0 })
  console.log(
    `${String(SECONDS)} s: drift ${String(last.offset - first.offset)} frames; audio clock ${String(Math.min(...ahead))} to ${String(Math.max(...ahead))} frames ahead; late ${String(last.late)}`,
  )
})
