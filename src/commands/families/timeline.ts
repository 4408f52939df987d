// transport.* that change the document: tempo, time signature, loop (main thread). Undoable.
import { SoundloomError } from '../../params/error.ts'
import * as fields from '../../project/fields.ts'
import { beatsOf, MIN_LENGTH_TICKS, ticksOf } from '../../project/fields.ts'
import { checkRoom } from '../../project/song/room.ts'
import { putSignature, removeSignature, setSignatureAt } from '../../project/song/signatures.ts'
import { putTempoPoint, removeTempoPoint, segmentAt, setTempoAt } from '../../project/song/tempo.ts'
import type { CommandContext } from '../context.ts'
import { defineCommand } from '../define.ts'
import { editProject, fresh, projectOf } from '../editProject.ts'
import { z } from '../schema.ts'

const playheadTick = ({ engine }: CommandContext): number => ticksOf(engine.transport.state().beatPos)

const noSuch = (what: string, beat: number): SoundloomError =>
  new SoundloomError('unknown-id', `No ${what} begins at beat ${String(beat)}.`, { field: 'beat', value: beat })

interface HeldLoop {
  readonly startBeat: number
  readonly endBeat: number
  readonly enabled: boolean
}

function heldLoop(context: CommandContext): HeldLoop {
  const { startTick, endTick, enabled } = projectOf(context).loop
  return { startBeat: beatsOf(startTick), endBeat: beatsOf(endTick), enabled }
}

export const timelineCommands = [
  defineCommand({
    id: 'transport.setTempo',
    title: 'Tempo',
    doc: 'Sets the tempo of the stretch under the playhead, in quarter notes per minute, 20 to 300.',
    args: z.strictObject({ bpm: fields.bpm }),
    tool: true,
    run: (context, { bpm }, { gesture }) => {
      const tick = playheadTick(context)
      editProject(context, { label: 'Tempo', gesture }, ({ tempoMap }) => void setTempoAt(tempoMap, tick, bpm))
      const { tempoMap } = projectOf(context)
      const held = tempoMap[segmentAt(tempoMap, tick)]!
      return { bpm: held.bpm, beat: beatsOf(held.tick) }
    },
  }),
  defineCommand({
    id: 'transport.addTempo',
    title: 'Tempo change',
    doc: 'From a beat on another tempo; ramp: it moves, linear in beats, to the next change.',
    args: z.strictObject({ beat: fields.beat, bpm: fields.bpm, ramp: z._default(z.boolean(), false) }),
    tool: true,
    run: (context, { beat, bpm, ramp }, { gesture }) => {
      const { tempoMap } = projectOf(context)
      const tick = ticksOf(beat)
      if (!tempoMap.some((point) => point.tick === tick)) checkRoom('tempo', tempoMap.length)
      editProject(context, { label: 'Tempo change', gesture }, (project) =>
        putTempoPoint(project.tempoMap, { tick, bpm, ramp }),
      )
      return { beat: beatsOf(tick), bpm, ramp }
    },
  }),
  defineCommand({
    id: 'transport.removeTempo',
    title: 'Remove tempo change',
    doc: 'Takes away the tempo change at a beat; the tempo at beat 0 stays.',
    args: z.strictObject({ beat: fields.beat }),
    tool: true,
    run: (context, { beat }) => {
      const done = editProject(
        context,
        { label: 'Remove tempo change' },
        ({ tempoMap }) => void removeTempoPoint(tempoMap, ticksOf(beat)),
      )
      if (!done) throw noSuch('tempo change', beat)
      return { changes: projectOf(context).tempoMap.length }
    },
  }),
  defineCommand({
    id: 'transport.setTimeSignature',
    title: 'Time signature',
    doc: 'Sets the signature under the playhead, or from the bar line nearest a beat on; later ones keep to bar lines.',
    args: z.strictObject({
      numerator: fields.numerator,
      denominator: fields.denominator,
      beat: z.optional(fields.beat),
    }),
    tool: true,
    run: (context, { beat, ...signature }, { gesture }) => {
      const { signatures } = projectOf(context)
      const next =
        beat === undefined
          ? setSignatureAt(signatures, playheadTick(context), signature)
          : putSignature(signatures, ticksOf(beat), signature)
      checkRoom('signature', next.length, 0)
      const same = JSON.stringify(next) === JSON.stringify(signatures)
      if (!same) {
        editProject(context, { label: 'Time signature', gesture }, (project) => {
          project.signatures = fresh(next)
        })
      }
      return { signatures: next.map(({ tick, ...held }) => ({ beat: beatsOf(tick), ...held })) }
    },
  }),
  defineCommand({
    id: 'transport.removeTimeSignature',
    title: 'Remove time signature',
    doc: 'Takes away the signature that begins at a beat; the one at beat 0 stays.',
    args: z.strictObject({ beat: fields.beat }),
    tool: true,
    run: (context, { beat }) => {
      const { signatures } = projectOf(context)
      const next = removeSignature(signatures, ticksOf(beat))
      if (next.length === signatures.length) throw noSuch('time signature', beat)
      editProject(context, { label: 'Remove time signature' }, (project) => {
        project.signatures = fresh(next)
      })
      return { signatures: next.map(({ tick, ...held }) => ({ beat: beatsOf(tick), ...held })) }
    },
  }),
  defineCommand({
    id: 'transport.setLoop',
    title: 'Loop',
    doc: 'Sets the loop in beats and switches it on or off; what is not given stays.',
    args: z.strictObject({
      startBeat: z.optional(fields.beat),
      endBeat: z.optional(fields.beat),
      enabled: z.optional(z.boolean()),
    }),
    tool: true,
    run: (context, { startBeat, endBeat, enabled }, { gesture }) => {
      const { loop } = projectOf(context)
      const startTick = startBeat === undefined ? loop.startTick : ticksOf(startBeat)
      const endTick = endBeat === undefined ? loop.endTick : ticksOf(endBeat)
      if (endTick - startTick < MIN_LENGTH_TICKS) {
        throw new SoundloomError('invalid-argument', 'A loop ends after it starts.', {
          field: endBeat === undefined ? 'startBeat' : 'endBeat',
          value: endBeat ?? startBeat,
          hint: `Leave at least ${String(beatsOf(MIN_LENGTH_TICKS))} beats between start and end.`,
        })
      }
      editProject(context, { label: 'Loop', gesture }, (project) => {
        Object.assign(project.loop, { startTick, endTick, enabled: enabled ?? loop.enabled })
      })
      return heldLoop(context)
    },
  }),
  defineCommand({
    id: 'transport.toggleLoop',
    title: 'Loop on or off',
    doc: 'Switches the loop on or off.',
    args: z.strictObject({}),
    keys: ['l'],
    run: (context) => {
      const { enabled } = projectOf(context).loop
      editProject(context, { label: enabled ? 'Loop off' : 'Loop on' }, (project) => {
        project.loop.enabled = !enabled
      })
      return heldLoop(context)
    },
  }),
] as const
