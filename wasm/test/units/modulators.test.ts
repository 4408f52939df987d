// Ring modulator, sample and hold, chaos, macro, follower, and the LFO in the song's time.
import { describe, expect, test } from 'vitest'

import { UnitRig } from './rig.ts'
import { decibels, magnitudes, rms, toneAmplitude } from './spectrum.ts'

const sine =
  (hz: number, size = 1) =>
  (f: number): number =>
    size * Math.sin((2 * Math.PI * hz * f) / 48000)

describe('ring', () => {
  test('gives sum and difference alone, and nothing that folded back', () => {
    const rig = new UnitRig('ring').start()
    const signal = rig.render(1 << 14, { input: sine(11000), mod: sine(9100) })[0]![0]!.subarray(1 << 13)
    expect(Math.abs(decibels(toneAmplitude(signal, 1900, 48000) / 0.5))).toBeLessThan(0.05)
    const mags = magnitudes(signal)
    const bin = 48000 / signal.length
    let other = 0
    mags.forEach((v, k) => {
      if (k * bin < 19000 && Math.abs(k * bin - 1900) > 14 * bin) other = Math.max(other, v)
    })
    const high = new UnitRig('ring').start().render(1 << 14, { input: sine(17000), mod: sine(14000) })[0]![0]!
    // 31 kHz would fold to 17 kHz
    const folded = toneAmplitude(high.subarray(1 << 13), 17000, 48000)
    console.log(`ring: residue ${decibels(other / 0.5).toFixed(1)} dB, folded ${decibels(folded / 0.5).toFixed(1)} dB`)
    expect(decibels(other / 0.5)).toBeLessThan(-90)
    expect(decibels(folded / 0.5)).toBeLessThan(-90)
  })

  test('depth leads from the plain sound over AM to the product; the own sine steps in', () => {
    const rig = new UnitRig('ring').set('depth', 0.5).set('frequency', 300).start()
    const signal = rig.render(1 << 14, { input: sine(2000) })[0]![0]!.subarray(1 << 13)
    expect(toneAmplitude(signal, 2000, 48000)).toBeCloseTo(0.5, 3)
    expect(toneAmplitude(signal, 2300, 48000)).toBeCloseTo(0.25, 3)
    expect(toneAmplitude(signal, 1700, 48000)).toBeCloseTo(0.25, 3)
    const plain = new UnitRig('ring')
      .set('depth', 0)
      .start()
      .render(1 << 14, { input: sine(2000) })[0]![0]!
    expect(toneAmplitude(plain.subarray(1 << 13), 2000, 48000)).toBeCloseTo(1, 3)
  })
})

describe('hold', () => {
  const steps = (lane: Float32Array): number[] => {
    const at: number[] = []
    for (let i = 1; i < lane.length; i++) if (lane[i] !== lane[i - 1]) at.push(i)
    return at
  }
  test('takes values at its rate and holds them', () => {
    const rig = new UnitRig('hold').set('rate', 100).set('slew', 0).start()
    const out = rig.render(4800, { input: (f) => f + 1 })[0]![0]!
    expect(out[0]).toBe(1)
    const at = steps(out)
    expect(at.length).toBe(9)
    at.forEach((frame, i) => expect(Math.abs(frame - 480 * (i + 1))).toBeLessThanOrEqual(1))
    for (const frame of at) expect(out[frame]).toBe(frame + 1)
  })
  test('a gate takes the clock’s place; slew glides', () => {
    const rig = new UnitRig('hold').set('slew', 0.01).start()
    const out = rig.render(4800, { input: (f) => (f < 1000 ? 0 : 1), mod: (f) => (f % 2000 >= 1500 ? 1 : 0) })[0]![0]!
    expect(out[1499]).toBe(0)
    expect(out[1500 + 239]).toBeCloseTo(0.5, 2)
    expect(out[1500 + 480]).toBe(1)
  })
  test('random values spread over -1..1, differ by note and repeat', () => {
    const make = (seed: number): Float32Array =>
      new UnitRig('hold').seed([seed, 2, 3, 4]).set('rate', 4000).set('slew', 0).start().render(24000)[0]![0]!
    const a = make(1)
    const [again, other] = [make(1), make(9)]
    expect(a.every((v, i) => v === again[i])).toBe(true)
    expect(a.some((v, i) => v !== other[i])).toBe(true)
    expect(Math.abs(rms(a) - 1 / Math.sqrt(3))).toBeLessThan(0.03)
  })
  test('with sync it ticks on the song’s beat', () => {
    const rig = new UnitRig('hold').set('sync', 5).set('slew', 0)
    let beat = 3.9
    const perFrame = 130 / (60 * 48000)
    rig.song(130, beat).start()
    const out = rig.render(48000, {
      input: (f) => f + 1,
      before: (_, n) => {
        rig.song(130, beat)
        beat += n * perFrame
      },
    })[0]![0]!
    const want: number[] = []
    for (let k = 16; ; k++) {
      const frame = Math.ceil((k / 4 - 3.9) / perFrame)
      if (frame >= 48000) break
      want.push(frame)
    }
    expect(steps(out)).toEqual(want)
  })
})

