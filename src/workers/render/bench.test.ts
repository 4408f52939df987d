// The benchmark plays what it says: levels against a reckoning of our own, the same result every time. Node.
import { describe, expect, it } from 'vitest'
import { benchCutoffHz, benchHertz, benchPan, benchScore } from '../../compile/benchWorks.ts'
import { engineModule } from '../../../wasm/test/module.ts'
import { runBench } from './bench.ts'

const spec = { seconds: 1, sampleRate: 48_000, block: 128 }
const run = (work: Parameters<typeof runBench>[1]['work'], n: number, more = {}) =>
  runBench(engineModule(), { work, n, ...spec, ...more }, 64)

/** RMS of one voice at 55 Hz: harmonics 1/h of a saw through a two-pole low-pass at 2 kHz with Q 2, envelope, centre, master gain. */
function reckoned(): number {
  let power = 0
  for (let h = 1; h * benchHertz(0) < 20_000; h++) {
    const w = (h * benchHertz(0)) / 2000
    const gain = 1 / Math.hypot(1 - w * w, w / 2)
    power += ((2 / (Math.PI * h)) * gain) ** 2 / 2
  }
  let envelope = 0
  for (let t = 0.0005; t < 1; t += 0.001) {
    const fall = (1 - Math.exp((-5 * (t - 0.01)) / 0.2)) / (1 - Math.exp(-5))
    const level = t < 0.01 ? t / 0.01 : t < 0.21 ? 1 - 0.3 * fall : 0.7
    envelope += level ** 2 * 0.001
  }
  return 0.05 * Math.SQRT1_2 * Math.sqrt(power * envelope)
}

describe('the benchmark', () => {
  it('renders one voice at the level that its parts add up to, within 0.3 dB', () => {
    const { rms, ms, xRealtime } = run('voices', 1)
    expect(Math.abs(20 * Math.log10(rms / reckoned()))).toBeLessThan(0.3)
    expect(xRealtime).toBeCloseTo(1000 / ms, 6)
  })

  it('renders the same samples every time, whatever the block', () => {
    const { rms, peak } = run('voices', 40)
    const long = run('voices', 40, { block: 512 })
    expect(long.peak).toBe(peak)
    expect(long.rms).toBeCloseTo(rms, 12)
    expect(run('voices', 40)).toMatchObject({ rms, peak })
  })

  it('spreads more voices than one sound may have over several', () => {
    const { song, notes } = benchScore({ work: 'voices', n: 600, seconds: 1, sampleRate: 48_000 })
    expect(song.tracks).toHaveLength(3)
    expect(notes.filter(({ track }) => track === 2)).toHaveLength(88)
    expect(notes.map((note) => Number((note.velocity * 1.6 - 0.8).toFixed(9)))).toEqual(
      notes.map((_, voice) => Number(benchPan(voice, 600).toFixed(9))),
    )
  })

  it('convolves with the response that it brings: another level than that of the built-in hall', () => {
    const { song, impulse } = benchScore({ work: 'convolution', n: 1, seconds: 1, sampleRate: 48_000 })
    expect(impulse?.channels.map(({ length }) => length)).toEqual([96_000, 96_000])
    expect(song.tracks[0]?.devices[1]?.asset).toBe(impulse?.id)
    expect(run('convolution', 1).rms).toBeGreaterThan(0.001)
  })

  it('moves the cutoff of the modulated voices: darker at the end than the plain ones', () => {
    expect(benchCutoffHz(0)).toBe(4400)
    expect(run('voices-modulated', 4, { seconds: 4 }).rms).not.toBeCloseTo(run('voices', 4, { seconds: 4 }).rms, 5)
  })
})
