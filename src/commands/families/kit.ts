// kit.*: the pads of a drum kit, on a track or of the sound on the strip (main thread). Undoable; level, pan and tune are values of the sound.
import { constants } from '../../generated/wire.ts'
import { SoundloomError } from '../../params/error.ts'
import type { Patch, PatchPad } from '../../presets/model.ts'
import { addPad, isKit, padAt, removePad, withPadSound, type Kit } from '../../presets/pads.ts'
import { fitted, type PatchSound } from '../../presets/patchEdit.ts'
import * as fields from '../../project/fields.ts'
import type { CommandContext } from '../context.ts'
import { defineCommand } from '../define.ts'
import { projectOf } from '../editProject.ts'
import { heldSound, patchPlace } from '../patchPlace.ts'
import { z } from '../schema.ts'
import { findSound } from '../sounds.ts'

const trackId = z.optional(fields.id)
const pad = z.string().check(z.minLength(1), z.maxLength(16))
const key = z.int().check(z.minimum(0), z.maximum(127))
const presetId = z.string().check(z.minLength(1), z.maxLength(100))

/** The kit that a command names, and how it is put back. */
interface FoundKit {
  readonly patch: Kit
  /** One step of history; what is refused changes nothing. */
  put(label: string, next: Patch, gesture?: string): Promise<{ readonly lanesRemoved: number }>
}

function kitOf(context: CommandContext, track: string | undefined): FoundKit {
  const place = patchPlace(context, track)
  const { patch, values } = heldSound(place)
  if (!isKit(patch))
    throw new SoundloomError('invalid-argument', 'This sound has no pads.', {
      field: 'trackId',
      value: track,
      hint: 'Use a drum kit, such as the factory sound Circuit kit.',
    })
  return {
    patch,
    async put(label, next, gesture) {
      const { checkedPatch } = await import('../../project/patchCheck.ts')
      const { effects, gainDb } = place
      const kept = fitted(next, values)
      const checked = checkedPatch(next, { values: kept, effects, gainDb }, projectOf(context).sampleRate)
      return { lanesRemoved: place.write(label, { patch: checked, values: kept }, gesture) }
    },
  }
}

function padIn({ patch }: FoundKit, id: string): PatchPad {
  const found = patch.pads.find((one) => one.id === id)
  if (found) return found
  throw new SoundloomError('unknown-id', `The kit has no pad "${id}".`, {
    field: 'pad',
    value: id,
    hint: `Its pads: ${patch.pads.map((one) => one.id).join(', ')}.`,
  })
}

/** A sound of the library as what a pad plays: its effects stay behind. */
function soundFor({ stores, library }: CommandContext, id: string): PatchSound & { readonly name: string } {
  const sound = findSound(stores, library, id)
  if (!sound) throw new SoundloomError('unknown-id', `There is no sound "${id}".`, { field: 'presetId', value: id })
  const { patch, preset } = sound
  if (patch.pads)
    throw new SoundloomError('invalid-argument', 'A kit cannot be put on a pad.', {
      field: 'presetId',
      value: id,
      hint: 'Use a sound that is no kit.',
    })
  return { patch, values: preset.values, name: preset.name }
}

export const kitCommands = [
  defineCommand({
    id: 'kit.setPad',
    title: 'Set pad',
    doc: 'Name, keys, choke group (0: none), one-shot and voices of a pad of a kit on a track, or of the sound on the strip. Level, pan and tune are values: `<pad>.level`.',
    args: z.strictObject({
      trackId,
      pad,
      name: z.optional(fields.name),
      low: z.optional(key),
      high: z.optional(key),
      choke: z.optional(z.int().check(z.minimum(0), z.maximum(constants.maxChoke))),
      oneShot: z.optional(z.boolean()),
      voices: z.optional(z.int().check(z.minimum(1), z.maximum(constants.maxPadVoices))),
    }),
    tool: true,
    run: async (context, { trackId: track, pad: id, choke, ...change }, { gesture }) => {
      const kit = kitOf(context, track)
      const { choke: group = 0, ...own } = padIn(kit, id)
      const stops = choke ?? group
      const next: PatchPad = { ...own, ...change, ...(stops > 0 ? { choke: stops } : {}) }
      const done = await kit.put(
        'Pad',
        { ...kit.patch, pads: kit.patch.pads.map((one) => (one.id === id ? next : one)) },
        gesture,
      )
      return { pad: next, ...done }
    },
  }),
  defineCommand({
    id: 'kit.setSound',
    title: 'Put sound on pad',
    doc: 'Puts a copy of a sound of the library on a pad, without its effects. Keys, choke group, level, pan and tune of the pad stay.',
    args: z.strictObject({ trackId, pad, presetId }),
    tool: true,
    run: async (context, { trackId: track, pad: id, presetId: from }) => {
      const kit = kitOf(context, track)
      padIn(kit, id)
      const { patch, values, name } = soundFor(context, from)
      const done = await kit.put(`${name} on pad`, withPadSound(kit.patch, id, patch, values))
      return { pad: id, presetId: from, ...done }
    },
  }),
  defineCommand({
    id: 'kit.addPad',
    title: 'Add pad',
    doc: 'Adds a pad with a copy of a sound on a key that has none.',
    args: z.strictObject({ trackId, key, presetId, name: z.optional(fields.name) }),
    tool: true,
    run: async (context, { trackId: track, key: at, presetId: from, name }) => {
      const kit = kitOf(context, track)
      const there = padAt(kit.patch, at)
      if (there)
        throw new SoundloomError('conflict', `${there.name} lies on this key.`, {
          field: 'key',
          value: at,
          hint: 'Put the sound on that pad: kit.setSound.',
        })
      const sound = soundFor(context, from)
      const made = addPad(kit.patch, at, name ?? sound.name, sound.patch, sound.values)
      const done = await kit.put('Add pad', made.patch)
      return { pad: made.id, key: at, ...done }
    },
  }),
  defineCommand({
    id: 'kit.removePad',
    title: 'Remove pad',
    doc: 'Takes a pad and its sound out of a kit, with the automation that moved it; its keys are silent then.',
    args: z.strictObject({ trackId, pad }),
    tool: true,
    run: async (context, { trackId: track, pad: id }) => {
      const kit = kitOf(context, track)
      const gone = padIn(kit, id)
      if (kit.patch.pads.length === 1)
        throw new SoundloomError('invalid-argument', 'A kit keeps its last pad.', {
          field: 'pad',
          value: id,
          hint: 'Give the track another sound: track.setSound.',
        })
      const done = await kit.put(`Remove ${gone.name}`, removePad(kit.patch, id))
      return { pad: id, ...done }
    },
  }),
] as const
