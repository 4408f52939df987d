// Notes struck before audio runs (Node).
import { expect, test } from 'vitest'
import { createHeldNotes } from './heldnotes.ts'

function setUp() {
  const heard: string[] = []
  const held = createHeldNotes({
    on: ({ noteId }) => heard.push(`on ${noteId}`),
    off: (noteId, _velocity, delayMs) => heard.push(`off ${noteId} after ${delayMs}`),
    dropped: (count) => heard.push(`dropped ${count}`),
  })
  const strike = (noteId: number, nowMs: number): void => held.strike({ noteId, note: 60, velocity: 0.8 }, nowMs)
  return { heard, held, strike }
}

test('a held note plays once audio runs, and a second flush repeats nothing', () => {
  const { heard, held, strike } = setUp()
  strike(1, 0)
  held.flush(300)
  held.flush(301)
  expect(heard).toEqual(['on 1'])
})

test('a key let go meanwhile sounds for as long as it was down', () => {
  const { heard, held, strike } = setUp()
  strike(1, 0)
  expect(held.release(1, 0.5, 120)).toBe(true)
  held.flush(300)
  expect(heard).toEqual(['on 1', 'off 1 after 120'])
})

test('after a second a note is dropped and said, younger ones play', () => {
  const { heard, held, strike } = setUp()
  strike(1, 0)
  strike(2, 600)
  held.flush(1200)
  expect(heard).toEqual(['dropped 1', 'on 2'])
})

test('expiry needs no audio', () => {
  const { heard, held, strike } = setUp()
  strike(1, 0)
  held.expire(999)
  expect(heard).toEqual([])
  held.expire(1001)
  expect(heard).toEqual(['dropped 1'])
})

test('a note that is not held is not ours to release', () => {
  expect(setUp().held.release(9, 0.5, 0)).toBe(false)
})

test('panic forgets held notes without a word', () => {
  const { heard, held, strike } = setUp()
  strike(1, 0)
  held.clear()
  held.flush(1)
  expect(heard).toEqual([])
})
