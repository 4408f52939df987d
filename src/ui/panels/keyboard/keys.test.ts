// The on-screen keyboard's notes and their places (Node).
import { describe, expect, it } from 'vitest'
import { noteName, pianoKeys, spokenNote } from './keys.ts'

describe('the on-screen keyboard', () => {
  it('has two octaves and the C above, from C of its octave', () => {
    const keys = pianoKeys(4, 2)
    expect(keys.length).toBe(25)
    expect([keys[0]?.note, keys.at(-1)?.note]).toEqual([60, 84])
    expect(keys.filter(({ black }) => !black).length).toBe(15)
  })
  it('ends at the highest MIDI note', () => expect(pianoKeys(9, 2).at(-1)?.note).toBe(127))
  it('puts black keys over the gap of their neighbours', () => {
    const [c, cSharp, d] = pianoKeys(3, 2)
    expect(cSharp!.left + cSharp!.width / 2).toBeCloseTo(d!.left)
    expect(d!.left).toBeCloseTo(c!.width)
  })
  it('names notes with C4 = 60', () => {
    expect(noteName(60)).toBe('C4')
    expect(spokenNote(61)).toBe('C sharp 4')
  })
})
