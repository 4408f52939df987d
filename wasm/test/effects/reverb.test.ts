// Reverb: decay time by octave, shelves, echo density, flatness, loudness, sides, pre-delay, changes without clicks.
import { describe, expect, it } from 'vitest'
import { band, decayTime } from './decay.ts'
import { render, Rig, type Values } from './rig.ts'
import { db, impulse, noise, peak, rms, sine } from './signals.ts'

const TYPES = ['room', 'chamber', 'hall', 'cathedral']
const late = { mix: 1, predelay: 0, early: 0, lowCut: 20 }
const even = { ...late, lowDecay: 1, highDecay: 1 }
const OCTAVES = [125, 250, 500, 1000, 2000, 4000, 8000]
const tail = (values: Values, seconds: number) => render('reverb', values, impulse(Math.round(48000 * seconds)))
const energyDb = (x: Float32Array) => 10 * Math.log10(x.reduce((a, v) => a + v * v, 0))

describe('reverb', () => {
  it('stays within 9 % of a decay that is as short as the room is wide', () => {
    for (const type of TYPES) {
      const { left } = tail({ ...even, type, decay: 0.4 }, 1)
      for (const f of OCTAVES.slice(1))
        expect(Math.abs(decayTime(band(left, f, 48000), 48000) / 0.4 - 1), `${type} at ${f} Hz`).toBeLessThan(0.09)
    }
  })

  it('decays in the lows and highs as the ratios say: first-order shelves, within 7 % in every octave', () => {
    const [decay, lowDecay, highDecay, damping] = [1.5, 1.6, 0.5, 4000]
    const { left } = tail({ ...late, decay, lowDecay, highDecay, damping }, 3)
    for (const f of OCTAVES) {
      const below = 1 / (1 + (f / 250) ** 2)
      const above = 1 / (1 + (damping / f) ** 2)
      const wanted = decay / (1 + (1 / lowDecay - 1) * below + (1 / highDecay - 1) * above)
      expect(Math.abs(decayTime(band(left, f, 48000), 48000) / wanted - 1), `${f} Hz`).toBeLessThan(0.07)
    }
  })

  it('is as loud as its input for noise, at any decay, size and type', () => {
    for (const type of TYPES)
      for (const [decay, size] of [
        [0.3, 1],
        [1, 0.5],
        [4, 1.5],
      ]) {
        const { left, right } = tail({ ...even, type, decay, size }, Math.max(1, 1.2 * decay))
        expect(Math.abs(energyDb(left)), `${type} ${decay} s`).toBeLessThan(1.2)
        expect(Math.abs(energyDb(right)), `${type} ${decay} s`).toBeLessThan(1.2)
      }
  })

  it('loses at most 3.5 dB in mono and spreads a mono input', () => {
    const { left, right } = render('reverb', { mix: 1 }, noise(96000, 3))
    const mono = left.map((v, n) => 0.5 * (v + right[n]))
    expect(db(rms(mono)) - db(rms(left))).toBeGreaterThan(-3.5)
    const dot = left.reduce((sum, v, n) => sum + v * right[n], 0) / left.length
    expect(Math.abs(dot / (rms(left) * rms(right)))).toBeLessThan(0.25)
  })

  it('keeps its balance for an input on one side', () => {
    const { left, right } = render('reverb', { mix: 1 }, noise(96000, 3), new Float32Array(96000))
    expect(Math.abs(db(rms(left)) - db(rms(right)))).toBeLessThan(3)
  })

  it('begins with the early reflections, after the pre-delay, also a synced one', () => {
    for (const [values, at] of [
      [{ predelay: 0 }, 0.009],
      [{ predelay: 0.1 }, 0.109],
      [{ sync: '1/16' }, 0.134],
    ] as const) {
      const { left, right } = tail({ mix: 1, early: 1, ...values }, 0.3)
      const first = left.findIndex((v, n) => Math.abs(v) + Math.abs(right[n]) > 0.01)
      expect(Math.abs(first / 48000 - at)).toBeLessThan(0.0005)
    }
  })

  it('early level 0 leaves only the tail, diffusion 0 single echoes', () => {
    const { left } = tail({ ...late, diffusion: 0, decay: 3 }, 0.1)
    // Without all-pass clusters the response is a handful of spikes.
    expect(left.subarray(0, 2400).filter((v) => Math.abs(v) > 0.01).length).toBeLessThan(400)
    expect(peak(tail({ ...late, type: 'hall' }, 0.1).left.subarray(0, 900))).toBe(0)
  })

  it('changes its size and type without a click', () => {
    const steady = sine(100, 24000, 48000, 0.5)
    const rig = new Rig('reverb', { ...late, decay: 1, modulation: 0 })
    const curve = (x: Float32Array) => {
      let worst = 0
      for (let n = 2; n < x.length; n++) worst = Math.max(worst, Math.abs(x[n] - 2 * x[n - 1] + x[n - 2]))
      return worst
    }
    rig.process(steady)
    const floor = curve(rig.process(steady).left)
    for (const values of [{ size: 0.5 }, { type: 'cathedral' }, { size: 1.6 }, { type: 'room' }] as Values[]) {
      rig.set(values)
      expect(curve(rig.process(steady).left), JSON.stringify(values)).toBeLessThan(6 * floor)
    }
    rig.free()
  })
})

describe.each(['reverb', 'convolution', 'plate', 'tape', 'multitap', 'binaural', 'delay'])('%s', (id) => {
  it('sounds the same after a reset inside a micro-block', () => {
    const fresh = new Rig(id)
    const used = new Rig(id)
    const bad = noise(19, 1)
    bad[3] = NaN
    used.process(bad, bad, 19) // what is not finite resets the effect at the 19th frame of a block
    const [x, y] = [noise(20000, 2), noise(20000, 3)]
    const [wanted, out] = [fresh.process(x, y), used.process(x, y)]
    expect(out.faults).toBe(1)
    expect(used.intact).toBe(true)
    const error = out.left.map((v, n) => v - wanted.left[n])
    expect(db(peak(error)) - db(peak(wanted.left))).toBeLessThan(-90)
    fresh.free()
    used.free()
  })
})
