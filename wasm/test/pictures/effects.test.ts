// Pictures of effects against what the engine does: curves, gains, echoes, places (Node).
import { describe, expect, it } from 'vitest'
import { eightBands, fourBands, sumDecibels } from '../../../src/ui/panels/devices/pictures/equaliser/bands.ts'
import {
  filterMagnitude,
  flangerMagnitude,
  phaserMagnitude,
} from '../../../src/ui/panels/devices/pictures/filter/response.ts'
import {
  bandGain,
  compressorGain,
  deesserGain,
  expanderGain,
  gateGain,
  limiterGain,
  type GainCurve,
} from '../../../src/ui/panels/devices/pictures/dynamics/curves.ts'
import {
  bitcrush,
  distortion,
  saturation,
  tube,
  waveshaper,
  wavefolder,
  type Transfer,
} from '../../../src/ui/panels/devices/pictures/drive/curves.ts'
import { effectSwing, softened, tremoloGain } from '../../../src/ui/panels/devices/pictures/motion/lfo.ts'
import { midsideMatrix, pannerMatrix, widthMatrix } from '../../../src/ui/panels/devices/pictures/place/matrix.ts'
import { dryOf, echoesOf } from '../../../src/ui/panels/devices/pictures/time/echoes.ts'
import { render } from '../effects/rig.ts'
import { db, impulse, noise, response, sine } from '../effects/signals.ts'
import { effectScene, type Values } from './scenes.ts'

const HERTZ = [40, 90, 200, 450, 990, 1010, 2200, 3500, 5000, 7000, 9000, 12000, 15000, 18000]

/** Largest distance in dB of a picture from the response of the engine, where it lies above -50 dB. */
function distance(
  type: string,
  values: Values,
  magnitudeDb: (hertz: number) => number,
  frames = 1 << 14,
  hertz = HERTZ,
) {
  // Small, so that nothing is driven.
  const { left } = render(type, values as Record<string, number>, impulse(frames, 0, 0.01))
  const measured = response(left, hertz).map((level) => level + 40)
  return hertz.reduce((worst, f, i) => {
    const drawn = magnitudeDb(f)
    return drawn < -50 ? worst : Math.max(worst, Math.abs(drawn - measured[i]!))
  }, 0)
}

describe('equaliser curves are the engine’s within 0.1 dB', () => {
  it('four bands', () => {
    const values = { lowGain: 9, bell1Gain: -12, bell1Q: 3, bell2Frequency: 3000, bell2Gain: 6, highGain: -7 }
    const { read } = effectScene('eq', values)
    expect(distance('eq', values, (f) => sumDecibels(fourBands(read), f))).toBeLessThan(0.1)
  })
  it.each(['bell', 'lowShelf', 'highShelf', 'lowCut', 'highCut', 'notch', 'bandPass'])('eight bands, %s', (type) => {
    for (const band4Q of [0.6, 3.5]) {
      const values = {
        band4Type: type,
        band4Frequency: 1500,
        band4Gain: 12,
        band4Q,
        band6Gain: -9,
        band8On: 1,
        output: 3,
      }
      const { read } = effectScene('eq8', values)
      expect(distance('eq8', values, (f) => sumDecibels(eightBands(read), f) + 3)).toBeLessThan(0.1)
    }
  })
})

describe('filter curves are the engine’s within 0.1 dB', () => {
  it.each(['lowpass', 'highpass', 'bandpass', 'notch', 'peak', 'combPlus', 'combMinus', 'formant'])('%s', (mode) => {
    for (const [slope, mix] of [
      ['12', 1],
      ['24', 1],
      ['24', 0.6],
    ] as const) {
      const values = { mode, slope, mix, cutoff: 700, resonance: 0.4 }
      const { read } = effectScene('filter', values)
      const drawn = (f: number) => db(filterMagnitude(f, read, 48000))
      expect(distance('filter', values, drawn), `${slope} ${mix}`).toBeLessThan(0.1)
    }
  })
  it('phaser and flanger, their sweep standing', () => {
    for (const stages of ['4', '6', '8']) {
      const values = { depth: 0, stages, feedback: 0.6, frequency: 600 }
      const { read } = effectScene('phaser', values)
      expect(distance('phaser', values, (f) => db(phaserMagnitude(f, read, 48000, 0)))).toBeLessThan(0.1)
    }
    const values = { depth: 0, feedback: -0.5, mix: 0.4 }
    const { read } = effectScene('flanger', values)
    expect(distance('flanger', values, (f) => db(flangerMagnitude(f, read, 0.00025)))).toBeLessThan(0.1)
  })
})

