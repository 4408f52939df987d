// What the search answers, over the real index (Node).
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { constants } from '../../generated/wire.ts'
import type { Preset } from '../../presets/model.ts'
import { testSlot } from '../../transport/testSlot.ts'
import { createSearchDesk } from './desk.ts'
import { device, entriesOf, patchWith, sound } from './testSounds.ts'

const SOUNDS: readonly Preset[] = [
  sound('Pad_Warm_Calm', { role: 'PAD', tags: ['warm', 'calm'], patch: patchWith({ attack: 0.9 }) }),
  sound('SuperSawLead', { role: 'LEAD', tags: ['bright'], effects: [device('delay', { time: 0.375 })] }),
  sound('Round Bass', { role: 'BASS', tags: ['warm'], description: 'Felt in the floor; never bright.' }),
  sound('Glass Meadow', { role: 'PAD', tags: ['airy'], effects: [device('plate', { decay: 5, mix: 0.5 })] }),
  sound('Meadow of Glass', { role: 'KEYS', tags: ['airy'], source: { kind: 'factory', files: [] } }),
  sound('Café Organ', { role: 'KEYS', source: { kind: 'import', files: ['kitchen.json'] } }),
]
const deskOf = (presets: readonly Preset[] = SOUNDS) => {
  const desk = createSearchDesk()
  desk.update(entriesOf(presets), [])
  const ask = (text: string, over: Partial<Parameters<typeof desk.search>[0]> = {}) => {
    const reply = desk.search({ text, roles: [], limit: 10, ...over })
    return { ...reply, names: Array.from(reply.keys, (key) => presets[key]!.name) }
  }
  return { desk, ask, names: (text: string) => ask(text).names }
}

describe('the search', () => {
  const { ask, names } = deskOf()
  it('finds by name, also written as one word, in parts, or half', () => {
    expect(names('super saw')[0]).toBe('SuperSawLead')
    expect(names('supersaw')[0]).toBe('SuperSawLead')
    expect(names('supers')[0]).toBe('SuperSawLead')
    expect(names('cafe')).toEqual(['Café Organ'])
  })
  it('finds by file name, tag, role and description', () => {
    expect(names('kitchen')).toEqual(['Café Organ'])
    expect(names('calm')).toEqual(['Pad_Warm_Calm'])
    expect(names('bass')[0]).toBe('Round Bass')
    expect(names('floor')).toEqual(['Round Bass'])
  })
  it('finds by what the values show, and says so', () => {
    const { names, matches } = ask('warm pad slow attack')
    expect(names[0]).toBe('Pad_Warm_Calm')
    expect(matches[0]!.map(({ field, text }) => `${field}: ${text}`)).toEqual([
      'name: warm',
      'name: pad',
      'characteristics: slow attack 900 ms',
    ])
    expect(ask('reverb').matches[0]).toEqual([{ token: 0, field: 'characteristics', text: 'reverb 5 s' }])
  })
  it('says what it heard, how many sounds that names, and what it corrected', () => {
    expect(ask('warn pda').heard).toMatchObject([
      { text: 'warm', typed: 'warn', from: 0, to: 4, not: false },
      { text: 'pad', typed: 'pda', sounds: 2 },
    ])
    expect(ask('trombone').heard).toMatchObject([{ text: 'trombone', sounds: 0 }])
  })
  it('leaves out what is not wanted, wherever the sound says it of itself', () => {
    expect(names('pad no reverb')).toEqual(['Pad_Warm_Calm'])
    expect(names('not warm')).not.toContain('Round Bass')
    // Its description only speaks of brightness.
    expect(names('not bright')).toContain('Round Bass')
    expect(names('without pad')).toHaveLength(4)
  })
  it('keeps quoted words together and in order', () => {
    expect(names('glass meadow')).toHaveLength(2)
    expect(names('"glass meadow"')).toEqual(['Glass Meadow'])
    expect(names('"slow attack"')).toEqual(['Pad_Warm_Calm'])
  })
  it('narrows by role and still says how many there are of each', () => {
    const { names, roles } = ask('airy', { roles: ['KEYS'] })
    expect(names).toEqual(['Meadow of Glass'])
    expect(roles).toEqual([
      ['PAD', 1],
      ['KEYS', 1],
    ])
  })
  it('puts the user’s own sounds first among equals, and explains as many as asked', () => {
    const { names, matches, scores } = ask('airy', { limit: 1 })
    expect(names).toEqual(['Glass Meadow', 'Meadow of Glass'])
    expect(matches).toHaveLength(1)
    expect([...scores]).toEqual([...scores].sort((a, b) => b - a))
  })
  it('forgives one of three things, not one of two', () => {
    expect(names('warm pad')).toEqual(['Pad_Warm_Calm'])
    expect(names('warm pad trombone')).toEqual(['Pad_Warm_Calm'])
    expect(names('calm warm bass').sort()).toEqual(['Pad_Warm_Calm', 'Round Bass'])
  })
  it('answers nothing asked with everything, and nonsense with nothing', () => {
    expect(names('')).toHaveLength(SOUNDS.length)
    expect(names('xqzvvkj')).toEqual([])
  })
})

