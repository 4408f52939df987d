// note.* and engine.*: playing the selected track, or the sound on the strip, from any input (main thread). Not undoable: nothing is changed.
import * as fields from '../../project/fields.ts'
import type { CommandContext } from '../context.ts'
import { defineCommand } from '../define.ts'
import { z } from '../schema.ts'

export type { NoteExpression } from '../../project/fields.ts'
export const MAX_BEND_SEMITONES = fields.EXPRESSIONS.tuning.max

const midiNote = z.number().check(z.minimum(0), z.maximum(127))
const amount = z.number().check(z.minimum(0), z.maximum(1))
const source = z.string().check(z.minLength(1), z.maxLength(100))

const held = ({ held }: CommandContext): { held: number[] } => ({ held: [...held.store.getState().held] })

export const noteCommands = [
  defineCommand({
    id: 'note.on',
    title: 'Note on',
    doc: 'Presses a key: MIDI note number, velocity 0..1, and who presses it. A source that presses twice makes one note. With `apart` it sounds for itself where others hold the key; `expression` is what it begins with.',
    args: z.strictObject({
      note: midiNote,
      velocity: amount,
      source,
      /** Sounds for itself, also where others hold the key: a channel of its own. */
      apart: z.optional(z.boolean()),
      expression: z.optional(fields.noteExpression),
    }),
    run: (context, { note, velocity, source, apart, expression }) => {
      void context.engine.resume()
      // MIDI's note-on with velocity 0 is a note-off.
      if (velocity === 0) context.held.off(note, source)
      else context.held.on(note, velocity, source, { apart, expression })
      return held(context)
    },
  }),
  defineCommand({
    id: 'note.off',
    title: 'Note off',
    doc: 'Lets go of a key; the note ends when its last source lets go.',
    args: z.strictObject({ note: midiNote, source, velocity: z.optional(amount) }),
    run: (context, { note, source, velocity }) => {
      context.held.off(note, source, velocity)
      return held(context)
    },
  }),
  defineCommand({
    id: 'note.releaseSource',
    title: 'Release source',
    doc: 'Lets go of every key that a source holds, or any source whose name starts with it: an unplugged device, a hidden page.',
    args: z.strictObject({ source }),
    run: (context, { source }) => {
      context.held.releaseSource(source)
      return held(context)
    },
  }),
  defineCommand({
    id: 'note.releaseAll',
    title: 'Release all notes',
    doc: 'Lets go of every key, also of those that Hold keeps; tails ring out.',
    args: z.strictObject({}),
    run: (context) => {
      context.player.hush()
      context.held.releaseAll()
      context.voice.sustain(false)
      return held(context)
    },
  }),
  defineCommand({
    id: 'note.bend',
    title: 'Pitch bend',
    doc: 'Position of the pitch wheel, -1..1, of a range in semitones (2 when not given).',
    args: z.strictObject({
      amount: z.number().check(z.minimum(-1), z.maximum(1)),
      rangeSemitones: z.optional(z.number().check(z.minimum(0), z.maximum(MAX_BEND_SEMITONES))),
    }),
    run: ({ voice }, { amount, rangeSemitones }) => voice.bend(amount, rangeSemitones),
  }),
  defineCommand({
    id: 'note.wheel',
    title: 'Modulation wheel',
    doc: 'Position of the modulation wheel, 0..1.',
    args: z.strictObject({ amount }),
    run: ({ voice }, { amount }) => voice.wheel(amount),
  }),
  defineCommand({
    id: 'note.pressure',
    title: 'Pressure',
    doc: 'Channel pressure (aftertouch), 0..1.',
    args: z.strictObject({ amount }),
    run: ({ voice }, { amount }) => voice.pressure(amount),
  }),
  defineCommand({
    id: 'note.timbre',
    title: 'Timbre',
    doc: 'Timbre (brightness, CC 74) of all notes, 0..1.',
    args: z.strictObject({ amount }),
    run: ({ voice }, { amount }) => voice.timbre(amount),
  }),
  defineCommand({
    id: 'note.express',
    title: 'Note expression',
    doc: 'Tells one note that a source holds, for itself alone: tuning in semitones, pressure and timbre 0..1, volume in dB (-120 is silent), pan -1..1. A note that was let go keeps what it had.',
    args: z.strictObject({ note: midiNote, source, expression: fields.noteExpression }),
    run: (context, { note, source, expression }) => ({ told: context.held.express(note, source, expression) }),
  }),
  defineCommand({
    id: 'note.sustain',
    title: 'Sustain pedal',
    doc: 'Presses or lifts the sustain pedal.',
    args: z.strictObject({ down: z.boolean() }),
    run: ({ voice }, { down }) => voice.sustain(down),
  }),
  defineCommand({
    id: 'engine.panic',
    title: 'Panic',
    doc: 'Ends every note and silences every tail at once.',
    args: z.strictObject({}),
    keys: ['Escape Escape'],
    tool: true,
    run: ({ held, voice, player, engine }) => {
      player.hush()
      held.releaseAll()
      voice.sustain(false)
      engine.panic()
      return { held: [] as number[] }
    },
  }),
] as const
