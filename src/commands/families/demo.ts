// project.openDemo: the demo song as a project of the user's own, playing (main thread).
import { defineCommand } from '../define.ts'
import { z } from '../schema.ts'
import { openDemo } from '../openDemo.ts'
import { opened } from './project.ts'

export const demoCommands = [
  defineCommand({
    id: 'project.openDemo',
    title: 'Open the demo',
    doc: 'Opens a copy of the demo song as a new project and plays it from the start.',
    args: z.strictObject({}),
    tool: true,
    run: async (context) => {
      await openDemo(context)
      return opened(context)
    },
  }),
] as const
