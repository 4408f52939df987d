// What the sound browser lists for roles, favourites and origin (Node).
import { describe, expect, it } from 'vitest'
import type { Preset, Role } from '../../../presets/model.ts'
import { filterSounds, ownFirst, rolesOf } from './filter.ts'

const sound = (id: string, name: string, role: Role, tags: string[]): Preset => ({
  version: 1,
  id,
  name,
  role,
  tags,
  description: '',
  patch: 'basic',
  values: {},
  effects: [],
  source: { kind: 'import', files: ['group.json'] },
})

const SOUNDS = [
  sound('a', 'Pad_Warm_Calm', 'PAD', ['warm', 'calm']),
  sound('b', 'Bass_Punchy', 'BASS', ['hard']),
  sound('c', 'Warm Bass', 'BASS', ['round']),
]
const FACTORY: Preset = { ...sound('f', 'Harbour', 'PAD', ['wide']), source: { kind: 'factory', files: [] } }
const ids = (filter: Partial<Parameters<typeof filterSounds>[2]>) =>
  filterSounds(ownFirst([FACTORY, ...SOUNDS]), new Set(['b']), {
    roles: new Set(),
    favouritesOnly: false,
    origin: 'all',
    ...filter,
  }).map(({ id }) => id)

describe('the sound browser', () => {
  it('lists everything when nothing is asked, own sounds before factory sounds', () =>
    expect(ids({})).toEqual(['a', 'b', 'c', 'f']))
  it('keeps to own or factory sounds', () => {
    expect(ids({ origin: 'own' })).toEqual(['a', 'b', 'c'])
    expect(ids({ origin: 'factory' })).toEqual(['f'])
  })
  it('narrows by role and by favourites', () => {
    expect(ids({ roles: new Set(['BASS']) })).toEqual(['b', 'c'])
    expect(ids({ favouritesOnly: true })).toEqual(['b'])
  })
  it('keeps the order of what it is given', () => {
    const filter = { roles: new Set<Role>(), favouritesOnly: false, origin: 'all' } as const
    const ranked = [SOUNDS[2]!, FACTORY, SOUNDS[0]!]
    expect(filterSounds(ranked, new Set(), filter)).toEqual(ranked)
  })
  it('offers only roles that occur', () => expect(rolesOf(SOUNDS)).toEqual(['PAD', 'BASS']))
})
