// The demo song three ways: as the audio thread played it, replayed from its log, rendered offline, here and in Node (Playwright).
import { expect, test, type Page } from '@playwright/test'
import { TICKS_PER_BEAT } from '../src/compile/song.ts'
import type { Project } from '../src/project/document.ts'
import { sampleHash } from '../src/workers/render/sha256.ts'
import { renderSong } from '../src/workers/render/song.ts'
import { engineModule } from '../wasm/test/module.ts'
import { open } from './app.ts'

/** Where workers are compared: all of the song with every track twice, 16 in all, or a bar. */
const COMPARED = process.env.VERIFY
  ? { fromBeat: 0, toBeat: 96, twice: true }
  : { fromBeat: 16, toBeat: 20, twice: false }

/** The whole song takes as long as it lasts. */
const CAPTURED_SECONDS = process.env.VERIFY ? 100 : 6

async function openDemo(page: Page): Promise<void> {
  await open(page)
  await page.evaluate(async () => {
    const { run } = window.soundloom!
    await run('project.openDemo')
    await run('transport.stop')
    await run('transport.setLoop', { enabled: false })
  })
  // Sound starts inside a gesture.
  await page.mouse.click(5, 5)
  await expect.poll(() => page.evaluate(() => (window.soundloom!.status() as { audio: string }).audio)).toBe('running')
}

test('the demo, played live, replayed and rendered offline: not one sample differs, and Node renders the same', async ({
  page,
}) => {
  test.setTimeout(600_000)
  await openDemo(page)
  const { seed } = (await page.evaluate(() => window.soundloom!.state().project)) as Project
  await page.evaluate((seed) => window.soundloom!.run('engine.startCapture', { seed, fromBeat: 0 }), seed)
  await expect
    .poll(() => page.evaluate(() => (window.soundloom!.state().transport as { timeSeconds: number }).timeSeconds), {
      timeout: 200_000,
    })
    .toBeGreaterThan(CAPTURED_SECONDS)
  const found = await page.evaluate(async () => {
    type Samples = { channels: Float32Array[]; frames: number; sha256: string; dropped: number }
    const { run, renderProject } = window.soundloom!
    const live = (await run('engine.stopCapture')) as Samples
    await run('transport.stop')
    const replayed = (await run('engine.replayCapture')) as Samples
    const rendered = await renderProject()
    const frames = Math.min(live.frames, rendered.frames)
    let differing = 0
    let first = -1
    let peak = 0
    live.channels.forEach((channel, side) => {
      const other = rendered.channels[side]!
      for (let frame = 0; frame < frames; frame++) {
        if (channel[frame] !== other[frame]) {
          differing++
          first = first < 0 ? frame : Math.min(first, frame)
        }
        peak = Math.max(peak, Math.abs(channel[frame]!))
      }
    })
    const short = ({ sha256, frames }: { sha256: string; frames: number }) => ({ sha256, frames })
    return {
      live: short(live),
      dropped: live.dropped,
      replayed: short(replayed),
      rendered: short(rendered),
      diagnostics: rendered.diagnostics,
      frames,
      differing,
      first,
      peak,
      // Why, if it should differ: what the governor did, what was reported.
      status: JSON.stringify(window.soundloom!.status()),
    }
  })
  expect(found.dropped).toBe(0)
  expect(found.diagnostics).toEqual([])
  expect(found.frames).toBeGreaterThan(Math.min(CAPTURED_SECONDS, 55) * 44_100)
  expect(found.peak).toBeGreaterThan(0.05)
  expect(found.replayed, `replayed as played; ${found.status}`).toEqual(found.live)
  expect(found.differing, `from frame ${found.first}; ${found.status}`).toBe(0)

  const project = (await page.evaluate(() => window.soundloom!.state().project)) as Project
  const spec = { song: project, master: project.master, seed, sampleRate: project.sampleRate }
  const { channels } = renderSong(engineModule(), { ...spec, fromTick: 0, toTick: null, frames: null }, 128)
  expect({ sha256: await sampleHash(channels), frames: channels[0]!.length }).toEqual(found.rendered)
})

test('one, two and four workers render the samples that Node renders; stems are as long as the mix, one for each track; a render can be called off', async ({
  page,
}) => {
  test.setTimeout(300_000)
  await openDemo(page)
  const { hashes, frames, stems, names, shares, code } = await page.evaluate(async ({ twice, ...stretch }) => {
    const { run, renderProject, state } = window.soundloom!
    const before = (state().project as { tracks: { id: string }[] }).tracks
    for (const { id } of twice ? before : []) await run('track.duplicate', { trackId: id })
    const hashes: string[] = []
    for (const workers of [1, 2, 4]) hashes.push((await renderProject({ ...stretch, workers })).sha256)
    const shares: number[] = []
    const { frames, stems = [] } = await renderProject({
      fromBeat: 16,
      toBeat: 20,
      stems: true,
      onProgress: (share) => shares.push(share),
    })
    const calling = new AbortController()
    const whole = renderProject({ workers: 2, signal: calling.signal })
    setTimeout(() => calling.abort(), 50)
    const code = await whole.then(
      () => 'finished',
      (error: unknown) => (error as { code: string }).code,
    )
    const { tracks } = state().project as { tracks: { name: string }[] }
    return {
      hashes,
      frames,
      stems: stems.map(({ name, frames }) => ({ name, frames })),
      names: tracks.map(({ name }) => name),
      shares,
      code,
    }
  }, COMPARED)
  expect(stems).toEqual(names.map((name) => ({ name, frames })))
  expect(names.length).toBeGreaterThan(3)
  expect(shares.at(-1)).toBe(1)
  expect(code).toBe('cancelled')

  const project = (await page.evaluate(() => window.soundloom!.state().project)) as Project
  const { master, seed, sampleRate } = project
  const [fromTick, toTick] = [COMPARED.fromBeat * TICKS_PER_BEAT, COMPARED.toBeat * TICKS_PER_BEAT]
  const stretch = { fromTick, toTick, frames: null }
  const { channels } = renderSong(engineModule(), { song: project, master, seed, sampleRate, ...stretch }, 128)
  const sha256 = await sampleHash(channels)
  expect(hashes).toEqual([sha256, sha256, sha256])
})
