// The end of a track's chain: adds an effect from those that the engine has, by what they are for (main thread).
import { EFFECTS } from '../../../generated/effects.ts'
import { MenuButton, type MenuPart } from '../../controls/MenuButton.tsx'
import type { RackEdit } from './rack.ts'

/** Tone first, then level, time and place; a category that is not listed comes last. */
const ORDER = ['filter', 'dynamics', 'drive', 'modulation', 'pitch', 'delay', 'reverb', 'stereo', 'utility']
const rank = (category: string): number => (ORDER.includes(category) ? ORDER.indexOf(category) : ORDER.length)

/** What a rack is made of is not added by hand. */
const OFFERED = EFFECTS.filter(({ category }) => category !== 'structure').toSorted((a, b) =>
  a.label.localeCompare(b.label),
)
const CATEGORIES = [...new Set(OFFERED.map(({ category }) => category))].sort((a, b) => rank(a) - rank(b))

const title = (category: string): string => category.charAt(0).toUpperCase() + category.slice(1)

export function AddEffect({ edit }: { readonly edit: RackEdit }) {
  const { addRack } = edit
  const parts: MenuPart[] = CATEGORIES.map((category) => ({
    title: title(category),
    deeds: OFFERED.filter((spec) => spec.category === category).map(({ id, label }) => ({
      id,
      label,
      run: () => edit.add(id),
    })),
  }))
  if (addRack) parts.push({ title: 'Racks', deeds: [{ id: 'rack', label: 'Rack', run: addRack }] })
  return <MenuButton icon="plus" name="Add effect" className="addfx" placement="top start" parts={parts} />
}
