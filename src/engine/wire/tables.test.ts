// The store of song tables (Node; the builder records).
import { expect, test } from 'vitest'
import { createTables } from './tables.ts'

function setUp() {
  const freed: number[] = []
  let next = 0
  const tables = createTables({ load: () => ++next, free: (handle) => void freed.push(handle) })
  return { tables, freed }
}

test('a table is held until it comes back, and freed once', () => {
  const { tables, freed } = setUp()
  const handle = tables.load(Uint8Array.of(1))
  expect(tables.bytesOf(handle)).toEqual(Uint8Array.of(1))
  tables.free(handle)
  tables.free(handle)
  tables.free(99)
  expect(freed).toEqual([handle])
  expect(tables.size).toBe(0)
  expect(tables.bytesOf(handle)).toBeUndefined()
})

test('while a capture runs the bytes of tables that went are remembered for its log', () => {
  const { tables } = setUp()
  tables.remember(true)
  const handle = tables.load(Uint8Array.of(7))
  tables.free(handle)
  expect(tables.bytesOf(handle)).toEqual(Uint8Array.of(7))
  tables.remember(false)
  expect(tables.bytesOf(handle)).toBeUndefined()
})
