// What a knob does for each input, against the design's interaction table (Node).
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dragged, keyed } from './knobMotion.ts'

const press = (key: string, more: Partial<{ shiftKey: boolean; altKey: boolean; ctrlKey: boolean }> = {}) => ({
  key,
  shiftKey: false,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  ...more,
})

describe('a knob', () => {
  it('covers its full range with 200 pixels, or 2000 with shift', () => {
    expect(dragged(0, 200, false)).toBe(1)
    expect(dragged(1, -200, false)).toBe(0)
    expect(dragged(0.5, 20, true)).toBeCloseTo(0.51)
  })

  it('never leaves 0..1, however far the pointer goes', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: -5000, max: 5000 }),
        fc.boolean(),
        (at, by, fine) => {
          const position = dragged(at, by, fine)
          return position >= 0 && position <= 1
        },
      ),
      { seed: 7 },
    )
  })

  it('moves one step by arrow, a fine one with shift, ten by page, to its limits by Home and End', () => {
    expect(keyed(press('ArrowUp'))).toEqual({ kind: 'step', count: 1, fine: false })
    expect(keyed(press('ArrowLeft', { shiftKey: true }))).toEqual({ kind: 'step', count: -1, fine: true })
    expect(keyed(press('PageDown'))).toEqual({ kind: 'step', count: -10, fine: false })
    expect(keyed(press('Home'))).toEqual({ kind: 'move', position: 0 })
    expect(keyed(press('End'))).toEqual({ kind: 'move', position: 1 })
  })

  it('resets to the own value with Delete, to the default with Alt', () => {
    expect(keyed(press('Delete'))).toEqual({ kind: 'reset', to: 'own' })
    expect(keyed(press('Delete', { altKey: true }))).toEqual({ kind: 'reset', to: 'default' })
  })

  it('opens a field for digits and signs and leaves letters and shortcuts to others', () => {
    expect(keyed(press('7'))).toEqual({ kind: 'type', text: '7' })
    expect(keyed(press('-'))).toEqual({ kind: 'type', text: '-' })
    expect(keyed(press('a'))).toBeNull()
    expect(keyed(press('1', { ctrlKey: true }))).toBeNull()
  })
})
