// project.*: the document as a whole (main thread).
import { NAME_LENGTH, SAMPLE_RATES } from '../../project/document.ts'
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
  defineCommand({
    id: 'project.setSampleRate',
    title: 'Sample rate',
    doc: 'Rate at which the project is rendered, in Hz; the engine restarts with it.',
    args: z.strictObject({ sampleRate: z.literal(SAMPLE_RATES) }),
    tool: true,
    run: ({ history, stores }, { sampleRate }) => {
      history.edit({ label: 'Sample rate' }, (draft) => {
        draft.project.sampleRate = sampleRate
      })
      return { sampleRate: stores.project.getState().sampleRate }
    },
  }),
] as const
