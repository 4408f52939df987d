// What a knob does for each input, against the design's interaction table (Node).
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dragged, keyed, wheeled } from './knobMotion.ts'

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

  it('never leaves 0..1, whatever the input', () => {
    const anyKey = fc.constantFrom('ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End')
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: -5000, max: 5000 }), anyKey, (at, by, key) => {
        const action = keyed(press(key), at, 0.01, false)
        const results = [dragged(at, by, false), wheeled(at, by, 0.01, false), action?.kind === 'move' ? action.position : NaN]
        return results.every((position) => position >= 0 && position <= 1)
      }),
      { seed: 7 },
    )
  })

  it('moves one step by arrow, a tenth with shift, ten by page, to its limits by Home and End', () => {
    expect(keyed(press('ArrowUp'), 0.5, 0.01, false)).toEqual({ kind: 'move', position: 0.51 })
    expect(keyed(press('ArrowLeft', { shiftKey: true }), 0.5, 0.01, false)).toEqual({ kind: 'move', position: 0.499 })
    expect(keyed(press('PageDown'), 0.5, 0.01, false)).toEqual({ kind: 'move', position: 0.4 })
    expect(keyed(press('Home'), 0.5, 0.01, false)).toEqual({ kind: 'move', position: 0 })
    expect(keyed(press('End'), 0.5, 0.01, false)).toEqual({ kind: 'move', position: 1 })
  })

  it('keeps whole steps whole with shift', () => {
    expect(keyed(press('ArrowUp', { shiftKey: true }), 0, 0.25, true)).toEqual({ kind: 'move', position: 0.25 })
  })

  it('resets to the own value with Delete, to the default with Alt', () => {
    expect(keyed(press('Delete'), 0.5, 0.01, false)).toEqual({ kind: 'reset', to: 'own' })
    expect(keyed(press('Delete', { altKey: true }), 0.5, 0.01, false)).toEqual({ kind: 'reset', to: 'default' })
  })

  it('opens a field for digits and signs and leaves letters and shortcuts to others', () => {
    expect(keyed(press('7'), 0.5, 0.01, false)).toEqual({ kind: 'type', text: '7' })
    expect(keyed(press('-'), 0.5, 0.01, false)).toEqual({ kind: 'type', text: '-' })
    expect(keyed(press('a'), 0.5, 0.01, false)).toBeNull()
    expect(keyed(press('1', { ctrlKey: true }), 0.5, 0.01, false)).toBeNull()
  })
})
