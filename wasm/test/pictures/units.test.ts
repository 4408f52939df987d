// Pictures of units against what the engine does: waves, filters, envelopes, LFOs; tables against their sources (Node).
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { stageShape } from '../../../src/ui/panels/devices/pictures/envelope/env.ts'
import { drawnSegments, segmentShape } from '../../../src/ui/panels/devices/pictures/envelope/mseg.ts'
import {
  combMagnitude,
  ladderMagnitude,
  phaserMagnitude,
  svfMagnitude,
  type Magnitude,
} from '../../../src/ui/panels/devices/pictures/filter/response.ts'
import { SINGERS, formantMagnitude } from '../../../src/ui/panels/devices/pictures/filter/vowels.ts'
import { ALGORITHMS, boxes } from '../../../src/ui/panels/devices/pictures/fm/algorithms.ts'
import { unitSwing } from '../../../src/ui/panels/devices/pictures/motion/lfo.ts'
import { partialsOf } from '../../../src/ui/panels/devices/pictures/oscillator/copies.ts'
import { morphWave } from '../../../src/ui/panels/devices/pictures/oscillator/morph.ts'
import { oscillatorWave } from '../../../src/ui/panels/devices/pictures/oscillator/waves.ts'
import { beatsOf } from '../../../src/ui/panels/devices/pictures/tempo.ts'
import { UNITS } from '../../../src/generated/units.ts'
import { db, fft, response } from '../effects/signals.ts'
import { UnitRig } from '../units/rig.ts'
import { unitScene, type Values } from './scenes.ts'

/** Options by index, as the rig takes them. */
function rigOf(type: string, values: Values): UnitRig {
  const rig = new UnitRig(type)
  const spec = UNITS.find(({ id }) => id === type)!
  for (const [id, value] of Object.entries(values)) {
    const param = spec.params.find((each) => each.id === id)!
    rig.set(id, typeof value === 'number' ? value : param.options!.findIndex((option) => option.id === value))
  }
  return rig
}

describe('filters', () => {
  const HERTZ = [40, 110, 330, 690, 1100, 2300, 4700, 8000, 12000]
  it.each<[string, Values, Magnitude]>([
    ['svf', { cutoff: 900, resonance: 0.5 }, svfMagnitude],
    ['svf', { mode: 'highpass', slope: '24', cutoff: 300, resonance: 0.3 }, svfMagnitude],
    ['svf', { mode: 'notch', slope: '24', cutoff: 1500, resonance: 0.2 }, svfMagnitude],
    ['svf', { mode: 'bandpass', slope: '24', cutoff: 5000, resonance: 0.4 }, svfMagnitude],
    ['ladder', { cutoff: 800, resonance: 0.6, drive: 6 }, ladderMagnitude],
    ['comb', { cutoff: 220, feedback: 0.7, damping: 0.5, mix: 0.8 }, combMagnitude],
    ['comb', { cutoff: 440, feedback: -0.6, damping: 0 }, combMagnitude],
    ['formant', { voice: 'alto', vowel: 1.4, shift: 3 }, formantMagnitude],
    ['formant', { voice: 'bass', vowel: 3.2, mix: 0.7 }, formantMagnitude],
    ['phaser', { depth: 0, stages: '8', feedback: -0.5 }, (hertz, read, rate) => phaserMagnitude(hertz, read, rate, 0)],
  ])('%s %o: the picture is the engine’s response within 0.1 dB', (type, values, magnitude) => {
    const rig = rigOf(type, values).start()
    const heard = rig.render(1 << 14, { input: (frame) => (frame === 0 ? 0.001 : 0) })[0]![0]!
    const measured = response(heard, HERTZ).map((level) => level + 60)
    const { read } = unitScene(type, values)
    HERTZ.forEach((hertz, i) => {
      const drawn = db(magnitude(hertz, read, 48000))
      // A comb's interpolation loses highs that its picture keeps.
      const near = type === 'comb' && hertz > 6000 ? 0.6 : 0.1
      if (drawn > -60) expect(Math.abs(drawn - measured[i]!), `${hertz} Hz`).toBeLessThan(near)
    })
  })
})

