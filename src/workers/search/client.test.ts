// The page's side of the search: what it sends when the library changes, and what it makes of answers (Node, over a channel).
import { afterEach, expect, test } from 'vitest'
import type { Preset } from '../../presets/model.ts'
import { connect, serve } from '../rpc.ts'
import { createSearchClient } from './client.ts'
import { createSearchDesk } from './desk.ts'
import type { SearchApi } from './protocol.ts'
import { sound } from './testSounds.ts'

const open: MessagePort[] = []
afterEach(() => open.splice(0).forEach((port) => port.close()))

function rig(failed = new Promise<never>(() => undefined)) {
  const { port1, port2 } = new MessageChannel()
  open.push(port1, port2)
  const desk = createSearchDesk()
  const slices: [put: number, removed: number][] = []
  serve(
    {
      ...desk,
      update(...[put, remove]: Parameters<SearchApi['update']>) {
        slices.push([put.length, remove.length])
        return desk.update(put, remove)
      },
    },
    port1,
  )
  const client = createSearchClient(connect<SearchApi>(port2), failed)
  const names = async (text: string, roles?: Preset['role'][]): Promise<string[]> =>
    (await client.search({ text, ...(roles ? { roles } : {}), complete: true })).presets.map(({ name }) => name)
  return { client, slices, names }
}
const many = (count: number): Preset[] => Array.from({ length: count }, (_, at) => sound(`Sound ${String(at)}`))

test('a library goes over in small slices, and the state says what waits', async () => {
  const { client, slices, names } = rig()
  await client.ready
  client.keep(many(130))
  expect(client.store.getState().waiting).toBe(130)
  expect(await names('sound')).toHaveLength(130)
  expect(client.store.getState()).toMatchObject({ waiting: 0 })
  expect(slices.slice(1)).toEqual([
    [40, 0],
    [40, 0],
    [40, 0],
    [10, 0],
  ])
})

test('only what changed is sent again', async () => {
  const { client, slices, names } = rig()
  const presets = many(3)
  client.keep(presets)
  await names('sound')
  slices.length = 0
  client.keep([presets[0]!, { ...presets[1]!, name: 'Other' }])
  expect(await names('other')).toEqual(['Other'])
  expect(slices).toEqual([[1, 1]])
  expect(await names('')).toEqual(['Sound 0', 'Other'])
  client.keep([presets[0]!, presets[2]!])
  expect((await names('')).sort()).toEqual(['Sound 0', 'Sound 2'])
})

test('changes that come while others are on their way all arrive', async () => {
  const { client, names } = rig()
  const presets = many(100)
  client.keep(presets)
  client.keep(presets.slice(0, 50))
  client.keep([...presets.slice(0, 50), sound('Late')])
  expect(await names('')).toHaveLength(51)
  expect(await names('late')).toEqual(['Late'])
})

test('an answer brings the page’s own sounds, with reasons for the first', async () => {
  const { client } = rig()
  const pad = sound('Warm', { role: 'PAD' })
  client.keep([pad, sound('Warm Bass', { role: 'BASS' })])
  const { hits, presets, roles } = await client.search({ text: 'warm', limit: 1, complete: true, roles: ['PAD'] })
  expect(presets[0]).toBe(pad)
  expect(hits).toMatchObject([{ preset: pad, matches: [{ token: 0, field: 'name', text: 'warm' }] }])
  expect([...roles]).toEqual([
    ['PAD', 1],
    ['BASS', 1],
  ])
})

test('a query that nobody waits for any more is refused', async () => {
  const { client } = rig()
  const stale = new AbortController()
  const asked = client.search({ text: 'warm' }, stale.signal)
  stale.abort()
  await expect(asked).rejects.toMatchObject({ code: 'cancelled' })
  expect((await client.statistics()).queries).toBeLessThanOrEqual(1)
})

test('when the other end is gone, questions fail instead of waiting for ever', async () => {
  const { client } = rig(Promise.reject(new Error('gone')))
  await expect(client.ready).rejects.toThrow('gone')
  await expect(client.search({ text: 'warm' })).rejects.toThrow('gone')
})
