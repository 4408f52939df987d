// Real time against offline: what the audio thread played is rendered again in a worker, bit for bit (Playwright).
import { existsSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import type { Patch } from '../src/presets/model.ts'
import { importText } from '../src/presets/import.ts'
import { createOfflineEngine } from '../src/workers/render/offline.ts'
import { sampleHash } from '../src/workers/render/sha256.ts'
import { engineModule } from '../wasm/test/module.ts'
import { fromDisk } from './app.ts'
import { FIXTURES, openWithSounds, presetIds } from './engine.ts'

const REAL = ['group', 'guitar'].map((name) => `../shared/real-input/presets/${name}.json`)

interface Taken {
  readonly sha256: string
  readonly frames: number
  readonly dropped: number
  readonly channels: Float32Array[]
}

test('every sound, played and turned live, replays to the same SHA-256', async ({ page }) => {
  test.setTimeout(600_000)
  await openWithSounds(page)
  for (const { name, text } of REAL.filter((path) => existsSync(path)).map(fromDisk)) {
    await page.evaluate(({ name, text }) => window.soundloom!.import([new File([text], name)]), { name, text })
  }
  await page.mouse.click(5, 5)
  const all = await presetIds(page)
  const chosen = process.env.VERIFY ? all : all.filter((_, index) => index % Math.ceil(all.length / 4) === 0)
  for (const presetId of chosen) {
    const { live, offline, peak } = await page.evaluate(async (presetId) => {
      const { run } = window.soundloom!
      const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
      await run('audition.select', { presetId })
      await run('engine.startCapture', { seed: 7 })
      for (const note of [48, 55, 60]) {
        await run('note.on', { note, velocity: 0.7, source: 'test' })
        await pause(70)
      }
      await run('master.setVolume', { gainDb: -3 })
      // Some sounds wait more than half a second before they begin.
      await pause(700)
      for (const note of [48, 55, 60]) await run('note.off', { note, source: 'test' })
      await run('master.setVolume', { gainDb: 0 })
      await pause(250)
      const live = (await run('engine.stopCapture')) as Taken
      const offline = (await run('engine.replayCapture')) as Taken
      const peak = Math.max(
        ...live.channels.map((one) => one.reduce((high, sample) => Math.max(high, Math.abs(sample)), 0)),
      )
      const short = ({ sha256, frames, dropped }: Taken) => ({ sha256, frames, dropped })
      return { live: short(live), offline: short(offline), peak }
    }, presetId)
    expect(live.dropped, presetId).toBe(0)
    expect(live.frames, presetId).toBeGreaterThan(20_000)
    expect(peak, presetId).toBeGreaterThan(1e-4)
    expect(offline.sha256, presetId).toBe(live.sha256)
  }
})

/** The same renders in this Node process, by preset id. */
async function nodeHashes(spec: typeof SPEC, ids: readonly string[]): Promise<Record<string, string>> {
  const engine = createOfflineEngine(engineModule(), 48000, 64)
  const hashes: Record<string, string> = {}
  for (const { name, text } of FIXTURES.map(fromDisk)) {
    for (const { id, patch, values, effects } of (await importText(name, text)).presets) {
      if (!ids.includes(id)) continue
      const input = { patch: patch as Patch, values, effects, gainDb: 0 }
      hashes[id] = await sampleHash(engine.render(input, { ...SPEC, notes: [spec.note], sampleRate: 48000 }))
    }
  }
  return hashes
}
const SPEC = { note: 50, velocity: 0.9, duration: 0.4, tail: 0.3, seed: 11 }

test('Chromium and Node render the same samples', async ({ page }) => {
  await openWithSounds(page)
  const rendered = await page.evaluate(async (spec) => {
    const { presets, renderPreset } = window.soundloom!
    const hashes: Record<string, string> = {}
    for (const { id } of presets()
      .filter(({ source }) => (source as { kind: string }).kind === 'import')
      .slice(0, 6)) {
      hashes[id] = (await renderPreset(id, spec)).sha256
    }
    return hashes
  }, SPEC)
  expect(Object.keys(rendered).length).toBeGreaterThan(2)
  expect(await nodeHashes(SPEC, Object.keys(rendered))).toEqual(rendered)
})