describe('waves', () => {
  it.each<[string, Values]>([
    ['saw', {}],
    ['square', {}],
    ['triangle', {}],
    ['sine', {}],
    ['pulse', { width: 0.2 }],
    ['pulse', { width: 0.7 }],
    ['sync', { ratio: 2.6, wave: 'saw' }],
    ['sync', { ratio: 3.3, wave: 'triangle' }],
    ['fm', { ratio: 2, index: 3, feedback: 0.6 }],
    ['wavetable', { position: 0.3 }],
    ['wavetable', { position: 0.55, warp: 'bend', amount: 0.5 }],
    ['wavetable', { position: 0.35, warp: 'asymmetry', amount: 0.4 }],
    ['wavetable', { position: 0.2, warp: 'mirror', amount: 0.7 }],
    ['wavetable', { position: 0.1, warp: 'sync', amount: 0.4 }],
  ])('%s %o is the engine’s, the right way round', (type, values) => {
    const { read, unit } = unitScene(type, values)
    const wave = type === 'wavetable' ? morphWave(read) : oscillatorWave(type, read, unit)!
    // 27.5 Hz: its harmonics reach far.
    const heard = rigOf(type, values).pitch(21).start().render(9600)[0]![0]!
    const period = 48000 / 27.5
    const cut = (x: Float32Array | number[]) => Array.from(x).slice(1000, 1000 + Math.round(4 * period))
    const measured = cut(heard)
    const product = (a: number[], b: number[]) => a.reduce((sum, v, i) => sum + v * b[i]!, 0)
    let best = 0
    // The engine's filters delay by a few frames.
    for (const late of [-4, -2, -1, 0, 1, 2, 3, 4, 6, 8, 10, 12]) {
      const drawn = cut(Array.from({ length: 9600 }, (_, i) => wave(((((i - late) / period) % 1) + 1) % 1)))
      best = Math.max(best, product(measured, drawn) / Math.sqrt(product(measured, measured) * product(drawn, drawn)))
    }
    expect(best).toBeGreaterThan(0.99)
  })
  it('partials stand where and as high as they sound', () => {
    const values = { tilt: -9, balance: 0.4, stretch: 1.05, bar3: 0.3, bar9: 0.6, damping: 0, count: 40 }
    const heard = rigOf('partials', values)
      .pitch(57)
      .start()
      .render(1 << 16)[0]![0]!
    const [re, im] = [Float64Array.from(heard), new Float64Array(heard.length)]
    re.forEach((v, i) => (re[i] = v * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / heard.length))))
    fft(re, im)
    const level = (hertz: number) => {
      const bin = Math.round((hertz * heard.length) / 48000)
      let most = 0
      for (let k = bin - 2; k <= bin + 2; k++) most = Math.max(most, Math.hypot(re[k]!, im[k]!))
      return db(most)
    }
    const partials = partialsOf(unitScene('partials', values).read)
    for (const k of [1, 2, 4, 8, 15, 30]) {
      const wanted = db(partials[k]!.gain / partials[0]!.gain)
      expect(Math.abs(level(220 * partials[k]!.ratio) - level(220) - wanted), `${k + 1}`).toBeLessThan(1.5)
    }
  })
})

