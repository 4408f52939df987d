// One value a frame and key (Node, frames by hand).
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createFrameGate } from './framegate.ts'

function setUp() {
  const sent: string[] = []
  let frame: (() => void) | null = null
  const gate = createFrameGate<number>(
    (key, value) => sent.push(`${key}=${value}`),
    (run) => (frame = run),
  )
  const tick = (): void => {
    const run = frame
    frame = null
    run?.()
  }
  return { gate, sent, tick, idle: () => frame === null }
}

test('the first value leaves at once, then one a frame, the last one always', () => {
  const { gate, sent, tick } = setUp()
  for (const value of [1, 2, 3]) gate.set('cutoff', value)
  expect(sent).toEqual(['cutoff=1'])
  tick()
  expect(sent).toEqual(['cutoff=1', 'cutoff=3'])
  gate.set('cutoff', 4)
  tick()
  expect(sent).toEqual(['cutoff=1', 'cutoff=3', 'cutoff=4'])
})

test('keys do not wait for each other', () => {
  const { gate, sent } = setUp()
  gate.set('cutoff', 1)
  gate.set('resonance', 2)
  expect(sent).toEqual(['cutoff=1', 'resonance=2'])
})

test('no frame is asked for once nothing moves', () => {
  const { gate, tick, idle } = setUp()
  gate.set('cutoff', 1)
  tick()
  expect(idle()).toBe(true)
})

test('whatever is set, each key ends on its last value', () => {
  const step = fc.oneof(fc.constant('tick' as const), fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.integer()))
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const { gate, sent, tick } = setUp()
      const wanted = new Map<string, number>()
      for (const each of steps) {
        if (each === 'tick') tick()
        else {
          gate.set(...each)
          wanted.set(...each)
        }
      }
      tick()
      tick()
      const got = new Map(sent.map((line) => line.split('=') as [string, string]))
      expect([...got].map(([key, value]) => [key, Number(value)]).sort()).toEqual([...wanted].sort())
    }),
    { seed: 5, numRuns: 200 },
  )
})