describe('the index', () => {
  it('follows what is added, changed and removed', () => {
    const { desk, ask } = deskOf()
    desk.update([{ ...entriesOf(SOUNDS)[0]!, name: 'Trombone' }], [2])
    expect([...ask('trombone').keys]).toEqual([0])
    expect(ask('calm').keys).toHaveLength(1)
    expect(ask('bass').names).not.toContain('Round Bass')
    expect(ask('').keys).toHaveLength(SOUNDS.length - 1)
    desk.update([entriesOf(SOUNDS)[2]!], [])
    expect(ask('bass').names[0]).toBe('Round Bass')
    expect(desk.statistics()).toMatchObject({ sounds: SOUNDS.length, queries: 5 })
  })
  it('equals a fresh one after any changes', () => {
    const all = entriesOf(SOUNDS)
    const steps = fc.array(fc.tuple(fc.nat(SOUNDS.length - 1), fc.boolean()), { maxLength: 20 })
    const queries = ['warm pad', 'airy', 'not reverb', 'bright lead', 'slow attack']
    fc.assert(
      fc.property(steps, (changes) => {
        const desk = createSearchDesk()
        const held = new Set<number>()
        for (const [key, put] of changes) {
          desk.update(put ? [all[key]!] : [], put ? [] : [key])
          if (put) held.add(key)
          else held.delete(key)
        }
        const fresh = createSearchDesk()
        fresh.update(
          all.filter(({ key }) => held.has(key)),
          [],
        )
        for (const text of queries) {
          const keys = (from: typeof desk) => [...from.search({ text, roles: [], limit: 0 }).keys].sort()
          expect(keys(desk)).toEqual(keys(fresh))
        }
      }),
      { numRuns: 40 },
    )
  })
  it('is not slowed by sounds that are whole books', () => {
    const book = sound('Book', { description: 'endless words '.repeat(50_000), tags: new Array(5000).fill('tag') })
    const { ask, desk } = deskOf([book])
    expect(ask('endless').names).toEqual(['Book'])
    expect(desk.statistics().terms).toBeLessThan(100)
  })
})

describe('in tempo', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())
  it('asks for repeats on the beats of the song as it is now', () => {
    const { desk, ask } = deskOf()
    const slot = testSlot()
    desk.follow(slot.source)
    expect(ask('lead in tempo')).toMatchObject({
      names: ['SuperSawLead'],
      matches: [[{ field: 'name' }, { field: 'tempo', text: 'repeats every 1/8.' }]],
    })
    slot.write({ bpm: 97, tickLow: constants.ticksPerBeat })
    vi.advanceTimersByTime(100)
    expect(ask('in tempo').names).toEqual([])
    expect(desk.statistics()).toMatchObject({ bpm: 97, transport: { subscribers: 1, generation: 1 } })
    desk.follow(null)
  })
})
