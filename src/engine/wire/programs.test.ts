// The programs an engine holds: one build for each content, nothing freed or installed twice while it sounds (Node, builder by hand).
import { expect, test } from 'vitest'
import { contentKey } from '../../compile/contentKey.ts'
import { createPrograms } from './programs.ts'

function setUp(limit = 2, capacity = 100) {
  const alive = new Map<number, 'ready' | 'used'>()
  let next = 1
  let builds = 0
  const programs = createPrograms(
    {
      compile: (content: number) => ({ bytes: Uint8Array.of(content) }),
      load() {
        if (alive.size >= capacity) throw new RangeError('full')
        builds++
        alive.set(next, 'ready')
        return next++
      },
      renew(handle) {
        if (alive.get(handle) !== 'used') throw new Error(`nothing to renew: ${handle}`)
        alive.set(handle, 'ready')
      },
      free(handle) {
        if (!alive.delete(handle)) throw new Error(`freed twice: ${handle}`)
      },
    },
    limit,
  )
  /** What a press does; the engine refuses a program that is not ready. */
  const play = (content: number): number => {
    const { handle } = programs.acquire(content).program
    if (alive.get(handle) !== 'ready') throw new Error(`not ready: ${handle}`)
    alive.set(handle, 'used')
    programs.sent(handle)
    return handle
  }
  return { programs, alive, play, builds: () => builds }
}

test('the same content is built once', () => {
  const { programs, builds } = setUp()
  const first = programs.acquire(1)
  const second = programs.acquire(1)
  expect([first.cached, second.cached, builds()]).toEqual([false, true, 1])
  expect(second.program.handle).toBe(first.program.handle)
})

test('a sound that still plays gets a second instance, and then the two take turns', () => {
  const { programs, play, builds } = setUp(4)
  let playing = play(1)
  for (let press = 0; press < 6; press++) {
    const next = play(1)
    programs.returned(playing)
    playing = next
  }
  expect(builds()).toBe(2)
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
  const { programs, alive, play } = setUp(1)
  const handle = play(1)
  programs.acquire(2)
  programs.acquire(3)
  expect(alive.has(handle)).toBe(true)
  programs.returned(handle)
  expect(programs.size).toBe(1)
})

test('a full memory is emptied of idle programs before a build fails', () => {
  const { programs, alive, play } = setUp(10, 2)
  const playing = play(1)
  programs.acquire(2)
  play(3)
  expect([...alive.keys()]).toContain(playing)
  expect(() => programs.acquire(4)).toThrow('full')
})

test('a handle that is not ours is ignored', () => {
  const { programs } = setUp()
  programs.returned(99)
  programs.sent(99)
  expect(programs.size).toBe(0)
})

test('keys differ for contents that differ in one byte or in length', () => {
  const keys = [[], [0], [1], [0, 0], [0, 1], [1, 0]].map((bytes) => contentKey(Uint8Array.from(bytes)))
  expect(new Set(keys).size).toBe(keys.length)
})
