// Where pads can stand, and which sounds they can take (Node).
import { describe, expect, it } from 'vitest'
import { constants } from '../../../../generated/wire.ts'
import { factoryKits } from '../../../../presets/factory/kits/kits.ts'
import type { Patch, PatchPad, Preset } from '../../../../presets/model.ts'
import { freeKey, inKeyOrder, keyLabel, keysFor, padColumns, padStep, soundOffers } from './padFace.ts'

const KIT = factoryKits()[0]!
const PADS = inKeyOrder((KIT.patch as Patch).pads!)
const padOn = (low: number, high = low): PatchPad => ({ ...PADS[0]!, id: `p${String(low)}`, low, high })

describe('the face of a kit', () => {
  it('names keys as General MIDI does', () => {
    expect([36, 42, 100].map(keyLabel)).toEqual(['C2, Kick', 'F♯2, Closed hat', 'E7'])
  })

  it('offers a pad the keys that are free, with room for all of its own', () => {
    const pads = [padOn(40), padOn(50, 52), padOn(127)]
    const keys = keysFor(pads, pads[1]!)
    expect(keys).toContain(50)
    expect(keys).toContain(51)
    for (const taken of [38, 39, 40, 125, 126, 127]) expect(keys, String(taken)).not.toContain(taken)
    expect(keys).toContain(37)
    expect(keysFor(pads, pads[0]!)).not.toContain(51)
  })

  it('puts a new pad on the drum map first, then beside it, until every key has one', () => {
    expect(freeKey([padOn(35), padOn(36)])).toBe(37)
    expect(freeKey(PADS)).toBe(82)
    const full = Array.from({ length: constants.maxPads }, (_, key) => padOn(key))
    expect(freeKey(full.slice(1))).toBe(0)
    expect(freeKey(full)).toBeNull()
  })

  it('lists sounds by role, drums first, and never a kit', () => {
    const preset = (id: string, role: Preset['role'], tags: string[] = []): Preset => ({
      ...KIT,
      id,
      name: id,
      role,
      tags,
      patch: 'one',
    })
    const presets = [preset('Low_hum', 'BASS'), preset('Tom', 'DRUM', ['deep']), KIT]
    expect(soundOffers(presets, '').map(({ title, offers }) => [title, offers.map(({ label }) => label)])).toEqual([
      ['DRUM', ['Tom']],
      ['BASS', ['Low hum']],
    ])
    expect(soundOffers(presets, 'dee to').flatMap(({ offers }) => offers)).toEqual([{ id: 'Tom', label: 'Tom' }])
    expect(soundOffers(presets, 'xyz')).toEqual([])
  })

  it('walks its rows with the arrows', () => {
    const columns = padColumns(48)
    expect(padStep('ArrowDown', 0, 47, columns)).toBe(columns)
    expect(padStep('ArrowUp', 0, 47, columns)).toBe(0)
    expect(padStep('a', 0, 47, columns)).toBeNull()
  })
})
