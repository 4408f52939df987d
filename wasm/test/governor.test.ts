// The governor in the engine: a level is an event with a frame, switches nobody hears as a click, sounding voices as they were.
import { describe, expect, it } from 'vitest'
import { withoutGovernor } from '../../src/engine/wire/log.ts'
import { constants } from '../../src/generated/wire.ts'
import { bootDry, bootEngine, effect, rmsOf, stepOf, type Sound, type TestEngine } from './engine.ts'
import { sawPatch, voice } from './patches.ts'
import { readLog } from './replay.ts'
import { listen, MASTER } from './strips.ts'

const tone = (effects: Sound['effects'] = [], level = 0.4, voices = 8): Sound => ({
  patch: sawPatch(
    { voices: voice(voices), mods: [{ from: 'velocity', to: 'osc.level', amount: level }] },
    {
      osc: { type: 'sine', values: { level: 0 } },
      filter: { type: 'gain', in: { in: ['osc'] } },
      env: { type: 'env', values: { attack: 0.02, sustain: 1, release: 0.2 } },
    },
  ),
  effects,
})
const stack = (type: string, values: Record<string, number>, left = 'left'): Sound => ({
  patch: { ...sawPatch(), units: { osc: { type, values } }, out: { left: `osc.${left}`, right: 'osc.right' } },
})
const govern = (engine: TestEngine, level: number): void => void engine.commands.at(null).governor(level)

/** Largest bend of the curve: a step or a kink shows, a loud low tone does not. */
function bendOf(x: Float32Array, from: number, to: number): number {
  let most = 0
  for (let i = from; i < to - 3; i++) most = Math.max(most, Math.abs(x[i]! - 3 * x[i + 1]! + 3 * x[i + 2]! - x[i + 3]!))
  return most
}

/** Of detuned copies within a second. */
const BEATING_DB = 2.5
const OVERSAMPLED = ['saturation', 'distortion', 'tape', 'tube', 'wavefolder', 'waveshaper']
const TAILS = ['reverb', 'plate']

