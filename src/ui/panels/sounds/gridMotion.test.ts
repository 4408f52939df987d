// Arrow keys in the tile grid (Node).
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gridMove } from './gridMotion.ts'
import { columnOf, endOf, firstOf, rowCount, rowOf } from './gridRows.ts'

const move = (key: string, index: number) => gridMove(key, index, 7, 0, 2)

describe('the tile grid', () => {
  it('moves by one across and by a row down', () => {
    expect(move('ArrowRight', 0)).toBe(1)
    expect(move('ArrowDown', 1)).toBe(3)
    expect(move('ArrowUp', 3)).toBe(1)
  })
  it('stays at its edges', () => {
    expect(move('ArrowLeft', 0)).toBe(0)
    expect(move('ArrowDown', 6)).toBe(6)
    expect(move('ArrowUp', 1)).toBe(1)
  })
  it('goes to first, last and by pages', () => {
    expect(move('Home', 5)).toBe(0)
    expect(move('End', 0)).toBe(6)
    expect(move('PageDown', 0)).toBe(4)
    expect(move('PageDown', 5)).toBe(6)
    expect(move('PageUp', 3)).toBe(1)
  })
  it('leaves other keys alone and an empty grid still', () => {
    expect(move('a', 0)).toBeNull()
    expect(gridMove('ArrowDown', 0, 0, 0, 3)).toBeNull()
  })
  it('goes through the best matches one a row, then in columns', () => {
    const from = (index: number) => ['ArrowDown', 'ArrowUp', 'ArrowRight'].map((key) => gridMove(key, index, 8, 3, 2))
    expect(from(0)).toEqual([1, 0, 1])
    expect(from(2)).toEqual([3, 1, 3])
    expect(from(3)).toEqual([5, 2, 4])
    expect(from(4)).toEqual([6, 2, 5])
    expect(from(6)).toEqual([6, 4, 7])
  })
  it('every sound lies in one row, and every key stays inside', () => {
    const keys = fc.constantFrom('ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown', 'Home', 'End')
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(3), keys, fc.nat(39), (count, most, key, at) => {
        const wide = Math.min(most, count)
        const index = at % count
        const row = rowOf(index, wide)
        expect(row).toBeLessThan(rowCount(count, wide))
        expect(firstOf(row, wide) + columnOf(index, wide)).toBe(index)
        expect(endOf(row, wide, count)).toBeGreaterThan(index)
        const next = gridMove(key, index, count, wide, 3)!
        expect(next).toBeGreaterThanOrEqual(0)
        expect(next).toBeLessThan(count)
      }),
    )
  })
})
