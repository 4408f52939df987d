// project.openDemo: the demo song as a project of the user's own, playing (main thread).
import { defineCommand } from '../define.ts'
import { z } from '../schema.ts'
import { openFresh } from '../openProject.ts'
import { opened } from './project.ts'

export const demoCommands = [
  defineCommand({
    id: 'project.openDemo',
    title: 'Open the demo',
    doc: 'Opens a copy of the demo song as a new project and plays it from the start.',
    args: z.strictObject({}),
    tool: true,
    run: async (context) => {
      // Inside the press: the browser lets sound start there.
      void context.engine.resume()
      const song = await context.demo.load()
      await openFresh(context, song)
      context.stores.session.setState({ selectedTrackId: song.tracks[0]?.id ?? null, keysPlay: 'track' })
      context.engine.transport.play(0)
      await context.engine.transport.settled()
      return opened(context)
    },
  }),
] as const
