// The governor's rules: hysteresis times, one level at a time, and no swinging between two levels (Node).
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { constants } from '../../generated/wire.ts'
import { MAX_CPU } from '../../params/budget.ts'
import { CALM_SHARE, decide, LOWER_AFTER_MS, RAISE_AFTER_MS, startGovernor, type LoadReading } from './decide.ts'

const runs = process.env.VERIFY ? 5000 : 60
const budget = fc.double({ min: MAX_CPU.min, max: MAX_CPU.max, noNaN: true })
const reading: fc.Arbitrary<LoadReading> = fc.record({
  load: fc.oneof(fc.double({ min: 0, max: 2, noNaN: true }), fc.constantFrom(0, 0.2, 0.9, 3)),
  elapsedMs: fc.integer({ min: 0, max: 2000 }),
})

test('the level moves by one, within its range, up only after a quarter second over the budget and down only after five calm seconds', () => {
  fc.assert(
    fc.property(
      budget,
      fc.array(fc.record({ of: reading, times: fc.integer({ min: 1, max: 80 }) })),
      (maxCpu, steps) => {
        let state = startGovernor()
        let overMs = 0
        let calmMs = 0
        for (const { of, times } of steps) {
          for (let k = 0; k < times; k++) {
            const before = state.level
            state = decide(state, of, maxCpu)
            overMs = of.load > maxCpu ? overMs + of.elapsedMs : 0
            calmMs = of.load < CALM_SHARE * maxCpu ? calmMs + of.elapsedMs : 0
            const change = state.level - before
            expect(Math.abs(change)).toBeLessThanOrEqual(1)
            expect(state.level).toBeGreaterThanOrEqual(0)
            expect(state.level).toBeLessThanOrEqual(constants.topLevel)
            if (change > 0) expect(overMs).toBeGreaterThanOrEqual(RAISE_AFTER_MS)
            if (change < 0) expect(calmMs).toBeGreaterThanOrEqual(LOWER_AFTER_MS)
            if (change !== 0) overMs = calmMs = 0
          }
        }
      },
    ),
    { seed: 3, numRuns: runs },
  )
})

test('a song that costs the same all the time does not swing: for five minutes it comes back to a level at most once', () => {
  // What each level costs: never more than the one before.
  const costs = fc
    .array(fc.double({ min: 0.3, max: 1, noNaN: true }), { minLength: 6, maxLength: 6 })
    .chain((factors) =>
      fc
        .double({ min: 0.1, max: 2.5, noNaN: true })
        .map((full) => factors.reduce<number[]>((all, factor) => [...all, (all.at(-1) ?? full / factor) * factor], [])),
    )
  fc.assert(
    fc.property(budget, costs, (maxCpu, cost) => {
      let state = startGovernor()
      const taken = new Map<number, number>()
      for (let ms = 0; ms < 290_000; ms += 100) {
        const before = state.level
        state = decide(state, { load: cost[before]!, elapsedMs: 100 }, maxCpu)
        if (state.level > before) taken.set(state.level, (taken.get(state.level) ?? 0) + 1)
      }
      for (const times of taken.values()) expect(times).toBeLessThanOrEqual(2)
      // Enough was given up, or there is nothing more to give.
      expect(cost[state.level]! <= maxCpu || state.level === constants.topLevel).toBe(true)
    }),
    { seed: 5, numRuns: runs },
  )
})

test('full load takes all levels in a second and a half; silence gives them back in half a minute', () => {
  let state = startGovernor()
  let ms = 0
  for (; state.level < constants.topLevel; ms += 50) state = decide(state, { load: 1.4, elapsedMs: 50 }, MAX_CPU.init)
  expect(ms).toBe(constants.topLevel * RAISE_AFTER_MS)
  for (ms = 0; state.level > 0; ms += 50) state = decide(state, { load: 0, elapsedMs: 50 }, MAX_CPU.init)
  expect(ms).toBe(constants.topLevel * LOWER_AFTER_MS)
})

test('between the calm share and the budget nothing changes', () => {
  let state = startGovernor()
  for (let k = 0; k < 10; k++) state = decide(state, { load: 1, elapsedMs: 100 }, 0.7)
  const { level } = state
  expect(level).toBeGreaterThan(0)
  for (let k = 0; k < 1000; k++) state = decide(state, { load: 0.6, elapsedMs: 100 }, 0.7)
  expect(state.level).toBe(level)
})

test('a reading after a long pause counts as one interval', () => {
  expect(decide(startGovernor(), { load: 2, elapsedMs: 60_000 }, 0.7).level).toBe(0)
})
