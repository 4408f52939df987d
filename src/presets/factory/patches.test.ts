// The factory patches: what every one of them owes a player (Node).
import { describe, expect, test } from 'vitest'
import { validatePatch } from '../validate.ts'
import { entryOf } from './patchSound.ts'
import { PATCHES } from './patches/registry.ts'

test('there are at least twelve, and Weft has sixteen modulations', () => {
  expect(PATCHES.length).toBeGreaterThanOrEqual(12)
  expect(new Set(PATCHES.map(({ id }) => id)).size).toBe(PATCHES.length)
  const weft = PATCHES.find(({ id }) => id === 'weft')!
  expect(weft.patch.mods.map(({ id }) => id)).toEqual(Array.from({ length: 16 }, (_, row) => `m${String(row + 1)}`))
})

describe.each(PATCHES.map((patch) => [patch.id, patch] as const))('%s', (_, { patch, sounds, ...rest }) => {
  test('is right by the strict check; every modulation has an id and no knob is shown twice', () => {
    expect(validatePatch(patch)).toEqual([])
    const ids = patch.mods.map(({ id }) => id)
    expect(ids).not.toContain(undefined)
    expect(new Set(ids).size).toBe(ids.length)
    const shown = patch.groups.flatMap(({ params }) => params)
    expect(new Set(shown).size).toBe(shown.length)
  })

  test('answers to the wheel and to pressure', () => {
    for (const from of ['wheel', 'pressure'])
      expect(
        patch.mods.some((mod) => mod.from === from && mod.amount !== 0),
        from,
      ).toBe(true)
  })

  test('has at least three sounds, which only change what it has', () => {
    expect(sounds.length).toBeGreaterThanOrEqual(3)
    for (const sound of sounds) {
      const entry = entryOf({ ...rest, patch, sounds }, sound, 0)
      for (const name of Object.keys(entry.change?.assets ?? {}))
        expect(patch.units[name], sound.id).toHaveProperty('asset')
    }
  })
})