describe('levels of the governor', () => {
  it('a level holds from a micro-block on: reply, status and log say so; a level that is none is refused', () => {
    const engine = bootEngine()
    engine.install(tone())
    engine.render(1000)
    engine.commands.at(null).reset(0)
    engine.render(320)
    const start = Math.ceil(1000 / 32) * 32
    engine.replies()
    engine.commands.at(BigInt(start + 650)).governor(3)
    engine.render(1600)
    const frame = Math.floor((start + 650) / 32) * 32
    expect(engine.replies().filter(({ type }) => type === 'governed')).toMatchObject([{ id: 3, frame }])
    expect(engine.status('governor')).toBe(3)
    const { records } = readLog(engine)
    expect(records.length - withoutGovernor(records).length).toBe(constants.recordBytes)
    govern(engine, constants.topLevel + 1)
    engine.render(320)
    expect(engine.replies().filter(({ type }) => type === 'refused')).toHaveLength(1)
    expect(engine.status('governor')).toBe(3)
  })

  it.each([...OVERSAMPLED, ...TAILS])('%s crosses over without a click, at the same loudness', (type) => {
    const render = (levels: readonly [number, number]) => {
      const engine = bootDry()
      engine.install(tone([effect(type, { mix: 1, ...(type === 'tape' ? { time: 0.05, wow: 0, flutter: 0 } : {}) })]))
      engine.noteOn(1, 57, 1)
      engine.render(48000)
      const [down, up] = levels.map((level) => {
        govern(engine, level)
        return engine.render(14400).left
      })
      return { down: down!, up: up! }
    }
    const full = render([0, 0])
    const governed = render([2, 0])
    // Echoes that start or stop moving bend the curve a little, at -100 dB; a waveshaper repeats itself.
    const click = TAILS.includes(type) ? stepOf : bendOf
    expect(click(governed.down, 0, 14400)).toBeLessThan(1.5 * click(full.down, 0, 14400))
    expect(click(governed.up, 0, 14400)).toBeLessThan(1.5 * click(full.up, 0, 14400))
    // It is another path indeed, and as loud.
    expect(governed.down).not.toEqual(full.down)
    if (OVERSAMPLED.includes(type))
      expect(20 * Math.log10(rmsOf(governed.down, 9600) / rmsOf(full.down, 9600))).toBeCloseTo(0, 1)
  })

  it('twice the rate keeps the delay and is flat: a soft tone comes out as from four times, up to 16 kHz', () => {
    for (const note of [60, 90, 120, 127.6]) {
      const heard = [0, 1].map((level) => {
        const engine = bootDry()
        govern(engine, level)
        engine.install(tone([effect('tube', { drive: 0, mix: 1, tone: 20000 })], 0.004))
        engine.noteOn(1, note, 1)
        return engine.render(9600).left.slice(4800)
      })
      const [four, two] = heard as [Float32Array, Float32Array]
      const difference = four.map((v, i) => v - two[i]!)
      expect(20 * Math.log10(rmsOf(difference) / rmsOf(four))).toBeLessThan(-50)
    }
  })

  it.each([
    ['unison', stack('unison', { voices: 7 })],
    ['supersaw', stack('supersaw', {})],
    ['wavetable', stack('wavetable', { voices: 6, detune: 0.3 }, 'out')],
  ])('%s: a held note stays as it is, bit for bit, and the next one is thinner and as loud', (_, sound) => {
    const render = (level: number) => {
      const engine = bootDry()
      engine.install(sound)
      engine.noteOn(1, 50)
      engine.render(4800)
      govern(engine, level)
      const held = engine.render(9600).left
      engine.noteOff(1)
      engine.render(9600)
      engine.noteOn(2, 50)
      return { held, next: engine.render(48000).left }
    }
    const full = render(0)
    const thin = render(3)
    expect(thin.held).toEqual(full.held)
    expect(thin.next).not.toEqual(full.next)
    expect(Math.abs(20 * Math.log10(rmsOf(thin.next) / rmsOf(full.next)))).toBeLessThan(BEATING_DB)
  })

  it('half the voices: the quietest of those that are held fade, without a click, and new notes keep to it', () => {
    const engine = bootDry()
    engine.install(tone([], 0.1))
    const velocities = [0.9, 0.2, 0.8, 0.3, 0.7, 0.25, 0.6, 0.35]
    velocities.forEach((velocity, index) => engine.noteOn(index + 1, 48 + 3 * index, velocity))
    engine.render(9600)
    const steady = stepOf(engine.render(4800).left)
    engine.replies()
    govern(engine, 4)
    const fading = engine.render(4800).left
    const gone = engine.replies().filter(({ type }) => type === 'noteEnd')
    expect(gone.map(({ id }) => id).sort()).toEqual([2, 4, 6, 8])
    expect(gone.every(({ reason }) => reason === 'stolen')).toBe(true)
    expect(stepOf(fading)).toBeLessThan(1.5 * steady)
    expect(engine.status('voices')).toBe(4)
    engine.noteOn(20, 70)
    engine.render(4800)
    expect(engine.status('voices')).toBe(4)
    govern(engine, 0)
    for (let id = 30; id < 34; id++) engine.noteOn(id, 40 + id)
    engine.render(4800)
    expect(engine.status('voices')).toBe(8)
  })

  it('three quarters of the voices are reached by new notes alone', () => {
    const engine = bootDry()
    engine.install(tone([], 0.1))
    for (let id = 1; id <= 8; id++) engine.noteOn(id, 40 + id)
    engine.render(4800)
    govern(engine, 3)
    engine.render(4800)
    expect(engine.status('voices')).toBe(8)
    for (let id = 11; id <= 13; id++) {
      engine.noteOn(id, 50 + id)
      engine.render(4800)
    }
    expect(engine.status('voices')).toBe(6)
  })

  it('the highest level mutes the analysers; below it they hear again, at the right frame', () => {
    const engine = bootEngine()
    engine.install(tone())
    engine.noteOn(1, 60)
    const hear = listen(engine, MASTER)
    expect(rmsOf(hear(3200)[0]!.left)).toBeGreaterThan(0.01)
    govern(engine, 5)
    expect(rmsOf(hear(3200)[0]!.left)).toBe(0)
    govern(engine, 4)
    expect(rmsOf(hear(3200)[0]!.left)).toBeGreaterThan(0.01)
  })
})
