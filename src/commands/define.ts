// What a command is, and how one is run: the one door for every change (main thread).
import type * as core from 'zod/v4/core'
import type { CommandContext } from './context.ts'

export interface RunOptions {
  /** Runs with equal tokens become one undo step, closed by `history.endGesture` or a second of silence. */
  readonly gesture?: string
}

export interface Command<Id extends string, Schema extends core.$ZodType, Result> {
  /** `family.verb`, forever. */
  readonly id: Id
  /** What menus and the palette call it. */
  readonly title: string
  /** One sentence for the reference. */
  readonly doc: string
  readonly args: Schema
  /** Shortcuts in tinykeys' notation. */
  readonly keys?: readonly string[]
  /** Offered to assistants. */
  readonly tool?: boolean
  /** Does it at once, before the first await, and returns what the app or the engine then holds. Throws SoundloomError. */
  run(context: CommandContext, args: core.output<Schema>, options: RunOptions): Result
}

/** Any command, whatever its arguments. */
export type AnyCommand = Command<string, core.$ZodType, unknown>

export const defineCommand = <const Id extends string, Schema extends core.$ZodType, Result>(
  command: Command<Id, Schema, Result>,
): Command<Id, Schema, Result> => command
