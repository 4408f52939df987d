// patch.*: the patch of an instrument while it plays: loaded, exported, its modulations, units and voices edited (main thread). Undoable.
import { amountSpec } from '../../presets/amounts.ts'
import { formatValue } from '../../params/format.ts'
import { SoundloomError } from '../../params/error.ts'
import type { Patch } from '../../presets/model.ts'
import * as edits from '../../presets/patchEdit.ts'
import * as fields from '../../project/fields.ts'
import type { CommandContext } from '../context.ts'
import { defineCommand, type RunOptions } from '../define.ts'
import { projectOf } from '../editProject.ts'
import { fileName } from '../fileName.ts'
import { heldPatch, heldSound, patchPlace } from '../patchPlace.ts'
import { z } from '../schema.ts'
import { checkedValue } from './edit.ts'

/** Absent: the sound on the audition strip. */
const trackId = z.optional(fields.id)
const row = z.union([z.int().check(z.minimum(0), z.maximum(10_000)), z.string().check(z.maxLength(16))])
const source = z.string().check(z.minLength(1), z.maxLength(40))
const target = z.string().check(z.minLength(1), z.maxLength(60))
const unitName = z.string().check(z.minLength(1), z.maxLength(16))

/** What every edit answers with. */
interface Edited {
  readonly trackId: string | null
  readonly units: number
  readonly modulations: number
  /** Lanes of automation that moved what is gone. */
  readonly lanesRemoved: number
}

/** Checks the edit as the compiler will, then makes it one step. What is refused changes nothing, and the old patch plays on. */
async function edit<Next extends edits.PatchSound>(
  context: CommandContext,
  trackId: string | undefined,
  label: string,
  change: (sound: edits.PatchSound) => Next,
  { gesture }: RunOptions = {},
): Promise<Edited & { readonly next: Next }> {
  const { checkedPatch } = await import('../../project/patchCheck.ts')
  const place = patchPlace(context, trackId)
  const next = change(heldSound(place))
  const { effects, gainDb } = place
  const patch = checkedPatch(next.patch, { values: next.values, effects, gainDb }, projectOf(context).sampleRate)
  const lanesRemoved = place.write(label, { patch, values: next.values }, gesture)
  return { next, ...edited(trackId, patch, lanesRemoved) }
}

const edited = (trackId: string | undefined, { units, mods }: Patch, lanesRemoved: number): Edited => ({
  trackId: trackId ?? null,
  units: Object.keys(units).length,
  modulations: mods.length,
  lanesRemoved,
})

/** An amount that the target's knob can show. */
function checkedAmount(patch: Patch, id: string, amount: number): number {
  const param = amountSpec(patch, id)!
  return Number(checkedValue({ param, key: param.label }, amount))
}

const nothingGiven = (field: string, hint: string): SoundloomError =>
  new SoundloomError('invalid-argument', 'Nothing was given to set.', { field, hint })

