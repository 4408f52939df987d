// Which effects can be added, by category, and which of them a typed word means (any thread).
import { EFFECTS } from '../../../generated/effects.ts'
import { beginsWords } from '../../controls/words.ts'

/** Tone first, then level, time and place; a category that is not listed comes last. */
const ORDER = ['filter', 'dynamics', 'drive', 'modulation', 'pitch', 'delay', 'reverb', 'stereo', 'utility']
const rank = (category: string): number => (ORDER.includes(category) ? ORDER.indexOf(category) : ORDER.length)

interface Offer {
  readonly id: string
  readonly label: string
  readonly category: string
}

/** What a rack is made of is not added by hand. */
const OFFERED: readonly Offer[] = EFFECTS.filter(({ category }) => category !== 'structure').toSorted((a, b) =>
  a.label.localeCompare(b.label),
)

const CATEGORIES = [...new Set(OFFERED.map(({ category }) => category))]
  .sort((a, b) => rank(a) - rank(b))
  .map((id) => ({ id, title: id.charAt(0).toUpperCase() + id.slice(1) }))

export const RACK: Offer = { id: 'rack', label: 'Rack', category: 'racks' }

/** What else people call them. */
const ALIASES: Readonly<Record<string, string>> = {
  bitcrush: 'lofi decimator',
  chorus: 'doubler',
  convolution: 'room hall impulse',
  delay: 'echo',
  deesser: 'sibilance',
  eq: 'equalizer parametric',
  eq8: 'equalizer parametric',
  gate: 'noise',
  limiter: 'brickwall maximizer',
  midside: 'ms',
  multitap: 'echo',
  panner: 'autopan',
  pingpong: 'echo',
  pitchshift: 'harmonizer transpose',
  plate: 'room',
  rack: 'parallel branches',
  reverb: 'room hall space',
  rotary: 'leslie',
  saturation: 'warmth',
  tape: 'echo',
  tube: 'valve warmth',
  waveshaper: 'draw curve distortion',
  width: 'widener',
}

const known = new Map([...OFFERED, RACK].map((offer) => [offer.id, offer]))

/** Every typed word begins a word of the effect's name, category, id, or of what else it is called. */
export function fits(id: string, typed: string): boolean {
  const offer = known.get(id)
  if (!offer) return false
  return beginsWords(typed, `${offer.label} ${offer.category} ${id} ${ALIASES[id] ?? ''}`)
}

export interface OfferGroup {
  readonly title: string
  readonly offers: readonly Offer[]
}

/** What fits, by category; empty categories are left out. */
export function found(typed: string, withRack: boolean): OfferGroup[] {
  const groups = CATEGORIES.map(({ id, title }) => ({
    title,
    offers: OFFERED.filter((offer) => offer.category === id && fits(offer.id, typed)),
  }))
  const racks = withRack && fits(RACK.id, typed) ? [{ title: 'Racks', offers: [RACK] }] : []
  return [...groups, ...racks].filter(({ offers }) => offers.length > 0)
}
