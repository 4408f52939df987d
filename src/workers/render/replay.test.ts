// Real time against offline: whatever happens, in whatever block sizes, the log renders the same samples (Node, the real module).
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { tapReader } from '../../engine/wire/tap.ts'
import { loggedHandles, readLog, type ReplayLog } from '../../engine/wire/log.ts'
import { bootEngine, effect, programInput } from '../../../wasm/test/engine.ts'
import { engineModule } from '../../../wasm/test/module.ts'
import { sawPatch } from '../../../wasm/test/patches.ts'
import { createOfflineEngine } from './offline.ts'

const runs = process.env.VERIFY ? 300 : 12

type Step =
  | { readonly do: 'render'; readonly frames: number }
  | { readonly do: 'on'; readonly id: number; readonly note: number }
  | { readonly do: 'off'; readonly id: number }
  | { readonly do: 'turn'; readonly hz: number }
  | { readonly do: 'mix'; readonly amount: number }
  | { readonly do: 'master'; readonly gainDb: number }
  | { readonly do: 'load'; readonly cutoff: number; readonly mode: 'switch' | 'swap' }
  | { readonly do: 'panic' }

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('render' as const), frames: fc.integer({ min: 1, max: 2000 }) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('on' as const),
      id: fc.integer({ min: 1, max: 20 }),
      note: fc.integer({ min: 30, max: 90 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('off' as const), id: fc.integer({ min: 1, max: 20 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('turn' as const), hz: fc.double({ min: 30, max: 15000, noNaN: true }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('mix' as const), amount: fc.double({ min: 0, max: 1, noNaN: true }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('master' as const), gainDb: fc.integer({ min: -30, max: 6 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('load' as const),
      cutoff: fc.integer({ min: 100, max: 9000 }),
      mode: fc.constantFrom('switch' as const, 'swap' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('panic' as const) }) },
)

const sound = (cutoff: number) => ({
  patch: sawPatch(),
  values: { 'filter.cutoff': cutoff },
  effects: [effect('delay', { time: 0.05, feedback: 0.4, mix: 0.3 })],
})

test('a captured log renders the same samples, bit for bit', () => {
  fc.assert(
    fc.property(
      fc.array(step, { minLength: 5, maxLength: 40 }),
      fc.integer({ min: 0, max: 2 ** 32 - 1 }),
      (before, seed) => {
        const steps = [...before, { do: 'render', frames: 3000 } as const]
        const engine = bootEngine()
        const bytes = new Map<number, Uint8Array>()
        const install = (cutoff: number, mode: 'switch' | 'swap'): void => {
          const { handle, compiled } = engine.install(sound(cutoff), mode)
          bytes.set(handle, compiled.bytes)
          params = compiled.params
        }
        let params: Readonly<Record<string, { device: number; param: number }>> = {}
        install(800, 'switch')
        // Whatever stands before the reset must not be heard after it, but in the values that stay.
        engine.noteOn(99, 50)
        engine.commands.setParam(0, params['filter.cutoff']!.device, params['filter.cutoff']!.param, 1234)
        engine.render(777)
        engine.commands.at(null).tap('master', true)
        engine.commands.reset(seed)
        const tap = tapReader(engine.wire.buffer, engine.wire.tap('master'))
        const taken: Float32Array[] = []
        for (const each of steps) {
          engine.commands.at(null)
          if (each.do === 'render') {
            engine.render(each.frames, 1 + (each.frames % 300))
            taken.push(tap.read().left)
          } else if (each.do === 'on') engine.noteOn(each.id, each.note)
          else if (each.do === 'off') engine.noteOff(each.id)
          else if (each.do === 'turn')
            engine.commands.setParam(0, params['filter.cutoff']!.device, params['filter.cutoff']!.param, each.hz)
          else if (each.do === 'mix')
            engine.commands.setParam(0, params['fx1.mix']!.device, params['fx1.mix']!.param, each.amount)
          else if (each.do === 'master') engine.commands.masterGain(each.gainDb)
          else if (each.do === 'load') install(each.cutoff, each.mode)
          else engine.commands.panic()
        }
        const captured = Float32Array.from(taken.flatMap((chunk) => [...chunk]))
        const { records, seed: loggedSeed, overflow } = readLog(engine.wire.buffer, engine.wire.log)
        expect(overflow).toBe(0)
        expect(tap.dropped()).toBe(0)
        const programs = loggedHandles(records, 'programs').map((handle) => ({ handle, bytes: bytes.get(handle)! }))
        const log: ReplayLog = { sampleRate: 48000, seed: loggedSeed, records, programs, tables: [] }
        const [left] = createOfflineEngine(engineModule(), 48000, 64).replay(log, captured.length)
        expect(Buffer.from(left!.buffer).equals(Buffer.from(captured.buffer))).toBe(true)
      },
    ),
    { seed: 20, numRuns: runs },
  )
})

test('a take renders again at the levels that the governor took, bit for bit, or at full quality', () => {
  const take = (levels: readonly number[]): { readonly log: ReplayLog; readonly left: Float32Array } => {
    const engine = bootEngine()
    const { handle, compiled } = engine.install({ ...sound(2000), effects: [effect('distortion'), effect('reverb')] })
    engine.render(64)
    engine.commands.at(null).tap('master', true)
    engine.commands.reset(7)
    const tap = tapReader(engine.wire.buffer, engine.wire.tap('master'))
    const parts = levels.map((level, index) => {
      if (level > 0) engine.commands.at(null).governor(level)
      engine.noteOn(1 + index, 50 + 3 * index)
      engine.render(4800)
      return tap.read().left
    })
    const { records } = readLog(engine.wire.buffer, engine.wire.log)
    const programs = [{ handle, bytes: compiled.bytes }]
    const left = Float32Array.from(parts.flatMap((part) => [...part]))
    return { log: { sampleRate: 48000, seed: 7, records, programs, tables: [] }, left }
  }
  const governed = take([0, 3, 4, 1])
  const full = take([0, 0, 0, 0])
  const again = (levels: 'full' | 'logged') =>
    createOfflineEngine(engineModule(), 48000, 64).replay(governed.log, governed.left.length, {}, levels)[0]!
  expect(again('logged')).toEqual(governed.left)
  expect(again('full')).toEqual(full.left)
  expect(full.left).not.toEqual(governed.left)
})

test('a log that names a sound it does not hold is refused', () => {
  const engine = bootEngine()
  engine.install({ patch: sawPatch() })
  engine.render(128)
  engine.commands.reset(0)
  engine.render(128)
  const { records } = readLog(engine.wire.buffer, engine.wire.log)
  const log: ReplayLog = { sampleRate: 48000, seed: 0, records, programs: [], tables: [] }
  expect(() => createOfflineEngine(engineModule(), 48000, 64).replay(log, 128)).toThrowError(
    expect.objectContaining({ code: 'unknown-id' }),
  )
})

test('the offline engine renders what a preset render renders, whatever was logged about it', () => {
  const input = programInput(sound(700))
  const spec = { notes: [57], velocity: 0.8, duration: 0.1, tail: 0.1, sampleRate: 48000, seed: 3 }
  const engine = createOfflineEngine(engineModule(), 48000, 64)
  expect(engine.render(input, spec)[0]).toEqual(createOfflineEngine(engineModule(), 48000, 64).render(input, spec)[0])
})
