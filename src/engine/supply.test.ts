// Assets before calls: each once a worker, calls in order, what is not here asked for again (Node).
import { expect, test } from 'vitest'
import { createAssetSupply, type AssetTaker } from './supply.ts'

function setUp(here: ReadonlySet<string>, gone: readonly string[] = []) {
  const told: string[] = []
  const worker: AssetTaker = {
    holdAssets: (assets) => {
      told.push(`hold ${assets.map(({ id }) => id).join(' ')}`)
      return Promise.resolve(gone)
    },
  }
  const supply = createAssetSupply((id) => Promise.resolve(here.has(id) ? new Uint8Array(4) : null))
  const call = (name: string, ids: readonly string[] = []) =>
    supply.before(worker, ids, () => {
      told.push(name)
      return Promise.resolve(name)
    })
  return { supply, told, call }
}

test('a call that needs nothing is made in the same task', () => {
  const { call, told } = setUp(new Set())
  void call('note')
  expect(told).toEqual(['note'])
})

test('assets go first, once; a note struck meanwhile follows the sound that waits for them', async () => {
  const { call, told } = setUp(new Set(['a', 'b']))
  const all = [call('install', ['a', 'b']), call('note')]
  expect(told).toEqual([])
  expect(await Promise.all(all)).toEqual(['install', 'note'])
  expect(told).toEqual(['hold a b', 'install', 'note'])
  void call('again', ['b'])
  expect(told.at(-1)).toBe('again')
})

test('what is not here is asked for again, what a worker let go is sent again', async () => {
  const here = new Set<string>(['a'])
  const { call, told, supply } = setUp(here, ['a'])
  await call('one', ['a', 'b'])
  expect(await supply.holds(['a', 'b'])).toBe(false)
  here.add('b')
  await call('two', ['a', 'b'])
  expect(told).toEqual(['hold a', 'one', 'hold a b', 'two'])
  expect(await supply.holds(['a', 'b'])).toBe(true)
})
