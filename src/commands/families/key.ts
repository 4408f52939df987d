// project.setKey: the key that the project says it is in (main thread). Undoable.
import { SCALES } from '../../project/key.ts'
import { defineCommand } from '../define.ts'
import { editProject, projectOf } from '../editProject.ts'
import { z } from '../schema.ts'

export const keyCommands = [
  defineCommand({
    id: 'project.setKey',
    title: 'Key',
    doc: 'Says which key the project is in: tonic 0 (C) to 11 (B), and scale. Notes stay as they are.',
    args: z.strictObject({
      tonic: z.int().check(z.minimum(0), z.maximum(11)),
      scale: z.enum(SCALES),
    }),
    tool: true,
    run: (context, key) => {
      editProject(context, { label: 'Key' }, (project) => {
        project.key = key
      })
      return { ...projectOf(context).key }
    },
  }),
] as const