export const patchCommands = [
  defineCommand({
    id: 'patch.load',
    title: 'Load patch',
    doc: 'Gives the instrument of a track, or of the sound on the strip, a patch: JSON text or an object. A bad one is refused with its unit and field, and the old one plays on.',
    args: z.strictObject({
      trackId,
      patch: z.union([z.string().check(z.maxLength(2_000_000)), z.record(z.string(), z.unknown())]),
    }),
    tool: true,
    run: async (context, { trackId, patch: given }) => {
      const { checkedPatch } = await import('../../project/patchCheck.ts')
      const { readPatchText } = await import('../../presets/patchText.ts')
      const value = typeof given === 'string' ? readPatchText(given).value : given
      const place = patchPlace(context, trackId)
      const { effects, gainDb } = place
      const patch = checkedPatch(value, { values: {}, effects, gainDb }, projectOf(context).sampleRate)
      const lanesRemoved = place.write('Load patch', { patch, values: {} })
      if (lanesRemoved > 0)
        context.notices.show({
          kind: 'info',
          fact: `${place.name}: ${String(lanesRemoved)} automation ${lanesRemoved === 1 ? 'lane' : 'lanes'} removed`,
          consequence: 'What they moved is not in the new patch. Undo brings both back.',
        })
      return edited(trackId, patch, lanesRemoved)
    },
  }),
  defineCommand({
    id: 'patch.export',
    title: 'Export patch',
    doc: 'Offers the patch of a track, or of the sound on the strip, as JSON, every value as it plays: edit it and load it again.',
    args: z.strictObject({ trackId }),
    run: async (context, { trackId }) => {
      const { patchText } = await import('../../presets/patchText.ts')
      const place = patchPlace(context, trackId)
      const json = patchText(heldPatch(place))
      const name = fileName(`${place.name} patch`, 'patch')
      context.download(name, json, 'application/json')
      return { fileName: name, json }
    },
  }),
  defineCommand({
    id: 'patch.addModulation',
    title: 'Add modulation',
    doc: 'Lets a source (a unit, one of its outputs, or velocity, key, wheel and the like) move `unit.param` or voice.pitch. Amount: octaves for a log parameter, else its own unit.',
    args: z.strictObject({ trackId, from: source, to: target, amount: z.optional(z.number()) }),
    tool: true,
    run: async (context, { trackId, from, to, amount = 0 }) => {
      const { next, ...made } = await edit(context, trackId, 'Add modulation', (sound) => {
        const added = edits.addRow(sound, from, to, 0)
        if (amount === 0) return added
        return { ...edits.addRow(sound, from, to, checkedAmount(added.patch, added.id, amount)) }
      })
      return { ...made, row: next.id, from, to, amount }
    },
  }),
  defineCommand({
    id: 'patch.removeModulation',
    title: 'Remove modulation',
    doc: 'Removes a modulation, by its id or its place counted from 0, with the automation of its amount.',
    args: z.strictObject({ trackId, row }),
    tool: true,
    run: async (context, { trackId, row }) => {
      const { next: _next, ...made } = await edit(context, trackId, 'Remove modulation', (sound) =>
        edits.removeRow(sound, edits.rowAt(sound.patch, row)),
      )
      return { ...made, row }
    },
  }),
  defineCommand({
    id: 'patch.setModulation',
    title: 'Change modulation',
    doc: 'Gives a modulation another source or target. Where the new target measures otherwise, the amount keeps its place on the knob.',
    args: z.strictObject({ trackId, row, from: z.optional(source), to: z.optional(target) }),
    tool: true,
    run: async (context, { trackId, row, from, to }) => {
      if (from === undefined && to === undefined) throw nothingGiven('from', 'Give from or to.')
      const { next, ...made } = await edit(context, trackId, 'Change modulation', (sound) =>
        edits.aimRow(sound, edits.rowAt(sound.patch, row), {
          ...(from !== undefined && { from }),
          ...(to !== undefined && { to }),
        }),
      )
      const mod = next.patch.mods[edits.rowAt(next.patch, row)]!
      return { ...made, row, from: mod.from, to: mod.to, amount: edits.rowAmount(next, mod) }
    },
  }),
  defineCommand({
    id: 'patch.setAmount',
    title: 'Modulation amount',
    doc: 'Sets how far a modulation moves its target; it becomes the parameter `amount.<id>` of the sound where it was none.',
    args: z.strictObject({ trackId, row, amount: z.number() }),
    tool: true,
    run: (context, { trackId, row, amount }, { gesture }) => {
      const place = patchPlace(context, trackId)
      const sound = heldSound(place)
      const named = edits.setAmount(sound, edits.rowAt(sound.patch, row), amount)
      const held = checkedAmount(named.patch, named.id, amount)
      const key = `amount.${named.id}`
      const next = { patch: named.patch, values: { ...named.values, [key]: held } }
      const param = amountSpec(next.patch, named.id)!
      if (named.patch !== sound.patch || sound.values[key] !== held) place.write(param.label, next, gesture)
      return { trackId: trackId ?? null, row: named.id, key, amount: held, text: formatValue(param, held) }
    },
  }),
  defineCommand({
    id: 'patch.addUnit',
    title: 'Add unit',
    doc: 'Adds a unit with its defaults to the patch, patched to nothing yet: patch.connect and patch.addModulation use it.',
    args: z.strictObject({ trackId, type: fields.id, name: z.optional(unitName) }),
    tool: true,
    run: async (context, { trackId, type, name }) => {
      const { next, ...made } = await edit(context, trackId, 'Add unit', (sound) => edits.addUnit(sound, type, name))
      return { ...made, unit: next.name, type }
    },
  }),
  defineCommand({
    id: 'patch.removeUnit',
    title: 'Remove unit',
    doc: 'Removes a unit with all that leads to it and from it: connections, modulations, knobs, automation.',
    args: z.strictObject({ trackId, unit: unitName }),
    tool: true,
    run: async (context, { trackId, unit }) => {
      const { next: _next, ...made } = await edit(context, trackId, `Remove ${unit}`, (sound) =>
        edits.removeUnit(sound, unit),
      )
      return { ...made, unit }
    },
  }),
  defineCommand({
    id: 'patch.connect',
    title: 'Connect units',
    doc: 'Says which units, or outputs such as "osc1.left", are summed into an input of a unit; none leaves it open.',
    args: z.strictObject({
      trackId,
      unit: unitName,
      input: fields.id,
      from: z.array(source).check(z.maxLength(256)),
    }),
    tool: true,
    run: async (context, { trackId, unit, input, from }) => {
      const { next: _next, ...made } = await edit(context, trackId, 'Connect units', (sound) =>
        edits.connect(sound, unit, input, from),
      )
      return { ...made, unit, input, from }
    },
  }),
  defineCommand({
    id: 'patch.setVoices',
    title: 'Voices',
    doc: 'Sets how many voices the instrument has, whether it is poly, mono or legato, and how long it glides; what is not given stays.',
    args: z.strictObject({
      trackId,
      max: z.optional(z.int().check(z.minimum(1), z.maximum(64))),
      mode: z.optional(z.enum(['poly', 'mono', 'legato'])),
      glideSeconds: z.optional(z.number().check(z.minimum(0), z.maximum(60))),
    }),
    tool: true,
    run: async (context, { trackId, max, mode, glideSeconds }) => {
      if (max === undefined && mode === undefined && glideSeconds === undefined)
        throw nothingGiven('max', 'Give max, mode or glideSeconds.')
      const { next, ...made } = await edit(context, trackId, 'Voices', ({ patch, values }) => ({
        patch: {
          ...patch,
          voices: {
            max: max ?? patch.voices.max,
            mode: mode ?? patch.voices.mode,
            glideSeconds: glideSeconds ?? patch.voices.glideSeconds,
          },
        },
        values,
      }))
      return { ...made, ...next.patch.voices }
    },
  }),
] as const
