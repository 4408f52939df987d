// The sounds of the real preset files, rendered: none is silent or clipped, all differ; skipped where the files are not there (Node).
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { importBytes } from '../../../src/presets/import.ts'
import type { Preset } from '../../../src/presets/model.ts'
import { integratedLoudness } from '../../../src/workers/render/loudness.ts'
import { peakOf } from '../engine.ts'
import { logMel, melDistance } from './distance.ts'
import { CHORD, play, SAMPLE_RATE, soundOf } from './measure.ts'

const FOLDERS = ['../shared/real-input', '../../shared/real-input']
const folder = FOLDERS.map((path) => resolve(path, 'presets')).find(existsSync)
if (!folder) console.warn('real preset files: not found beside the project, tests skipped')

async function realSounds(): Promise<Preset[]> {
  const files = ['group.json', 'guitar.json'].map((name) => ({
    name,
    bytes: new Uint8Array(readFileSync(resolve(folder ?? '', name))),
  }))
  const results = await Promise.all(files.map((file) => importBytes(file)))
  return results.flatMap((result) => [...result.presets])
}

test.skipIf(!folder)('every real preset sounds, is finite and does not clip', { timeout: 120_000 }, async () => {
  for (const preset of await realSounds()) {
    const { left, right } = play(soundOf(preset), CHORD)
    expect(Math.max(peakOf(left), peakOf(right)), preset.name).toBeLessThanOrEqual(1)
    expect(integratedLoudness([left, right], SAMPLE_RATE) ?? -70, preset.name).toBeGreaterThan(-50)
  }
})

test.skipIf(!folder)(
  'all real presets differ by more than three times what two seeds of one preset differ',
  { timeout: 240_000 },
  async () => {
    const rendered = (await realSounds()).map((preset) => {
      const [first, second] = [1, 2].map((seed) => logMel(play(soundOf(preset), [60], 2, 1, seed)))
      return { name: preset.name, mel: first ?? [], own: melDistance(first ?? [], second ?? []) }
    })
    const close: string[] = []
    for (const [at, a] of rendered.entries()) {
      for (const b of rendered.slice(at + 1)) {
        const [apart, own] = [melDistance(a.mel, b.mel), Math.max(a.own, b.own)]
        if (apart <= 3 * own)
          close.push(`${a.name} and ${b.name}: ${apart.toFixed(2)} dB apart, seeds ${own.toFixed(2)} dB`)
      }
    }
    expect(close).toEqual([])
  },
)
