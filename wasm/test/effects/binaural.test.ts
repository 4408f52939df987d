// Binaural panner against the series of Duda and Martens, computed here in double precision.
import { describe, expect, it } from 'vitest'
import { HEAD_RADIUS, SOUND_SPEED } from './reference.ts'
import { Rig } from './rig.ts'
import { db, impulse, sine } from './signals.ts'

const bare = { mix: 1, elevation: 0, distance: 1, spread: 0, pinna: 0 }

function at(h: Float32Array, hz: number, sampleRate: number): [number, number] {
  let [re, im] = [0, 0]
  for (let n = 0; n < h.length; n++) {
    re += h[n] * Math.cos((2 * Math.PI * hz * n) / sampleRate)
    im -= h[n] * Math.sin((2 * Math.PI * hz * n) / sampleRate)
  }
  return [re, im]
}
const level = ([re, im]: [number, number]) => db(Math.hypot(re, im))
/** Phase of a over b, -pi..pi. */
const between = (a: [number, number], b: [number, number]) =>
  Math.atan2(a[1] * b[0] - a[0] * b[1], a[0] * b[0] + a[1] * b[1])

describe('binaural', () => {
  it('arrives as Woodworth says: group delays from 3 to 8 kHz differ by it within 40 us', () => {
    for (const azimuth of [20, 45, 70, 90]) {
      const rig = new Rig('binaural', { ...bare, azimuth })
      const { left, right } = rig.process(impulse(512))
      rig.free()
      // Group delay between 3 and 8 kHz, where the sphere follows the rays.
      const delay = (h: Float32Array) => {
        let sum = 0
        for (let hz = 3000; hz < 8000; hz += 100) sum += between(at(h, hz, 48000), at(h, hz + 100, 48000))
        return sum / (2 * Math.PI * 5000)
      }
      const a = (azimuth * Math.PI) / 180
      const wanted = (HEAD_RADIUS / SOUND_SPEED) * (a + Math.sin(a))
      expect(Math.abs(delay(left) - delay(right) - wanted), `${azimuth}`).toBeLessThan(40e-6)
    }
  })

  it('is symmetrical, halves with distance and keeps both sides at their places', () => {
    const play = (values: Record<string, number>, x = impulse(512), y = x) => {
      const rig = new Rig('binaural', { ...bare, ...values })
      const out = rig.process(x, y)
      rig.free()
      return out
    }
    const [a, b] = [play({ azimuth: 40 }), play({ azimuth: -40 })]
    for (let n = 0; n < 512; n++) expect(Math.abs(a.left[n] - b.right[n])).toBeLessThan(1e-6)
    const far = play({ azimuth: 40, distance: 4 })
    expect(level(at(far.right, 500, 48000)) - level(at(a.right, 500, 48000))).toBeCloseTo(db(0.25), 3)
    // The left input alone, spread 60 about the front: as a source at -30, at half the level of the pair.
    const side = play({ azimuth: 0, spread: 60 }, impulse(512), new Float32Array(512))
    const alone = play({ azimuth: -30 })
    for (const hz of [300, 1000, 4000])
      expect(level(at(side.left, hz, 48000)) - level(at(alone.left, hz, 48000))).toBeCloseTo(db(0.5), 3)
  })

  it('tells above from below and front from behind by the pinna', () => {
    const notch = (azimuth: number, elevation: number) => {
      const rig = new Rig('binaural', { ...bare, azimuth, elevation, pinna: 1 })
      const { left } = rig.process(impulse(512))
      rig.free()
      return [4000, 6000, 8000, 10000, 12000].map((hz) => level(at(left, hz, 48000)))
    }
    const apart = (a: number[], b: number[]) => Math.max(...a.map((v, k) => Math.abs(v - b[k])))
    expect(apart(notch(0, 0), notch(0, 60))).toBeGreaterThan(4)
    expect(apart(notch(0, 0), notch(0, -45))).toBeGreaterThan(4)
    expect(apart(notch(0, 0), notch(180, 0))).toBeGreaterThan(4)
  })

  it('moves without a click', () => {
    const rig = new Rig('binaural', { ...bare, azimuth: 0 })
    const steady = sine(100, 24000, 48000, 0.5)
    rig.process(steady)
    let worst = 0
    for (const azimuth of [90, -90, 180, -30, 30]) {
      rig.set({ azimuth })
      const { left, right } = rig.process(steady)
      for (const x of [left, right])
        for (let n = 2; n < x.length; n++) worst = Math.max(worst, Math.abs(x[n] - 2 * x[n - 1] + x[n - 2]))
    }
    // The crossfade of 960 frames bends by 1 / 960 of the difference; a step would be hundreds of times that.
    expect(worst).toBeLessThan(1.5 * 0.5 * (2 * Math.PI * (100 / 48000)) ** 2 + 1 / 960)
    rig.free()
  })
})