describe('lfo in the song’s time', () => {
  test('every note has the same phase, whenever it began, also at random shapes', () => {
    const at = (begin: number, shape: number): Float32Array => {
      const rig = new UnitRig('lfo').seed(5).set('shape', shape).set('sync', 8)
      let beat = begin
      rig.song(120, beat).start()
      return rig.render(Math.round((8 - begin) * 24000), {
        before: (_, n) => {
          rig.song(120, beat)
          beat += n / 24000
        },
      })[0]![0]!
    }
    for (const shape of [0, 3, 4, 5]) {
      const [a, b] = [at(6.5, shape), at(7.25, shape)]
      for (let i = 0; i < 17000; i += 11) expect(b[b.length - 1 - i]!).toBeCloseTo(a[a.length - 1 - i]!, 3)
    }
  })
  test('a change of note length glides', () => {
    const rig = new UnitRig('lfo').set('shape', 0).set('rate', 1).start()
    const before = rig.render(13000)[0]![0]!
    const after = rig
      .song(120, 0.9)
      .set('sync', 8)
      .render(2000, { before: (f) => rig.song(120, 0.9 + f / 24000) })[0]![0]!
    let step = Math.abs(after[0]! - before[12999]!)
    for (let i = 1; i < 2000; i++) step = Math.max(step, Math.abs(after[i]! - after[i - 1]!))
    expect(step).toBeLessThan(0.01)
  })
})

describe('chaos', () => {
  test.each(['Lorenz', 'Roessler', 'logistic'])(
    '%s wanders over -1..1, repeats itself exactly and differs by note',
    (name) => {
      const model = ['Lorenz', 'Roessler', 'logistic'].indexOf(name)
      const make = (seed: number, cut?: number): Float32Array[][] =>
        new UnitRig('chaos')
          .seed([seed, 2, 3, 4])
          .set('model', model)
          .set('rate', 160)
          .start()
          .render(24000, cut ? { cut } : {})
      const a = make(1)
      const cut = make(1, 19)[0]![0]!
      expect(a[0]![0]!.every((v, i) => v === cut[i])).toBe(true)
      for (const port of a.slice(0, 2)) {
        const lane = port[0]!.subarray(4000)
        const mean = lane.reduce((x, y) => x + y, 0) / lane.length
        expect(Math.abs(mean)).toBeLessThan(0.45)
        expect(rms(lane)).toBeGreaterThan(0.2)
        let peak = 0
        for (const v of lane) peak = Math.max(peak, Math.abs(v))
        expect(peak).toBeGreaterThan(0.5)
        expect(peak).toBeLessThanOrEqual(1)
      }
      // It doesn't settle on what another note does.
      let far = 0
      for (let i = 14000; i < 24000; i += 10) far += Math.abs(a[0]![0]![i]! - a[0]![1]![i]!)
      expect(far / 1000).toBeGreaterThan(0.1)
    },
  )
  test.each([0, 1])('the spectrum of flow %s falls off above the rate', (model) => {
    const rig = new UnitRig('chaos').set('model', model).set('rate', 200).start()
    rig.render(4800)
    const mags = magnitudes(rig.render(1 << 15)[0]![0]!)
    const bin = 48000 / (1 << 15)
    const power = (from: number, to: number): number => {
      let sum = 0
      for (let k = Math.ceil(from / bin); k * bin < to; k++) sum += mags[k]! ** 2
      return sum
    }
    expect(10 * Math.log10(power(6000, 24000) / power(10, 1000))).toBeLessThan(-50)
    let [above, last] = [0, 0]
    const wave = rig.render(48000)[0]![0]!
    for (let i = 1; i < wave.length; i++)
      if (wave[i - 1]! < wave[i]! !== last > 0) [above, last] = [above + 1, wave[i - 1]! < wave[i]! ? 1 : 0]
    expect(above / 2).toBeGreaterThan(100)
    expect(above / 2).toBeLessThan(450)
  })
})

describe('macro and follower', () => {
  test('macro sends its value, at once at a note’s start, and glides by its time constant', () => {
    const rig = new UnitRig('macro').set('value', 0.25).start()
    expect([...rig.render(64)[0]![0]!].every((v) => v === 0.25)).toBe(true)
    const out = rig.set('glide', 0.1).set('value', 0.75).render(9600)[0]![0]!
    expect(out[4799]).toBeCloseTo(0.25 + 0.5 * (1 - Math.exp(-1)), 3)
  })
  test('follower reads peaks and power with its attack and release', () => {
    const step = new UnitRig('follower').set('attack', 0.01).set('release', 0.2).start()
    const out = step.render(19200, { input: (f) => (f < 9600 ? 0.8 : 0) })[0]![0]!
    expect(out[479]).toBeCloseTo(0.8 * (1 - Math.exp(-1)), 3)
    expect(out[9599]).toBeCloseTo(0.8, 4)
    expect(out[9600 + 9599]).toBeCloseTo(0.8 * Math.exp(-1), 3)
    const power = new UnitRig('follower')
      .set('mode', 1)
      .set('attack', 0.1)
      .set('release', 0.1)
      .set('gain', 6.0206)
      .start()
    const level = power.render(48000, { input: sine(440, 0.5) })[0]![0]!
    expect(level[47999]).toBeCloseTo(2 * 0.5 * Math.SQRT1_2, 2)
  })
})
