// Opening documents (main thread): what plays stops first, and the song stands at its start after.
import { newId, type Project } from '../project/document.ts'
import type { CommandContext } from './context.ts'

type Track = Project['tracks'][number]

/** What sounds ends, and the transport goes to the start. */
export function hush({ engine, player, held }: CommandContext): void {
  player.hush()
  held.releaseAll()
  engine.transport.stop()
  engine.transport.seek(0, 'ticks')
}

/** Opens a document from elsewhere under an id of its own. Frozen tracks whose recordings did not come with it play live, and that is said. */
export async function openFresh(context: CommandContext, project: Project): Promise<Project> {
  await context.assets.ready
  const { known } = context.assets.store.getState()
  const away = ({ frozen }: Track): boolean => frozen !== undefined && !known.has(frozen.asset)
  const thawed = project.tracks.filter(away)
  const tracks = project.tracks.map((track) => {
    const { frozen, ...live } = track
    return frozen && away(track) ? live : track
  })
  const opened = await context.projects.start({ ...project, id: newId(), tracks })
  hush(context)
  if (thawed.length > 0)
    context.notices.show({
      kind: 'info',
      fact: `Not frozen any more: ${thawed.map(({ name }) => `“${name}”`).join(', ')}`,
      consequence: 'The recordings are not in the file; the tracks play live, and can be frozen again.',
    })
  return opened
}
