// The sounds of the real preset files, rendered: none is silent or clipped, all differ; skipped where the files are not there (Node).
import { expect, test } from 'vitest'
import { integratedLoudness } from '../../../src/workers/render/loudness.ts'
import { peakOf } from '../engine.ts'
import { realSounds } from '../sounds.ts'
import { logMel, melDistance } from './distance.ts'
import { CHORD, play, SAMPLE_RATE } from './measure.ts'

const sounds = await realSounds()
if (sounds.length === 0) console.log('real sounds: not on this machine, skipped')

test.skipIf(sounds.length === 0)(
  'every real preset sounds, is finite and does not clip',
  { timeout: 120_000 },
  async () => {
    for (const { name, sound } of sounds) {
      const { left, right } = play(sound, CHORD)
      expect(Math.max(peakOf(left), peakOf(right)), name).toBeLessThanOrEqual(1)
      expect(integratedLoudness([left, right], SAMPLE_RATE) ?? -70, name).toBeGreaterThan(-32)
    }
  },
)

test.skipIf(sounds.length === 0)(
  'all real presets differ by more than three times what two seeds of one preset differ',
  { timeout: 240_000 },
  async () => {
    const rendered = [...new Map(sounds.map(({ name, sound }) => [name, sound]))].map(([name, sound]) => {
      const [first, second] = [1, 2].map((seed) => logMel(play(sound, [60], 2, 1, seed)))
      return { name, mel: first ?? [], own: melDistance(first ?? [], second ?? []) }
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
