// What the sound browser lists for words, roles and favourites (Node).
import { describe, expect, it } from 'vitest'
import type { Preset, Role } from '../../../presets/model.ts'
import { filterSounds, rolesOf } from './filter.ts'

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
  filterSounds([FACTORY, ...SOUNDS], new Set(['b']), {
    text: '',
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
  it('needs every word, in any place, whatever its case', () => {
    expect(ids({ text: 'WARM' })).toEqual(['a', 'c'])
    expect(ids({ text: 'warm bass' })).toEqual(['c'])
    expect(ids({ text: 'group.json hard' })).toEqual(['b'])
  })
  it('narrows by role and by favourites', () => {
    expect(ids({ roles: new Set(['BASS']) })).toEqual(['b', 'c'])
    expect(ids({ favouritesOnly: true })).toEqual(['b'])
  })
  it('offers only roles that occur', () => expect(rolesOf(SOUNDS)).toEqual(['PAD', 'BASS']))
})
