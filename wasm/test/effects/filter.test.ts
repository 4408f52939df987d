// Filter: magnitudes against the digital transfer function, combs, vowels, follower, LFO in time, calm under fast motion.
import { describe, expect, it } from 'vitest'
import { render, Rig } from './rig.ts'
import { db, finite, impulse, noise, peak, response, rms, sine } from './signals.ts'
const highest = (x: Float32Array, from: number, to: number) => {
  const scan = Array.from({ length: 81 }, (_, i) => from * (to / from) ** (i / 80))
  const gains = response(x, scan)
  return scan[gains.indexOf(Math.max(...gains))]
}

describe('filter', () => {
  it('stays bounded and comes to rest under the fastest motion of everything', () => {
    for (const mode of ['lowpass', 'highpass', 'bandpass', 'notch', 'peak', 'combPlus', 'combMinus', 'formant']) {
      const wild = {
        mode,
        resonance: 0.95,
        rate: 20,
        lfoDepth: 4,
        shape: 'square',
        phase: 180,
        envelope: 6,
        attack: 0.001,
      }
      const rig = new Rig('filter', { ...wild, release: 0.01, cutoff: 300 })
      const input = noise(48000, 4)
      const { left, right, faults } = rig.process(input, input, 32, { left: noise(48000, 5), right: noise(48000, 6) })
      expect(faults).toBe(0)
      expect(finite(left) && finite(right)).toBe(true)
      expect(Math.max(peak(left), peak(right)), mode).toBeLessThan(32)
      rig.silence(rig.tail)
      expect(peak(rig.silence(4800).left), mode).toBeLessThan(1e-4)
      rig.free()
    }
  })

  it('combs ring at multiples of the cutoff or between them', () => {
    for (const f of [100, 437, 3000]) {
      const gain = (mode: string, at: number) =>
        response(render('filter', { mode, cutoff: f, resonance: 0.8 }, impulse(24000)).left, [at])[0]
      for (const k of [1, 2]) {
        expect(gain('combPlus', k * f) - gain('combPlus', (k + 0.5) * f)).toBeGreaterThan(12)
        expect(gain('combMinus', (k - 0.5) * f) - gain('combMinus', k * f)).toBeGreaterThan(12)
      }
    }
    const { left } = render('filter', { mode: 'combPlus', cutoff: 437, resonance: 0.9 }, impulse(24000))
    expect(Math.abs(1200 * Math.log2(highest(left, 435, 439) / 437))).toBeLessThan(1)
  })

  it('sings the first two formants of U O A E I, one octave of cutoff apart', () => {
    const formants = [
      [350, 600],
      [400, 800],
      [650, 1080],
      [400, 1700],
      [290, 1870],
    ]
    for (const [v, [first, second]] of formants.entries()) {
      const { left } = render('filter', { mode: 'formant', cutoff: 200 * 2 ** v, resonance: 0.8 }, impulse(6000))
      expect(Math.abs(highest(left, first * 0.85, first * 1.15) / first - 1)).toBeLessThan(0.01)
      expect(Math.abs(highest(left, second * 0.9, second * 1.1) / second - 1)).toBeLessThan(0.02)
    }
  })

  it('follows the level of its input, or of the side chain instead', () => {
    const values = {
      mode: 'lowpass',
      slope: '24',
      cutoff: 100,
      resonance: 0,
      envelope: 6,
      attack: 0.002,
      release: 0.05,
    }
    const tone = sine(2000, 48000, 48000, 0.1)
    const loud = noise(48000, 2)
    const level = (x: Float32Array) => db(rms(x.subarray(9600)))
    const alone = level(render('filter', values, tone).left)
    const rig = new Rig('filter', values)
    const keyed = level(rig.process(tone, tone, 32, { left: loud, right: loud }).left)
    const silent = level(
      rig.reset().process(tone, tone, 32, { left: new Float32Array(48000), right: new Float32Array(48000) }).left,
    )
    rig.free()
    expect(keyed).toBeGreaterThan(-26) // open: the tone as it is
    expect(silent).toBeLessThan(-100) // shut at 100 Hz
    expect(alone).toBeGreaterThan(silent + 20)
    expect(alone).toBeLessThan(keyed - 6)
  })

  it('rises and falls with its attack and release within 10 %', () => {
    // Peak that falls by e per release: the cutoff, hence the gain far above it, follows in octaves.
    for (const release of [0.1, 0.5]) {
      const rig = new Rig('filter', { slope: '12', cutoff: 100, resonance: 0, envelope: 4, attack: 0.001, release })
      const side = Float32Array.from({ length: 96000 }, (_, i) => (i < 24000 ? 1 : 0))
      const { left } = rig.process(sine(19000, 96000), undefined, 32, { left: side, right: side })
      const gainAt = (frame: number) => db(rms(left.subarray(frame - 480, frame + 480)) * Math.SQRT2)
      // 12 dB per octave: 4 octaves of sqrt(level) above 100 Hz.
      const open = gainAt(20000)
      const later = gainAt(24000 + Math.round(release * 48000))
      const octaves = 4 * (1 - Math.exp(-0.5))
      expect(Math.abs((open - later) / (12.04 * octaves) - 1), `${release} s`).toBeLessThan(0.1)
      rig.free()
    }
  })

  it('keeps the LFO in time with the song: same beat, same sound; tempo sets the rate', () => {
    const values = { mode: 'lowpass', cutoff: 500, lfoDepth: 3, phase: 90 }
    const input = noise(24000, 9, 0.5)
    const run = (more: Record<string, string | number>, bpm: number, beat: number) => {
      const rig = new Rig('filter', { ...values, ...more })
      rig.song({ bpm, beat })
      const out = rig.process(input)
      rig.free()
      return out
    }
    const off = (a: Float32Array, b: Float32Array) => db(peak(a.map((v, i) => v - b[i])))
    for (const shape of ['sine', 'triangle', 'square']) {
      const synced = run({ sync: '1/4', shape }, 120, 0)
      expect(off(run({ sync: '1/4', shape }, 120, 7).left, synced.left)).toBeLessThan(-100)
      expect(off(run({ sync: '1/4', shape }, 120, 7.25).left, synced.right)).toBeLessThan(-100)
      expect(off(run({ rate: 2, shape }, 90, 0).left, synced.left)).toBeLessThan(-90)
      expect(off(run({ sync: '1/4', shape }, 90, 0).left, synced.left)).toBeGreaterThan(-40)
    }
    const random = run({ sync: '1/16', shape: 'steps' }, 120, 4)
    expect(off(run({ sync: '1/16', shape: 'steps' }, 120, 4).left, random.left)).toBeLessThan(-100)
    expect(off(run({ sync: '1/16', shape: 'steps' }, 120, 8).left, random.left)).toBeGreaterThan(-40)
  })
})
