// project.*: the document as a whole (main thread).
import { NAME_LENGTH } from '../../project/document.ts'
import { defineCommand } from '../define.ts'
import { z } from '../schema.ts'

export const projectCommands = [
  defineCommand({
    id: 'project.rename',
    title: 'Rename project',
    doc: 'Names the open project.',
    args: z.strictObject({ name: z.string().check(z.trim(), z.minLength(1), z.maxLength(NAME_LENGTH)) }),
    tool: true,
    run: ({ history, stores }, { name }) => {
      history.edit({ label: 'Rename project' }, (draft) => {
        draft.project.name = name
      })
      return { name: stores.project.getState().name }
    },
  }),
] as const
