// Where a strip goes: its output or bus, its sends to the returns, what of it follows control buses (main thread).
import { useStore } from 'zustand'
import type { Project } from '../../../../project/document.ts'
import { MASTER_OUTPUT } from '../../../../project/song/routing.ts'
import { usePorts } from '../../../context.ts'
import { IconButton } from '../../../controls/Button.tsx'
import { NameField } from '../../../controls/NameField.tsx'
import { OptionMenu } from '../../../controls/OptionMenu.tsx'
import { findStrip } from '../rack.ts'
import { Assignments } from './Assignments.tsx'
import { freeName } from './freeName.ts'
import { SendRow } from './SendRow.tsx'

const NEW_BUS = 'new bus'

export function RoutingCard({ stripId }: { readonly stripId: string }) {
  const { project } = usePorts()
  const strip = useStore(project, (state) => findStrip(state, stripId))
  if (!strip) return null
  return (
    <article className="dev routing" aria-label={`Routing of ${strip.name}`}>
      <header>
        <h3>Routing</h3>
        <span className="grow" />
        {'clips' in strip ? <Output track={strip} /> : <ReturnHead part={strip} />}
      </header>
      <div className="dbody">
        <Sends strip={strip} />
        <Assignments stripId={stripId} />
      </div>
    </article>
  )
}

type Track = Project['tracks'][number]
type Return = Project['returns'][number]

/** The master, or a bus; a bus itself is renamed and removed here. */
function Output({ track }: { readonly track: Track }) {
  const { project, run } = usePorts()
  const tracks = useStore(project, (state) => state.tracks)
  const { id: trackId, name, output = MASTER_OUTPUT } = track
  const buses = tracks.filter((one) => one.kind === 'group' && one.id !== trackId)
  const choose = async (chosen: string) => {
    const made = chosen === NEW_BUS ? await run('bus.add', { name: freeName('Bus', tracks) }) : { busId: chosen }
    await run('track.setOutput', { trackId, output: (made as { busId: string }).busId })
  }
  return (
    <>
      <span className="cap">Plays to</span>
      <OptionMenu
        name={`Output of ${name}`}
        tip="Where it plays to: the master, or a bus that carries several tracks"
        value={output}
        options={[
          { id: MASTER_OUTPUT, label: 'Master' },
          ...buses.map((bus) => ({ id: bus.id, label: bus.name })),
          { id: NEW_BUS, label: 'New bus' },
        ]}
        onChange={(chosen) => void choose(chosen)}
      />
      {track.kind === 'group' && (
        <>
          <NameField
            name={name}
            of={`Bus ${name}`}
            tip="Name of this bus. F2 renames"
            onRename={(to) => void run('bus.rename', { name, to })}
          />
          <IconButton
            icon="bin"
            name={`Remove bus ${name}`}
            tip="Remove this bus: what plays into it plays where it played"
            onClick={() => void run('bus.remove', { name })}
          />
        </>
      )}
    </>
  )
}

function ReturnHead({ part }: { readonly part: Return }) {
  const { run } = usePorts()
  const { id, name } = part
  return (
    <>
      <NameField
        name={name}
        of={`Return ${name}`}
        onRename={(to) => void run('track.rename', { trackId: id, name: to })}
      />
      <IconButton
        icon="bin"
        name={`Remove return ${name}`}
        tip="Remove this return and what is sent to it"
        onClick={() => void run('track.removeReturn', { returnId: id })}
      />
    </>
  )
}

function Sends({ strip }: { readonly strip: Track | Return }) {
  const { project, run } = usePorts()
  const returns = useStore(project, (state) => state.returns)
  return (
    <section className="sends" aria-label={`Sends of ${strip.name}`}>
      <div className="gt">
        <h4>Sends</h4>
        <IconButton
          icon="plus"
          name="Add return"
          tip="Add a return: an effect chain that tracks send to"
          onClick={() => void run('track.addReturn', {})}
        />
      </div>
      {returns.length === 0 && <p className="cap">No returns yet. Add one to share a reverb or an echo.</p>}
      <div className="rows">
        {returns.map((to) => (
          <SendRow key={to.id} strip={strip} to={to} />
        ))}
      </div>
    </section>
  )
}
