// What a while of playing costs the audio thread: time of its calls and sound that was lost, beside a worklet that does nothing (Playwright).
import { expect, type Page } from '@playwright/test'
import { twoSawPatch } from '../src/compile/benchWorks.ts'
import { MAX_CPU } from '../src/params/budget.ts'
import { BUCKETS, bucketTopUs, Stat } from '../worklets/stats.ts'
import { open } from './app.ts'
import { catchEngine, status } from './engine.ts'

export const QUANTUM_US = (128 / 48000) * 1e6
/** The page's own start (tiles that are drawn for the first time) is not what is compared. */
const SETTLE_MS = 5000

/** Of every call of `process`. */
export interface Run {
  readonly underrunSeconds: number
  readonly meanUs: number
  /** Upper edges of the buckets that hold these shares of the calls. */
  readonly p50Us: number
  readonly p999Us: number
}

const underrunSeconds = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      (window.caught.context as AudioContext & { playbackStats: { underrunDuration: number } }).playbackStats
        .underrunDuration,
  )

/** Every call is timed from here on. */
const words = (page: Page): Promise<number[]> =>
  page.evaluate((sampleEvery) => {
    const stats = new Int32Array(window.caught.stats)
    Atomics.store(stats, sampleEvery, 1)
    return [...stats]
  }, Stat.sampleEvery)

/** Of a page whose engine is caught: so many seconds as they come. */
export async function measuredRun(page: Page, seconds: number): Promise<Run> {
  const [before, lost] = [await words(page), await underrunSeconds(page)]
  await page.waitForTimeout(seconds * 1000)
  const [after, lostAfter] = [await words(page), await underrunSeconds(page)]
  const since = (at: number): number => ((after[at] ?? 0) - (before[at] ?? 0)) >>> 0
  const topUs = (share: number): number => {
    let above = Math.floor(since(Stat.samples) * (1 - share))
    let bucket = BUCKETS - 1
    for (; bucket > 0 && above >= since(Stat.histogram + bucket); bucket--) above -= since(Stat.histogram + bucket)
    return bucketTopUs(bucket)
  }
  return {
    underrunSeconds: lostAfter - lost,
    meanUs: since(Stat.sumUs) / since(Stat.samples),
    p50Us: topUs(0.5),
    p999Us: topUs(0.999),
  }
}

/** The app with its audio running, at full quality: the governor waits as long as it can. */
export async function openLive(page: Page): Promise<void> {
  await catchEngine(page)
  await open(page)
  await page.mouse.click(5, 5)
  await page.evaluate((maxCpu) => window.soundloom!.run('engine.setMaxCpu', { maxCpu }), MAX_CPU.max)
}

/** The engine as it is before anything plays, after the page has come to rest. */
export async function idleRun(page: Page, seconds: number): Promise<Run> {
  await page.evaluate(() => window.soundloom!.run('engine.panic'))
  await expect.poll(async () => (await status(page)).activeVoices).toBe(0)
  await page.waitForTimeout(SETTLE_MS)
  return measuredRun(page, seconds)
}

/** What sounds now, `voices` of them; nothing of it may be given up meanwhile. */
export async function voicesRun(page: Page, voices: number, seconds: number): Promise<Run> {
  await expect.poll(async () => (await status(page)).activeVoices).toBe(voices)
  await page.waitForTimeout(SETTLE_MS)
  const run = await measuredRun(page, seconds)
  expect(await status(page)).toMatchObject({ activeVoices: voices, governor: { events: [] } })
  return run
}

const PER_TRACK = 64

/** A song that holds so many voices of two saws through 24 dB per octave, 64 a track, for `seconds` of playing; it plays. */
export async function playHeldVoices(page: Page, voices: number, seconds: number): Promise<void> {
  const notes = Array.from({ length: PER_TRACK }, (_, key) => key + 28)
  await page.evaluate(
    async ({ tracks, notes, patch, beats }) => {
      const run = <Result>(id: string, args: object): Promise<Result> =>
        window.soundloom!.run(id, args) as Promise<Result>
      for (let n = 0; n < tracks; n++) {
        const { trackId } = await run<{ trackId: string }>('track.add', { name: `Held ${n + 1}` })
        await run('patch.load', { trackId, patch })
        // Together below full scale: the limiter is not what is measured.
        await run('track.setGain', { trackId, gainDb: -36 })
        const held = notes.map((note) => ({ beat: 0, lengthBeats: beats, note, velocity: 0.5 }))
        await run('clip.add', { trackId, startBeat: 0, lengthBeats: beats, notes: held })
      }
      await run('transport.setTempo', { bpm: 60 })
      await run('transport.play', {})
    },
    { tracks: voices / PER_TRACK, notes, patch: { ...twoSawPatch(PER_TRACK) }, beats: seconds },
  )
}

/** The same while with a processor that does nothing, on a page of its own that has no policy. Seconds of sound that were lost. */
export async function emptyRun(page: Page, seconds: number): Promise<number> {
  await page.route('/empty.html', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<button>Start</button>' }),
  )
  await page.goto('/empty.html')
  await page.getByRole('button').click()
  await page.evaluate(async () => {
    const context = new AudioContext({ sampleRate: 48000, latencyHint: 'interactive' })
    window.caught = { context } as Window['caught']
    const code = `registerProcessor('empty', class extends AudioWorkletProcessor { process() { return true } })`
    await context.audioWorklet.addModule(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })))
    new AudioWorkletNode(context, 'empty').connect(context.destination)
    await context.resume()
  })
  await page.waitForTimeout(SETTLE_MS)
  const before = await underrunSeconds(page)
  await page.waitForTimeout(seconds * 1000)
  return (await underrunSeconds(page)) - before
}
