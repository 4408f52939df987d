// A rack: its power and mix, then its branches side by side, each with its effects, volume, pan, mute and solo (main thread).
import { memo, useMemo } from 'react'
import { useStore } from 'zustand'
import { usePorts } from '../../context.ts'
import { IconButton } from '../../controls/Button.tsx'
import { NameField } from '../../controls/NameField.tsx'
import { AddEffect } from './AddEffect.tsx'
import { EffectCard } from './EffectCard.tsx'
import { effectFaces, type EffectFace } from './layout.ts'
import { ParamGroup } from './ParamGroup.tsx'
import { branchesOf, branchRack, RackContext, useRack, type RackEdit } from './rack.ts'
import { ENGINE_SPECS } from './values.ts'

interface RackCardProps {
  readonly face: EffectFace
  readonly tint: string
  readonly edit: RackEdit
}

export const RackCard = memo(function RackCard({ face, tint, edit }: RackCardProps) {
  const { project, run } = usePorts()
  const { stripId } = edit
  const branches = useStore(project, (state) => branchesOf(state, stripId, face.deviceId))
  return (
    <div className="rack" role="group" aria-label={`Rack, effect ${face.index + 1}`}>
      <EffectCard face={face} tint={tint} />
      {branches.map(({ id, name }) => (
        <BranchColumn
          key={id}
          {...{ stripId, tint, name }}
          branchId={id}
          remove={branches.length > 1 ? () => void run('rack.removeBranch', { trackId: stripId, branchId: id }) : null}
        />
      ))}
      <IconButton
        icon="plus"
        name="Add branch"
        tip="Add a branch to this rack"
        className="addfx"
        disabled={branches.length >= 8}
        onClick={() => void run('rack.addBranch', { trackId: stripId, rackId: face.deviceId })}
      />
    </div>
  )
})

interface BranchProps {
  readonly stripId: string
  readonly branchId: string
  readonly name: string
  readonly tint: string
  readonly remove: (() => void) | null
}

function BranchColumn({ stripId, branchId, name, tint, remove }: BranchProps) {
  const { project, run } = usePorts()
  const rack = useMemo(() => branchRack(project, run, stripId, branchId), [project, run, stripId, branchId])
  return (
    <RackContext value={rack}>
      <section className="branch" aria-label={name}>
        <header>
          <NameField
            name={name}
            of={`Branch ${name}`}
            onRename={(next) => void run('rack.renameBranch', { trackId: stripId, branchId, name: next })}
          />
          <span className="grow" />
          {remove && <IconButton icon="bin" name={`Remove ${name}`} tip="Remove this branch" onClick={remove} />}
        </header>
        <div className="branchbody">
          <BranchChain tint={tint} />
        </div>
      </section>
    </RackContext>
  )
}

/** Its effects, then its end. */
function BranchChain({ tint }: { readonly tint: string }) {
  const { store, edit } = useRack()
  const devices = useStore(store, (state) => state.preset?.effects)
  const shape = devices?.map(({ id, type }) => `${id}:${type}`).join(' ') ?? ''
  // eslint-disable-next-line react-hooks/exhaustive-deps -- `shape` stands for the parts of `devices` that are read
  const faces = useMemo(() => effectFaces(devices ?? [], ENGINE_SPECS), [shape])
  const end = faces.at(-1)
  return (
    <>
      {faces.slice(0, -1).map((face) => (
        <EffectCard key={face.deviceId} face={face} tint={tint} />
      ))}
      {edit && <AddEffect edit={edit} />}
      {end && <ParamGroup title="Out" params={end.params} />}
    </>
  )
}
