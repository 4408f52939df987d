// A large library for benches and tests (Node): the factory sounds under other names, tags and values.
import type { Preset } from '../../presets/model.ts'
import { ROLES } from '../../presets/model.ts'
import { entriesOf } from './testSounds.ts'
import type { SearchEntry } from './protocol.ts'

const WORDS = (
  'warm dark bright soft hard glass wide slow fast evolving deep punchy analog digital metallic airy vintage lush clean ' +
  'crisp round short long moving night rain river stone copper silver gold amber forest ocean winter summer lunar solar ' +
  'neon pixel granite velvet silk paper tin clay felt steel nylon harbour meadow temple lantern signal orchard'
).split(' ')

/** The same ones for the same count. */
export function manySounds(factory: readonly Preset[], count: number): SearchEntry[] {
  let state = 1
  const random = (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  const word = (): string => WORDS[random(WORDS.length)]!
  return entriesOf(
    Array.from({ length: count }, (_, at): Preset => {
      const like = factory[at % factory.length]!
      const role = ROLES[random(ROLES.length)]!
      return {
        ...like,
        id: `sound-${String(at)}`,
        name: `${role}_${word()}_${word()}_${String(at)}`,
        role,
        tags: [word(), word(), word(), word()],
        values: { 'env.attack': random(1000) / 500, 'filter.cutoff': 100 + random(9000) },
        source: { kind: 'import', files: [`bank${String(at % 50)}.json`] },
      }
    }),
  )
}
