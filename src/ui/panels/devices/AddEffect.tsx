// The end of a track's chain: adds an effect from the list of those that the engine has (main thread).
import { EFFECTS } from '../../../generated/effects.ts'
import { MenuButton } from '../../controls/MenuButton.tsx'
import type { RackEdit } from './rack.ts'

export function AddEffect({ edit }: { readonly edit: RackEdit }) {
  const effects = EFFECTS.filter(({ category }) => category !== 'structure')
  const deeds = effects.map(({ id, label }) => ({ id, label, run: () => edit.add(id) }))
  const { addRack } = edit
  const parts = [
    { deeds },
    ...(addRack ? [{ name: 'Racks', deeds: [{ id: 'rack', label: 'Rack', run: addRack }] }] : []),
  ]
  return <MenuButton icon="plus" name="Add effect" className="addfx" placement="top start" parts={parts} />
}
