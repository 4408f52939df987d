// Opening documents (main thread): what plays stops first, and the song stands at its start after.
import { newId, type Project } from '../project/document.ts'
import type { CommandContext } from './context.ts'

/** What sounds ends, and the transport goes to the start. */
export function hush({ engine, player, held }: CommandContext): void {
  player.hush()
  held.releaseAll()
  engine.transport.stop()
  engine.transport.seek(0, 'ticks')
}

/** Opens a document from elsewhere under an id of its own. */
export async function openFresh(context: CommandContext, project: Project): Promise<Project> {
  const opened = await context.projects.start({ ...project, id: newId() })
  hush(context)
  return opened
}
