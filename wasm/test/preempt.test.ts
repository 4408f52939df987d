// The shipped code of both sides: TypeScript stopped before each of its shared accesses while the C++ side runs to its end there.
import { afterEach, describe, expect, it, vi } from 'vitest'
import { enums } from '../../src/generated/wire.ts'
import { bootEngine } from './engine.ts'

afterEach(() => void vi.restoreAllMocks())

/** Runs `body` once for every shared access it makes, with `other` run just before that access. Returns how many there were. */
function preempted(body: () => void, other: () => void): number {
  const load = Atomics.load.bind(Atomics)
  const store = Atomics.store.bind(Atomics)
  let stopAt = -1
  let access = 0
  const stop = (): void => {
    if (access++ === stopAt) other()
  }
  vi.spyOn(Atomics, 'load').mockImplementation(
    ((array: Int32Array, index: number) => (stop(), load(array, index))) as typeof Atomics.load,
  )
  vi.spyOn(Atomics, 'store').mockImplementation(
    ((array: Int32Array, index: number, value: number) => (stop(), store(array, index, value))) as typeof Atomics.store,
  )
  body()
  const total = access
  for (stopAt = 0; stopAt < total; stopAt++) {
    access = 0
    body()
  }
  return total
}

describe('preemption', () => {
  it('a command being pushed while the engine drains: none is lost, none comes twice', () => {
    const engine = bootEngine()
    let token = 0
    const total = preempted(
      () => {
        for (let i = 0; i < 3; i++) expect(engine.commands.ping(++token)).toBe(true)
      },
      () => engine.pump(),
    )
    vi.restoreAllMocks()
    engine.pump()
    expect(total).toBeGreaterThanOrEqual(9)
    expect(engine.replies().map(({ id }) => id)).toEqual(Array.from({ length: token }, (_, i) => i + 1))
  })

  it('a reply being read while the engine answers: none is lost, none comes twice', () => {
    const engine = bootEngine()
    let token = 0
    const seen: number[] = []
    engine.commands.ping(++token)
    engine.pump()
    const total = preempted(
      () => seen.push(...engine.replies().map(({ id }) => id)),
      () => {
        engine.commands.ping(++token)
        engine.commands.ping(++token)
        engine.pump()
      },
    )
    vi.restoreAllMocks()
    seen.push(...engine.replies().map(({ id }) => id))
    expect(total).toBeGreaterThanOrEqual(4)
    expect(seen).toEqual(Array.from({ length: token }, (_, i) => i + 1))
  })

  it('a slot being read while the engine writes it: left and right always belong together', () => {
    const engine = bootEngine()
    engine.install({
      patch: {
        version: 1,
        units: { osc: { type: 'saw' }, lfo: { type: 'lfo', values: { rate: 20 } } },
        mods: [{ from: 'lfo', to: 'osc.level', amount: -0.9 }],
        out: { left: 'osc', right: 'osc' },
        voices: { max: 1, mode: 'mono', glideSeconds: 0 },
        groups: [],
      },
    })
    engine.noteOn(1, 24, 1)
    const slot = engine.wire.slot(enums.slotId.master)
    slot.lease(1_000_000)
    engine.render(9600)
    const words = new Int32Array(4)
    const values = new Float32Array(words.buffer)
    const peaks = new Set<number>()
    const total = preempted(
      () => {
        expect(slot.read(words)).toBe(true)
        expect(values[enums.levelWord.peakLeft]).toBe(values[enums.levelWord.peakRight])
        expect(values[enums.levelWord.rmsLeft]).toBe(values[enums.levelWord.rmsRight])
        peaks.add(values[enums.levelWord.rmsLeft]!)
      },
      () => void engine.render(1600),
    )
    expect(total).toBe(6)
    expect(peaks.size).toBeGreaterThan(4)
  })
})
