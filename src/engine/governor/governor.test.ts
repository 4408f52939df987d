// The governor's loop: what it measures, what it tells the engine, what it says to the user (Node, a made-up clock and engine).
import { expect, test } from 'vitest'
import { SAMPLE_EVERY, Stat, STATS_BYTES } from '../../../worklets/stats.ts'
import { bootEngine } from '../../../wasm/test/engine.ts'
import type { Generation } from '../generation.ts'
import { createGovernor, GOVERN_MS } from './governor.ts'
import { tellOverload } from './tell.ts'

const SAMPLE_RATE = 48000
const BLOCK = 128
const QUANTUM_US = (BLOCK / SAMPLE_RATE) * 1e6

function rig() {
  const engine = bootEngine()
  const stats = new SharedArrayBuffer(STATS_BYTES)
  const words = new Int32Array(stats)
  words[Stat.sampleEvery] = SAMPLE_EVERY
  const context = { state: 'running', sampleRate: SAMPLE_RATE }
  const generation = {
    number: 1,
    context,
    wire: engine.wire,
    commands: engine.wire.commands('main'),
    blockFrames: BLOCK,
    stats,
  } as unknown as Generation
  const governor = createGovernor(() => generation)
  let nowMs = 1000
  governor.tick(nowMs)
  return {
    governor,
    /** So many ticks at a load; the engine renders and answers. */
    run(load: number, ticks: number) {
      for (let tick = 0; tick < ticks; tick++) {
        Atomics.add(words, Stat.samples, 3)
        Atomics.add(words, Stat.sumUs, Math.round(3 * load * QUANTUM_US))
        governor.tick((nowMs += GOVERN_MS))
        engine.render(BLOCK)
        for (const { type, id, frame } of engine.replies()) if (type === 'governed') governor.governed(id, frame)
      }
    },
    engine,
    /** The engine's ring takes no command, or takes them again. */
    full(is: boolean) {
      const { commands } = generation
      Object.assign(generation, {
        commands: is ? { ...commands, governor: () => false } : engine.wire.commands('main'),
      })
    },
    now: () => nowMs,
  }
}

test('a load over the budget raises the level in the engine; each change is kept with its frame, newest first', () => {
  const { governor, run, engine } = rig()
  run(0.6, 20)
  expect(governor.store.getState()).toMatchObject({ level: 0, events: [] })
  run(0.9, 3)
  expect(engine.status('governor')).toBe(1)
  const { level, events } = governor.store.getState()
  expect(level).toBe(1)
  expect(events).toHaveLength(1)
  expect(events[0]).toMatchObject({ level: 1, before: 0, generation: 1 })
  expect(events[0]!.frame % 32).toBe(0)
  expect(events[0]!.load).toBeCloseTo(0.9, 2)
  run(0.2, 51)
  expect(governor.store.getState().level).toBe(0)
  expect(governor.store.getState().events.map((event) => event.level)).toEqual([0, 1])
})

test('what a full ring does not take is said again, a rise as well as the return to full quality for a take', () => {
  const { governor, run, engine, full } = rig()
  full(true)
  run(0.9, 6)
  expect(engine.status('governor')).toBe(0)
  full(false)
  run(0.9, 3)
  expect(engine.status('governor')).toBe(1)
  full(true)
  const release = governor.hold()
  full(false)
  run(0.9, 1)
  expect(engine.status('governor')).toBe(0)
  expect(governor.store.getState().events.map((event) => event.level)).toEqual([0, 1])
  release()
})

test('the budget is the user’s', () => {
  const { governor, run } = rig()
  governor.setMaxCpu(0.5)
  run(0.6, 3)
  expect(governor.store.getState().level).toBe(1)
})

test('while a take is held the engine stays at full quality', () => {
  const { governor, run, engine } = rig()
  run(1.2, 7)
  expect(engine.status('governor')).toBe(2)
  const release = governor.hold()
  run(1.2, 20)
  expect(engine.status('governor')).toBe(0)
  release()
  release()
  run(1.2, 3)
  expect(engine.status('governor')).toBe(1)
})

test('an overload is said once, with what costs most; the last level names the track to freeze', () => {
  const { governor, run, now } = rig()
  const said: { fact: string; consequence: string }[] = []
  tellOverload(
    governor.store,
    () => ({ track: 'Pad', device: 'Convolution' }),
    (notice) => said.push(notice),
    now,
  )
  run(1.2, 6)
  expect(said.map(({ fact }) => fact)).toEqual(['The sound takes more than 70 % of the CPU time.'])
  const event = governor.store.getState().events[0]!
  const dearest = { strip: 3, device: 2, share: 0.31 }
  governor.store.setState(({ events }) => ({ events: [{ ...event, level: 5, before: 4, dearest }, ...events] }))
  expect(said[1]!.fact).toBe('The sound takes more than 70 % of the CPU time. Convolution on Pad: 31 %')
  expect(said[1]!.consequence).toMatch(/^Freeze Pad/)
})
