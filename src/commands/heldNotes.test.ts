// Behaviour of the held notes: sources, hold, releases (Node).
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createHeldNotes } from './heldNotes.ts'

const RUNS = { seed: 3, numRuns: process.env.VERIFY ? 20_000 : 500 }

function setup() {
  const sounding = new Map<number, number>()
  let ids = 0
  const held = createHeldNotes({
    noteOn(note) {
      sounding.set(++ids, note)
      return ids
    },
    noteOff(id) {
      if (!sounding.delete(id)) throw new Error(`note ${String(id)} was ended twice`)
    },
    express(id) {
      if (!sounding.has(id)) throw new Error(`note ${String(id)} is over`)
    },
  })
  return { held, sounding, lit: () => [...held.store.getState().held].sort() }
}

describe('held notes', () => {
  it('start once for repeated presses of one source, and end when it lets go', () => {
    const { held, sounding } = setup()
    expect(held.on(60, 1, 'typing:KeyZ')).toBe(true)
    expect(held.on(60, 1, 'typing:KeyZ')).toBe(false)
    held.off(60, 'typing:KeyZ')
    expect(sounding.size).toBe(0)
  })
  it('sound until the last of two sources lets go', () => {
    const { held, sounding, lit } = setup()
    held.on(60, 1, 'a')
    held.on(60, 1, 'b')
    held.off(60, 'a')
    expect([sounding.size, lit()]).toEqual([1, [60]])
    held.off(60, 'b')
    expect([sounding.size, lit()]).toEqual([0, []])
  })
  it('stay with Hold until the next chord', () => {
    const { held, lit } = setup()
    held.setHold(true)
    held.on(60, 1, 'a')
    held.on(64, 1, 'b')
    held.off(60, 'a')
    held.off(64, 'b')
    expect(lit()).toEqual([60, 64])
    held.on(62, 1, 'a')
    expect(lit()).toEqual([62])
    held.off(62, 'a')
    held.setHold(false)
    expect(lit()).toEqual([])
  })
  it('end for one device when it is unplugged, and stay for others', () => {
    const { held, lit } = setup()
    held.on(60, 1, 'midi:x:0')
    held.on(62, 1, 'midi:y:0')
    held.on(60, 1, 'typing:KeyZ')
    held.releaseSource('midi:x:')
    expect(lit()).toEqual([60, 62])
    held.releaseSource('midi:y:')
    expect(lit()).toEqual([60])
  })
  it('are never stuck: after any play, letting go of every source and Hold leaves silence, and each note ends once', () => {
    const event = fc.record({
      what: fc.constantFrom('on', 'off', 'hold', 'unhold', 'release'),
      note: fc.integer({ min: 60, max: 63 }),
      source: fc.constantFrom('typing:a', 'typing:b', 'midi:x', 'tile'),
    })
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        const { held, sounding, lit } = setup()
        for (const { what, note, source } of events) {
          if (what === 'on') held.on(note, 0.5, source)
          else if (what === 'off') held.off(note, source)
          else if (what === 'release') held.releaseSource(source)
          else held.setHold(what === 'hold')
          expect(lit()).toEqual([...sounding.values()].sort())
        }
        for (const source of ['typing', 'midi', 'tile']) held.releaseSource(source)
        held.setHold(false)
        expect(sounding.size).toBe(0)
      }),
      RUNS,
    )
  })
})
