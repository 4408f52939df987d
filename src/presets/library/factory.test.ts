// The factory's file: patches that sounds share (Node).
import { expect, test } from 'vitest'
import { patchWith, sound } from '../../workers/search/testSounds.ts'
import { factoryOf, type FactoryEntry, type FactoryFile } from './factory.ts'

const shared = {
  ...patchWith(),
  mods: [
    { id: 'm1', from: 'velocity', to: 'filter.cutoff', amount: 1 },
    { from: 'key', to: 'filter.cutoff', amount: 0.5 },
  ],
}
const file = (...presets: FactoryEntry[]): FactoryFile => ({
  format: 'soundloom.factory',
  version: 1,
  patches: { shared },
  presets,
})

test('a sound gets the patch that it names, with its own modulations, voices and recordings', () => {
  const change = {
    mods: [{ id: 'm1', from: 'wheel', to: 'osc.level', amount: -0.5 }],
    voices: { mode: 'legato' as const },
    assets: { osc: 'builtin:choir' },
  }
  const [plain, changed] = factoryOf(
    file(sound('plain', { patch: 'shared' }), { ...sound('changed', { patch: 'shared' }), change }),
  )
  expect(plain!.patch).toBe(shared)
  expect(changed).not.toHaveProperty('change')
  expect(changed!.patch).toEqual({
    ...shared,
    units: { ...shared.units, osc: { type: 'saw', asset: 'builtin:choir' } },
    mods: [change.mods[0], shared.mods[1]],
    voices: { ...shared.voices, mode: 'legato' },
  })
  expect(shared.voices.mode).toBe('poly')
})

test('a sound with a patch of its own stays as it is; one that names no patch of the file is refused by name', () => {
  const own = sound('own')
  expect(factoryOf(file(own))[0]!.patch).toBe(own.patch)
  expect(() => factoryOf(file(sound('lost', { patch: 'nothing' })))).toThrow(/lost names the patch "nothing"/)
})
