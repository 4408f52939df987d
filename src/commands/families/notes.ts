// note.* that edit the notes of a clip (main thread). Undoable; beats count from the start of the clip, moves are distances.
import { SoundloomError } from '../../params/error.ts'
import * as fields from '../../project/fields.ts'
import { beatsOf, MIN_LENGTH_TICKS, ticksOf } from '../../project/fields.ts'
import { findClip, indicesOf } from '../../project/song/find.ts'
import { checkEnd, checkRoom } from '../../project/song/room.ts'
import type { CommandContext } from '../context.ts'
import { defineCommand } from '../define.ts'
import { editProject, fresh, projectOf } from '../editProject.ts'
import { z } from '../schema.ts'
import { noteArgs, noteOf } from './clip.ts'

const clipId = fields.id
const noteIds = z.array(fields.id).check(z.minLength(1), z.maxLength(100_000))

/** The clip, and where in it the notes are. */
function findNotes(context: CommandContext, clip: string, ids: readonly string[]) {
  const found = findClip(projectOf(context), clip)
  const { notes } = found.part
  return { ...found, notes: indicesOf(notes, ids, 'noteIds').map((at) => ({ at, note: notes[at]! })) }
}

const outside = (field: string, value: number, hint: string): SoundloomError =>
  new SoundloomError('invalid-argument', 'The notes would leave the clip.', { field, value, hint })