describe('what moves', () => {
  it.each(['sine', 'triangle', 'saw', 'square'])('LFO, %s', (shape) => {
    const heard = rigOf('lfo', { shape, rate: 2, scatter: 0 }).start().render(24000)[0]![0]!
    const swing = unitSwing(shape)
    for (let i = 300; i < 24000; i += 911) {
      // Edges of a few milliseconds are drawn as steps.
      const cycles = (i * 2) / 48000
      const edge = shape === 'square' || shape === 'saw' ? Math.abs(((cycles * 2 + 0.5) % 1) - 0.5) < 0.05 : false
      if (!edge) expect(heard[i], `${cycles}`).toBeCloseTo(swing(cycles), 1)
    }
  })
  it.each(['linear', 'exponential', 'logarithmic'])('envelope, %s', (curve) => {
    const rig = rigOf('env', { curve, attack: 0.1, decay: 0.2, sustain: 0.5, release: 0.3 }).start()
    const heard = rig.render(19200)[0]![0]!
    const at = (seconds: number) => heard[Math.round(seconds * 48000)]!
    for (const t of [0.2, 0.5, 0.8]) {
      expect(at(0.1 * t)).toBeCloseTo(stageShape(curve, t, 'attack'), 2)
      expect(at(0.1 + 0.2 * t)).toBeCloseTo(1 - 0.5 * stageShape(curve, t), 2)
    }
    const fall = rig.release().render(14400)[0]![0]!
    for (const t of [0.2, 0.5, 0.8])
      expect(fall[Math.round(0.3 * t * 48000)]).toBeCloseTo(0.5 - 0.5 * stageShape(curve, t), 2)
  })
  it('multi-segment envelope', () => {
    const values = { sustain: 'none', curve1: 0.5, curve2: -0.7, time1: 0.1, time2: 0.1, time3: 0.1, time4: 0.1 }
    const heard = rigOf('mseg', values).start().render(19200)[0]![0]!
    const segments = drawnSegments(unitScene('mseg', values, { scale: 100 }))
    segments.forEach(({ from, level, curve }, i) => {
      for (const t of [0.25, 0.5, 0.75])
        expect(heard[Math.round((i + t) * 4800)]).toBeCloseTo(from + (level - from) * segmentShape(curve, t), 2)
    })
  })
})

describe('tables', () => {
  const source = (path: string) => readFileSync(`wasm/${path}`, 'utf8')
  it('routings of operators are those of the engine', () => {
    const text = source('dsp/fm_algorithms.h')
    const calls = [...text.matchAll(/^ {4}fmAlgorithm\(\{(.*?)\}, \{([\d, ]+)\}, (\d), (\d)\),$/gm)]
    expect(calls.length).toBe(32)
    expect(ALGORITHMS.length).toBe(32)
    calls.forEach(([, arrows = '', carriers = '', from, to], i) => {
      const pairs = [...arrows.matchAll(/\{(\d), (\d)\}/g)].map(([, a, b]) => [Number(a), Number(b)])
      expect(ALGORITHMS[i]).toEqual({
        arrows: pairs,
        carriers: carriers.split(', ').map(Number),
        feedback: [Number(from), Number(to)],
      })
    })
  })
  it('boxes of every routing have places of their own, modulators above what they modulate', () => {
    for (const algorithm of ALGORITHMS) {
      const all = boxes(algorithm)
      expect(new Set(all.map(({ column, row }) => `${column} ${row}`)).size).toBe(6)
      for (const [from, to] of algorithm.arrows) expect(all[from - 1]!.row).toBeGreaterThan(all[to - 1]!.row)
    }
  })
  it('formants of every singer are those of the engine', () => {
    const rows = (text: string) =>
      [...text.matchAll(/\{([\d.]+)f?, (-?[\d.]+)f?, ([\d.]+)f?\}/g)].map((row) => row.slice(1, 4).map(Number))
    expect(rows(source('dsp/vowels.h'))).toEqual(Object.values(SINGERS).flat(2))
  })
  it('note lengths are those of the engine', () => {
    const rows = [...source('dsp/tempo_sync.h').matchAll(/\{"([^"]+)", "[^"]+", ([\d. /]+)\}/g)]
    expect(rows.length).toBe(20)
    for (const [, id = '', text = ''] of rows) {
      const [above = 0, below = 1] = text.split('/').map((part) => parseFloat(part))
      expect(beatsOf(id), id).toBeCloseTo(above / below, 9)
    }
  })
})
