// Arrow keys in the tile grid (Node).
import { describe, expect, it } from 'vitest'
import { gridMove } from './gridMotion.ts'

const move = (key: string, index: number) => gridMove(key, index, 7, 2, 2)

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
    expect(gridMove('ArrowDown', 0, 0, 2, 3)).toBeNull()
  })
})
