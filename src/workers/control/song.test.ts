// The worker's half of the song's sync: revisions, a busy ring, an engine that holds another song (Node; the loader records).
import { expect, test } from 'vitest'
import type { SongOperation } from '../../compile/songOperations.ts'
import type { SongLoader } from '../../engine/wire/song.ts'
import { createSongSync } from './song.ts'

function setUp(patienceMs?: number) {
  const done: string[] = []
  const state = { refuse: 0, collected: 0 }
  const loader: SongLoader = {
    skipped: new Map(),
    problems: () => [],
    align: () => true,
    alignment: () => null,
    settled: () => true,
    latenessOf: () => 0,
    carryOut(step) {
      if (state.refuse > 0) return state.refuse-- < 0
      return done.push('strip' in step ? `${step.do} ${step.strip}` : step.do) > 0
    },
  }
  return { done, state, sync: createSongSync(loader, () => state.collected++, patienceMs) }
}

const gain = (strip: number): SongOperation => ({ do: 'gain', strip, gainDb: -3 })

test('steps are taken in order, each revision leads to the next', async () => {
  const { sync, done } = setUp()
  expect(await sync.sync(0, [gain(1), gain(2)])).toEqual({ revision: 1, problems: [] })
  expect(await sync.sync(1, [gain(3)])).toEqual({ revision: 2, problems: [] })
  expect(done).toEqual(['gain 1', 'gain 2', 'gain 3'])
})

test('steps that start at another song are refused, and nothing is done', async () => {
  const { sync, done } = setUp()
  await sync.sync(0, [gain(1)])
  await expect(sync.sync(7, [gain(2)])).rejects.toMatchObject({ code: 'stale-generation' })
  expect(done).toEqual(['gain 1'])
})

test('a full ring is asked again until there is room, and what came back is taken meanwhile', async () => {
  const { sync, done, state } = setUp()
  state.refuse = 5
  await sync.sync(0, [gain(1), gain(2)])
  expect(done).toEqual(['gain 1', 'gain 2'])
  expect(state.collected).toBe(7)
})

test('a ring that stays full ends it with a reason; the whole song may then be given again, on a clean mixer', async () => {
  const { sync, done, state } = setUp(0)
  const send: SongOperation = { do: 'send', strip: 1, index: 2, gainDb: -6, pre: false }
  await sync.sync(0, [send])
  state.refuse = 1000
  await expect(sync.sync(1, [gain(2), gain(3)])).rejects.toMatchObject({ code: 'over-budget' })
  state.refuse = 0
  await expect(sync.sync(1, [gain(3)])).rejects.toMatchObject({ code: 'stale-generation' })
  done.length = 0
  await sync.sync(0, [gain(9)])
  expect(done.filter((step) => step.endsWith(' 1'))).toEqual([
    'clips 1',
    'automation 1',
    'solo 1',
    'send 1',
    'empty 1',
    'gain 1',
    'pan 1',
    'mute 1',
  ])
  expect(done).not.toContain('send 2')
  expect(done.at(-1)).toBe('gain 9')
})
