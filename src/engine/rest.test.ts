// When the engine may rest (Node).
import { expect, test } from 'vitest'
import { createRest, REST_AFTER_MS, type Presence } from './rest.ts'

const QUIET: Presence = { hidden: true, playing: false, voices: 0, peak: 0 }

test('a hidden, stopped and silent page rests after a minute, not before', () => {
  const rest = createRest()
  expect(rest.due(QUIET, 1000)).toBe(false)
  expect(rest.due(QUIET, 999 + REST_AFTER_MS)).toBe(false)
  expect(rest.due(QUIET, 1000 + REST_AFTER_MS)).toBe(true)
})

test.each<[string, Partial<Presence>]>([
  ['is looked at', { hidden: false }],
  ['plays', { playing: true }],
  ['sounds', { voices: 1 }],
  ['has a tail above -100 dBFS', { peak: 2e-5 }],
])('the minute starts again when the page %s', (_, over) => {
  const rest = createRest()
  rest.due(QUIET, 0)
  expect(rest.due({ ...QUIET, ...over }, 50_000)).toBe(false)
  expect(rest.due(QUIET, 60_000)).toBe(false)
  expect(rest.due(QUIET, 119_999)).toBe(false)
  expect(rest.due(QUIET, 120_000)).toBe(true)
})

test('a song that plays in a hidden page for an hour never rests', () => {
  const rest = createRest()
  for (let ms = 0; ms < 3_600_000; ms += 1000) expect(rest.due({ ...QUIET, playing: true }, ms)).toBe(false)
})