describe('transfer curves of dynamics are what a steady tone settles at', () => {
  const tone = (level: number, frames: number) => sine(1000, frames, 48000, 10 ** (level / 20))
  const settled = (type: string, values: Values, level: number, frequency = 1000): number => {
    const input = frequency === 1000 ? tone(level, 24000) : sine(frequency, 24000, 48000, 10 ** (level / 20))
    const { left } = render(type, values as Record<string, number>, input)
    const power = (x: Float32Array) => x.subarray(-4800).reduce((sum, v) => sum + v * v, 0)
    return 10 * Math.log10(Math.max(power(left), 1e-12) / power(input))
  }
  const WIDE_BAND = { bands: '3', lowCrossover: 40, midCrossover: 5000 }
  const quick = { attack: 0.001, release: 0.01 }
  it.each<[string, Values, GainCurve, number]>([
    ['compressor', { ...quick, threshold: -20, ratio: 4, knee: 8, automatic: 1, mix: 0.8 }, compressorGain, 1000],
    ['lookaheadCompressor', { ...quick, threshold: -30, ratio: 2, makeup: 4 }, compressorGain, 1000],
    ['expander', { ...quick, hold: 0.001, threshold: -30, ratio: 3, range: -35, hysteresis: 0 }, expanderGain, 1000],
    ['gate', { ...quick, hold: 0.001, threshold: -30, range: -40 }, gateGain(false), 1000],
    ['limiter', { ceiling: -6, release: 0.01 }, limiterGain, 1000],
    ['deesser', { ...quick, frequency: 2000, mode: 'wide', threshold: -30, ratio: 4, range: -12 }, deesserGain, 9000],
    ['multiband', { ...WIDE_BAND, band2Threshold: -30, band2Ratio: 4, band2Gain: 3, output: -2 }, bandGain(2), 450],
  ])('%s', (type, values, gain, frequency) => {
    const { read } = effectScene(type, values)
    for (const level of [-55, -41, -33.5, -27, -18, -9, 0])
      expect(Math.abs(settled(type, values, level, frequency) - gain(level, read)), `${level} dB`).toBeLessThan(0.25)
  })
})

describe('transfer curves of drives are what a slow sine becomes', () => {
  const FRAMES = 9600
  /** One-pole high-pass, as the engine has it behind curves that lean. */
  function withoutDc(x: number[], hertz: number): number[] {
    const g = Math.tan((Math.PI * hertz) / 48000)
    let state = 0
    return x.map((v) => {
      const step = ((v - state) * g) / (1 + g)
      const slow = step + state
      state = slow + step
      return v - slow
    })
  }
  it.each<[string, Values, Transfer, number]>([
    ['saturation', { drive: 18, mix: 0.7, output: 3 }, saturation, 0],
    ['distortion', { drive: 20, shape: 'hard', tone: 20000 }, distortion, 5],
    ['tube', { drive: 15, bias: 0.4, tone: 20000 }, tube, 5],
    ['wavefolder', { folds: 5, symmetry: 0.3, tone: 20000 }, wavefolder, 5],
    ['wavefolder', { folds: 3, shape: 'triangle', tone: 20000 }, wavefolder, 5],
    ['bitcrush', { bits: 4, rate: 96000, drive: 6 }, bitcrush, 0],
    ['waveshaper', { drive: 0, point3: 0.5, point9: 0.2, point15: -0.3, output: 0 }, waveshaper, 5],
    ['waveshaper', { drive: 6, point3: 0.5, curve: 'straight', output: 0 }, waveshaper, 5],
  ])('%s %o', (type, values, of, dcHertz) => {
    const input = sine(60, FRAMES, 48000, 0.8)
    const { left, latency } = render(type, values as Record<string, number>, input)
    const curve = of(effectScene(type, values).read)
    const drawn = Array.from(input, (x) => curve(x))
    const wanted = dcHertz > 0 ? withoutDc(drawn, dcHertz) : drawn
    let worst = 0
    for (let i = 200; i < FRAMES - latency; i++) worst = Math.max(worst, Math.abs(wanted[i]! - left[i + latency]!))
    // Steps and corners take the filters of the oversampling a moment.
    const steep = type === 'bitcrush' ? 2 ** -3 : values.curve === 'straight' ? 0.04 : 0.02
    expect(worst).toBeLessThan(steep)
  })
})

