// The control worker's programs: one build for each content, nothing freed while it sounds (Node, builder by hand).
import { expect, test } from 'vitest'
import { contentKey, createPrograms } from './programs.ts'

function setUp(limit = 2, capacity = 100) {
  const alive = new Set<number>()
  let next = 1
  let builds = 0
  const programs = createPrograms(
    {
      compile: (content: number) => ({ bytes: Uint8Array.of(content) }),
      load() {
        if (alive.size >= capacity) throw new RangeError('full')
        builds++
        alive.add(next)
        return next++
      },
      free(handle) {
        if (!alive.delete(handle)) throw new Error(`freed twice: ${handle}`)
      },
    },
    limit,
  )
  return { programs, alive, builds: () => builds }
}

test('the same content is built once', () => {
  const { programs, builds } = setUp()
  const first = programs.acquire(1)
  const second = programs.acquire(1)
  expect([first.cached, second.cached, builds()]).toEqual([false, true, 1])
  expect(second.program.handle).toBe(first.program.handle)
})

test('the least recently used program goes first', () => {
  const { programs, alive } = setUp(2)
  const [one, two] = [programs.acquire(1), programs.acquire(2)]
  programs.acquire(1)
  programs.acquire(3)
  expect(alive.has(one.program.handle)).toBe(true)
  expect(alive.has(two.program.handle)).toBe(false)
})

test('a program that the engine holds is never freed, only after it comes back', () => {
  const { programs, alive } = setUp(1)
  const { handle } = programs.acquire(1).program
  programs.sent(handle)
  programs.acquire(2)
  programs.acquire(3)
  expect(alive.has(handle)).toBe(true)
  programs.returned(handle)
  expect(programs.size).toBe(1)
})

test('a program sent twice must come back twice', () => {
  const { programs, alive } = setUp(1)
  const { handle } = programs.acquire(1).program
  programs.sent(handle)
  programs.sent(handle)
  programs.returned(handle)
  programs.acquire(2)
  expect(alive.has(handle)).toBe(true)
})

test('a full memory is emptied of idle programs before a build fails', () => {
  const { programs, alive } = setUp(10, 2)
  const playing = programs.acquire(1).program
  programs.sent(playing.handle)
  programs.acquire(2)
  programs.acquire(3)
  expect([...alive]).toContain(playing.handle)
  programs.sent(programs.acquire(3).program.handle)
  expect(() => programs.acquire(4)).toThrow('full')
})

test('keys differ for contents that differ in one byte or in length', () => {
  const keys = [[], [0], [1], [0, 0], [0, 1], [1, 0]].map((bytes) => contentKey(Uint8Array.from(bytes)))
  expect(new Set(keys).size).toBe(keys.length)
})
