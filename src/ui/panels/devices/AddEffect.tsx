// The end of a track's chain: adds an effect from the list of those that the engine has (main thread).
import { EFFECTS } from '../../../generated/effects.ts'
import { MenuButton } from '../../controls/MenuButton.tsx'
import type { RackEdit } from './rack.ts'

export function AddEffect({ edit }: { readonly edit: RackEdit }) {
  const deeds = EFFECTS.map(({ id, label }) => ({ id, label, run: () => edit.add(id) }))
  return <MenuButton icon="plus" name="Add effect" className="addfx" placement="top start" parts={[{ deeds }]} />
}