describe('echoes come when and where they are drawn', () => {
  it.each<[string, Values]>([
    ['delay', { time: 0.1, feedback: 0.5, tone: 20000, mix: 0.5 }],
    ['pingpong', { sync: '1/16', feedback: 0.5, tone: 20000, mix: 0.4 }],
    ['multitap', { time: 0.05, rhythm: 'tresillo', taps: 5, feedback: 0, highCut: 20000, mix: 1 }],
    ['multitap', { time: 0.06, rhythm: 'slower', taps: 8, feedback: 0.5, highCut: 20000, mix: 0.6 }],
  ])('%s %o', (type, values) => {
    const frames = 48000
    const { left, right } = render(type, values as Record<string, number>, impulse(frames))
    const scene = effectScene(type, values)
    const echoes = echoesOf[type]!(scene).filter(({ seconds }) => seconds < 0.9)
    const near = (x: Float32Array, seconds: number) => {
      const at = Math.round(seconds * 48000)
      return Math.hypot(...x.subarray(Math.max(0, at - 24), at + 24))
    }
    expect(echoes.length).toBeGreaterThan(4)
    expect(left[0]).toBeCloseTo(dryOf(scene.read).left, 3)
    for (const { seconds, left: l, right: r } of echoes.slice(0, 6)) {
      // The tone takes a little with every round.
      expect(Math.abs(near(left, seconds) - l), `${seconds} s left`).toBeLessThan(0.02 + 0.3 * l)
      expect(Math.abs(near(right, seconds) - r), `${seconds} s right`).toBeLessThan(0.02 + 0.3 * r)
    }
  })
})

describe('what moves and where it goes', () => {
  it.each(['sine', 'triangle', 'rise', 'fall', 'square'])('tremolo, %s', (shape) => {
    const values = { shape, rate: 4, depth: 0.8, smoothing: 0.004 }
    const { read } = effectScene('tremolo', values)
    const { left } = render('tremolo', values, new Float32Array(36000).fill(1))
    const drawn = softened(effectSwing(shape), 4, 0.004, 2, 12000)
    let worst = 0
    // The first cycle: the engine begins settled at its start.
    for (let i = 13000; i < 24000; i += 7) worst = Math.max(worst, Math.abs(left[i]! - tremoloGain(read, drawn[i]!)))
    expect(worst).toBeLessThan(0.01)
  })
  it.each<[string, Values, (read: ReturnType<typeof effectScene>['read']) => readonly number[]]>([
    ['panner', { pan: -0.4, law: '4.5dB' }, (read) => pannerMatrix(read, -0.4)],
    ['panner', { pan: 0.6, mode: 'stereo' }, (read) => pannerMatrix(read, 0.6)],
    ['width', { width: 1.7 }, widthMatrix],
    ['midside', { mid: -6, side: 3, balance: 0.4, invertLeft: 1, swap: 1 }, midsideMatrix],
    ['midside', { output: 'side' }, midsideMatrix],
  ])('%s %o', (type, values, matrix) => {
    const x = noise(4000, 5)
    const silent = new Float32Array(4000)
    const gain = (from: Float32Array) => from.subarray(3000).reduce((sum, v, i) => sum + v * x[3000 + i]!, 0)
    const own = gain(x)
    const fromLeft = render(type, values as Record<string, number>, x, silent)
    const fromRight = render(type, values as Record<string, number>, silent, x)
    const measured = [fromLeft.left, fromRight.left, fromLeft.right, fromRight.right].map((y) => gain(y) / own)
    const drawn = matrix(effectScene(type, values).read)
    measured.forEach((value, i) => expect(value, `${i}`).toBeCloseTo(drawn[i]!, 2))
  })
})