export const notesCommands = [
  defineCommand({
    id: 'note.add',
    title: 'Add note',
    doc: 'Adds a note to a clip: beat and length in quarter notes, MIDI note number, velocity above 0 and at most 1.',
    args: z.strictObject({ clipId, ...noteArgs }),
    tool: true,
    run: (context, { clipId, ...given }, { gesture }) => {
      const { part, index, trackIndex } = findClip(projectOf(context), clipId)
      checkRoom('note', part.notes.length)
      const added = noteOf(given)
      editProject(context, { label: 'Add note', gesture }, ({ tracks }) => {
        tracks[trackIndex]!.clips[index]!.notes.push(added)
      })
      return { noteId: added.id, clipId, beat: beatsOf(added.tick), lengthBeats: beatsOf(added.lengthTicks) }
    },
  }),
  defineCommand({
    id: 'note.remove',
    title: 'Remove notes',
    doc: 'Removes notes from a clip.',
    args: z.strictObject({ clipId, noteIds }),
    tool: true,
    run: (context, { clipId, noteIds }) => {
      const { part, index, trackIndex, notes } = findNotes(context, clipId, noteIds)
      const gone = new Set(notes.map(({ at }) => at))
      editProject(context, { label: gone.size === 1 ? 'Remove note' : 'Remove notes' }, ({ tracks }) => {
        tracks[trackIndex]!.clips[index]!.notes = fresh(part.notes.filter((_, at) => !gone.has(at)))
      })
      return { clipId, removed: gone.size }
    },
  }),
  defineCommand({
    id: 'note.move',
    title: 'Move notes',
    doc: 'Moves notes of a clip by beats and by semitones; refused when one would leave the keyboard or begin before the clip.',
    args: z.strictObject({
      clipId,
      noteIds,
      beats: z._default(fields.beats, 0),
      semitones: z._default(z.int().check(z.minimum(-127), z.maximum(127)), 0),
    }),
    tool: true,
    run: (context, { clipId, noteIds, beats, semitones }, { gesture }) => {
      const { index, trackIndex, notes } = findNotes(context, clipId, noteIds)
      const ticks = ticksOf(beats)
      for (const { note } of notes) {
        if (note.tick + ticks < 0) throw outside('beats', beats, 'Move them less far to the left.')
        checkEnd(note.tick + ticks + note.lengthTicks, 'beats')
        const to = note.note + semitones
        if (to < 0 || to > 127) throw outside('semitones', semitones, 'MIDI notes are 0 to 127.')
      }
      editProject(context, { label: 'Move notes', gesture }, ({ tracks }) => {
        const drafts = tracks[trackIndex]!.clips[index]!.notes
        for (const { at, note } of notes) {
          if (ticks !== 0) drafts[at]!.tick = note.tick + ticks
          if (semitones !== 0) drafts[at]!.note = note.note + semitones
        }
      })
      return { clipId, moved: notes.length, beats: beatsOf(ticks), semitones }
    },
  }),
  defineCommand({
    id: 'note.resize',
    title: 'Resize notes',
    doc: 'Makes notes of a clip longer or shorter by beats; none gets shorter than 1/64 beat.',
    args: z.strictObject({ clipId, noteIds, beats: fields.beats }),
    tool: true,
    run: (context, { clipId, noteIds, beats }, { gesture }) => {
      const { index, trackIndex, notes } = findNotes(context, clipId, noteIds)
      const ticks = ticksOf(beats)
      const lengths = notes.map(({ note }) => Math.max(MIN_LENGTH_TICKS, note.lengthTicks + ticks))
      notes.forEach(({ note }, nth) => checkEnd(note.tick + lengths[nth]!, 'beats'))
      editProject(context, { label: 'Resize notes', gesture }, ({ tracks }) => {
        const drafts = tracks[trackIndex]!.clips[index]!.notes
        notes.forEach(({ at }, nth) => (drafts[at]!.lengthTicks = lengths[nth]!))
      })
      return { clipId, notes: notes.map(({ note }, nth) => ({ noteId: note.id, lengthBeats: beatsOf(lengths[nth]!) })) }
    },
  }),
  defineCommand({
    id: 'note.setExpression',
    title: 'Expression of notes',
    doc: 'Replaces the points of one expression in notes of a clip; beats count from the start of each note, and a value stays until the next point: tuning in semitones, pressure and timbre 0..1, volume in dB (-120 is silent), pan -1..1. No points: at rest.',
    args: z.strictObject({
      clipId,
      noteIds,
      kind: fields.expressionKind,
      points: z.array(z.strictObject({ beat: fields.beat, value: z.number() })).check(z.maxLength(100_000)),
    }),
    tool: true,
    run: (context, { clipId, noteIds, kind, points }, { gesture }) => {
      const { part, index, trackIndex, notes } = findNotes(context, clipId, noteIds)
      const wrong = points.findIndex(({ value }) => !fields.fitsExpression(kind, value))
      if (wrong >= 0) {
        const { min, max } = fields.EXPRESSIONS[kind]
        throw new SoundloomError('invalid-argument', `The ${kind} cannot be there.`, {
          field: `points.${String(wrong)}.value`,
          value: points[wrong]!.value,
          hint: `Use ${String(min)} to ${String(max)}.`,
        })
      }
      const added = points.map(({ beat, value }) => ({ tick: ticksOf(beat), kind, value }))
      const changed = notes.map(({ at, note }) => {
        const others = (note.expression ?? []).filter((point) => point.kind !== kind)
        checkRoom('point on a note', others.length, added.length)
        return { at, expression: [...others, ...added].sort((a, b) => a.tick - b.tick) }
      })
      const before = part.notes.reduce((sum, { expression }) => sum + (expression?.length ?? 0), 0)
      const gone = notes.reduce((sum, { note }) => sum + (note.expression?.length ?? 0), 0)
      const come = changed.reduce((sum, { expression }) => sum + expression.length, 0)
      checkRoom('point on the notes of a clip', before - gone, come)
      editProject(context, { label: `Note ${kind}`, gesture }, ({ tracks }) => {
        const drafts = tracks[trackIndex]!.clips[index]!.notes
        for (const { at, expression } of changed) {
          if (expression.length > 0) drafts[at]!.expression = expression
          else delete drafts[at]!.expression
        }
      })
      return { clipId, kind, notes: notes.length, points: added.length }
    },
  }),
  defineCommand({
    id: 'note.setVelocity',
    title: 'Velocity of notes',
    doc: 'Sets the velocity of notes of a clip, above 0 and at most 1.',
    args: z.strictObject({ clipId, noteIds, velocity: fields.velocity }),
    tool: true,
    run: (context, { clipId, noteIds, velocity }, { gesture }) => {
      const { index, trackIndex, notes } = findNotes(context, clipId, noteIds)
      editProject(context, { label: 'Velocity', gesture }, ({ tracks }) => {
        const drafts = tracks[trackIndex]!.clips[index]!.notes
        for (const { at } of notes) drafts[at]!.velocity = velocity
      })
      return { clipId, changed: notes.length, velocity }
    },
  }),
] as const
