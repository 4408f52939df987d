// history.*: undo and redo by name, ends of gestures (main thread).
import type { CommandContext } from '../context.ts'
import type { Moved } from '../../project/history.ts'
import { defineCommand } from '../define.ts'
import { z } from '../schema.ts'

const none = z.strictObject({})

/** A step on a sound brings that sound back to the strip, so that the change can be heard. */
const moved = ({ stores }: CommandContext, step: Moved | null): { done: string | null } => {
  if (step?.focus !== undefined && stores.session.getState().selectedPresetId !== step.focus) {
    stores.session.setState({ selectedPresetId: step.focus, keysPlay: 'sound' })
  }
  return { done: step?.label ?? null }
}

export const historyCommands = [
  defineCommand({
    id: 'history.undo',
    title: 'Undo',
    doc: 'Takes back the last change of the project, the library or the sound on the strip.',
    args: none,
    keys: ['$mod+z'],
    tool: true,
    run: (context) => moved(context, context.history.undo()),
  }),
  defineCommand({
    id: 'history.redo',
    title: 'Redo',
    doc: 'Makes the change again that undo took back.',
    args: none,
    keys: ['$mod+Shift+z', '$mod+y'],
    tool: true,
    run: (context) => moved(context, context.history.redo()),
  }),
  defineCommand({
    id: 'history.endGesture',
    title: 'End gesture',
    doc: 'Closes the open gesture: what follows is a new undo step, whatever its token.',
    args: none,
    run: ({ history }) => history.endGesture(),
  }),
] as const
