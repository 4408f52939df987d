// The demo song as a project of the user's own, playing from its start (main thread).
import type { CommandContext } from './context.ts'
import { openFresh } from './openProject.ts'

export async function openDemo(context: CommandContext): Promise<void> {
  // Inside the press: the browser lets sound start there.
  void context.engine.resume()
  const song = await context.demo.load()
  await openFresh(context, song)
  context.stores.session.setState({ selectedTrackId: song.tracks[0]?.id ?? null, keysPlay: 'track' })
  context.engine.transport.play(0)
  await context.engine.transport.settled()
}
