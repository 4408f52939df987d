// Every command of the app, and the one function that runs them (main thread).
import type * as core from 'zod/v4/core'
import { asSoundloomError, SoundloomError } from '../params/error.ts'
import type { CommandContext } from './context.ts'
import type { AnyCommand, RunOptions } from './define.ts'
import { assetCommands } from './families/asset.ts'
import { automationCommands } from './families/automation.ts'
import { arrangeCommands } from './families/arrange.ts'
import { auditionCommands } from './families/audition.ts'
import { budgetCommands } from './families/budget.ts'
import { captureCommands } from './families/capture.ts'
import { controlCommands } from './families/control.ts'
import { clipCommands } from './families/clip.ts'
import { demoCommands } from './families/demo.ts'
import { deviceCommands } from './families/device.ts'
import { editCommands } from './families/edit.ts'
import { freezeCommands } from './families/freeze.ts'
import { historyCommands } from './families/history.ts'
import { inputCommands } from './families/input.ts'
import { kitCommands } from './families/kit.ts'
import { keyCommands } from './families/key.ts'
import { libraryCommands } from './families/library.ts'
import { markerCommands } from './families/marker.ts'
import { masterCommands } from './families/master.ts'
import { mixCommands } from './families/mix.ts'
import { noteCommands } from './families/note.ts'
import { notesCommands } from './families/notes.ts'
import { patchCommands } from './families/patch.ts'
import { projectCommands } from './families/project.ts'
import { rackCommands } from './families/rack.ts'
import { routingCommands } from './families/routing.ts'
import { timelineCommands } from './families/timeline.ts'
import { trackCommands } from './families/track.ts'
import { transportCommands } from './families/transport.ts'
import { viewCommands } from './families/view.ts'
import { parseArgs } from './parseArgs.ts'
import { z } from './schema.ts'

export const COMMANDS = [
  ...historyCommands,
  ...projectCommands,
  ...keyCommands,
  ...demoCommands,
  ...masterCommands,
  ...transportCommands,
  ...timelineCommands,
  ...trackCommands,
  ...freezeCommands,
  ...mixCommands,
  ...routingCommands,
  ...controlCommands,
  ...clipCommands,
  ...notesCommands,
  ...automationCommands,
  ...deviceCommands,
  ...assetCommands,
  ...rackCommands,
  ...patchCommands,
  ...kitCommands,
  ...markerCommands,
  ...libraryCommands,
  ...auditionCommands,
  ...editCommands,
  ...noteCommands,
  ...captureCommands,
  ...budgetCommands,
  ...inputCommands,
  ...viewCommands,
  ...arrangeCommands,
] as const satisfies readonly AnyCommand[]

type Registered = (typeof COMMANDS)[number]
export type CommandId = Registered['id']
type Named<Id extends CommandId> = Extract<Registered, { id: Id }>
export type CommandArgs<Id extends CommandId> = core.input<Named<Id>['args']>
export type CommandResult<Id extends CommandId> = Awaited<ReturnType<Named<Id>['run']>>

/** Runs one command. Everything up to its first await happens before this returns, so a press sounds in the same task. */
export interface Run {
  <Id extends CommandId>(id: Id, args: CommandArgs<Id>, options?: RunOptions): Promise<CommandResult<Id>>
  (id: string, args?: unknown, options?: RunOptions): Promise<unknown>
}

/** What `window.soundloom.commands()` lists. */
export interface CommandInfo {
  readonly id: string
  readonly title: string
  readonly doc: string
  readonly keys: readonly string[]
  /** JSON Schema of the arguments. */
  readonly args: object
}

const BY_ID: ReadonlyMap<string, AnyCommand> = new Map(COMMANDS.map((command) => [command.id, command]))

export const commandInfos = (): CommandInfo[] =>
  [...BY_ID.values()].map(({ id, title, doc, keys = [], args }) => ({
    id,
    title,
    doc,
    keys,
    args: z.toJSONSchema(args, { unrepresentable: 'any' }),
  }))

export function createRun(context: CommandContext): Run {
  const { stores, engine } = context
  /** A command that changed the document answers when the engine holds it. */
  const held = async (work: unknown, before: object): Promise<unknown> => {
    const result = await work
    if (stores.project.getState() !== before) await engine.song.settled()
    return result
  }
  return ((id: string, args: unknown = {}, options: RunOptions = {}) => {
    try {
      const command = BY_ID.get(id)
      if (!command)
        throw new SoundloomError('unknown-command', `There is no command "${id}".`, { field: 'id', value: id })
      const before = stores.project.getState()
      const work: unknown = command.run(context, parseArgs(id, command.args, args, command.doc), options)
      return held(work, before).catch((error: unknown) => {
        throw asSoundloomError(error)
      })
    } catch (error) {
      return Promise.reject(asSoundloomError(error))
    }
  }) as Run
}
