// audition.* that change the copy on the strip: values, bypass, dice, reset, revert, save, export (main thread). All undoable.
import type { Draft } from 'mutative'
import { soundAssets } from '../../presets/assets/named.ts'
import { SoundloomError } from '../../params/error.ts'
import { formatValue } from '../../params/format.ts'
import { clampPlain } from '../../params/map.ts'
import type { PlainValue, Preset } from '../../presets/model.ts'
import { newId, NAME_LENGTH } from '../../project/document.ts'
import type { Edit } from '../../project/history.ts'
import { findParam, soundParams, withValues, type SoundParam } from '../../project/sound.ts'
import type { CommandContext } from '../context.ts'
import { defineCommand } from '../define.ts'
import { embedAssets, leftOut } from '../embedded.ts'
import { fileName } from '../fileName.ts'
import { z } from '../schema.ts'
import { diced } from '../dice.ts'
import type { Sound } from '../sounds.ts'

const none = z.strictObject({})

export function currentSound({ player }: CommandContext): Sound {
  const sound = player.current()
  if (sound) return sound
  throw new SoundloomError('not-ready', 'No sound is on the strip.', { hint: 'Select a sound first: audition.select.' })
}

/** Edits the copy of the sound on the strip, making one where there is none. */
export function editCopy(
  { history }: CommandContext,
  { preset }: Sound,
  edit: Omit<Edit, 'focus'>,
  change: (copy: Draft<Preset>) => Preset | void,
): void {
  history.edit({ ...edit, focus: preset.id }, (draft) => {
    const { copies } = draft.audition
    // A clone: a draft may not change the library's own object.
    copies[preset.id] ??= structuredClone(preset) as Draft<Preset>
    const replacement = change(copies[preset.id]!)
    if (replacement) copies[preset.id] = replacement as Draft<Preset>
  })
}

/** Rounding of knobs and of 32-bit engine values; beyond it a value is outside. */
const TOLERANCE = 1e-6

export function checkedValue({ param, key }: Pick<SoundParam, 'param' | 'key'>, value: PlainValue): PlainValue {
  const refuse = (hint: string): never => {
    const message = `${param.label} cannot be ${String(value)}.`
    throw new SoundloomError('invalid-argument', message, { field: 'value', value, hint })
  }
  if (param.curve === 'option') {
    if (param.options?.some(({ id }) => id === value)) return value
    return refuse(`One of: ${(param.options ?? []).map(({ id }) => id).join(', ')}.`)
  }
  const slack = TOLERANCE * Math.max(Math.abs(param.min), Math.abs(param.max))
  if (typeof value === 'number' && value >= param.min - slack && value <= param.max + slack)
    return clampPlain(param, value)
  return refuse(`${key} takes ${formatValue(param, param.min)} to ${formatValue(param, param.max)}.`)
}

export const editCommands = [
  defineCommand({
    id: 'audition.setValue',
    title: 'Set value',
    doc: 'Sets one parameter of the sound on the strip: key `unit.param`, or `fx1.param` for the first effect; plain value or option id.',
    args: z.strictObject({ key: z.string().check(z.maxLength(100)), value: z.union([z.number(), z.string()]) }),
    tool: true,
    run: (context, { key, value }, { gesture }) => {
      const sound = currentSound(context)
      const found = findParam(sound.preset, sound.patch, key)
      if (!found) {
        const message = `${sound.preset.name} has no parameter "${key}".`
        throw new SoundloomError('unknown-id', message, { field: 'key', value: key })
      }
      const plain = checkedValue(found, value)
      // Turning a knob to where it is makes no edited copy.
      if (plain === found.value) return { key, value: plain, text: formatValue(found.param, plain) }
      editCopy(context, sound, { label: found.param.label, gesture }, (copy) => {
        if (found.effect === undefined) copy.values[key] = plain
        else copy.effects[found.effect]!.values[found.param.id] = plain
      })
      return { key, value: plain, text: formatValue(found.param, plain) }
    },
  }),
  defineCommand({
    id: 'audition.setBypass',
    title: 'Bypass effect',
    doc: 'Takes an effect of the sound on the strip out of the chain, or puts it back; `device` is its id or `fx1`.',
    args: z.strictObject({ device: z.string().check(z.maxLength(100)), bypass: z.boolean() }),
    tool: true,
    run: (context, { device, bypass }) => {
      const sound = currentSound(context)
      const index = sound.preset.effects.findIndex(({ id }, at) => id === device || `fx${String(at + 1)}` === device)
      if (index < 0) {
        const message = `${sound.preset.name} has no effect "${device}".`
        throw new SoundloomError('unknown-id', message, { field: 'device', value: device })
      }
      editCopy(context, sound, { label: bypass ? 'Bypass effect' : 'Use effect' }, (copy) => {
        copy.effects[index]!.bypass = bypass
      })
      return { device: sound.preset.effects[index]!.id, bypass }
    },
  }),
  defineCommand({
    id: 'audition.dice',
    title: 'Dice',
    doc: "Draws new values near the sound's own, inside the ranges that its file gave; pitch and loudness stay.",
    args: none,
    tool: true,
    run: (context) => {
      const sound = currentSound(context)
      const values = diced(sound, context.random)
      editCopy(context, sound, { label: 'Dice' }, () => withValues(sound.preset, values))
      return { changed: values.size }
    },
  }),
  defineCommand({
    id: 'audition.reset',
    title: 'Reset to defaults',
    doc: 'Sets every parameter of the sound on the strip to the default of its device.',
    args: none,
    tool: true,
    run: (context) => {
      const sound = currentSound(context)
      const defaults = soundParams(sound.preset, sound.patch).map(({ key, param }) => [key, param.init] as const)
      editCopy(context, sound, { label: 'Reset to defaults' }, () => withValues(sound.preset, new Map(defaults)))
      return { changed: defaults.length }
    },
  }),
  defineCommand({
    id: 'audition.revert',
    title: 'Revert',
    doc: 'Drops all edits: the sound is again as the library holds it.',
    args: none,
    tool: true,
    run: (context) => {
      const { preset } = currentSound(context)
      context.history.edit({ label: 'Revert', focus: preset.id }, (draft) => {
        delete draft.audition.copies[preset.id]
      })
      return { presetId: preset.id, edited: false }
    },
  }),
  defineCommand({
    id: 'audition.save',
    title: 'Save as preset',
    doc: 'Keeps the sound on the strip, edits included, as a new preset of the library; the sound that it came from is as before.',
    args: z.strictObject({ name: z.string().check(z.trim(), z.minLength(1), z.maxLength(NAME_LENGTH)) }),
    tool: true,
    run: async (context, { name }) => {
      const { history, library, stores } = context
      const { preset, patch } = currentSound(context)
      const id = `usr-${newId()}`
      const { found: _found, pointer: _pointer, ...source } = preset.source
      const saved: Preset = { ...structuredClone(preset), id, name, patch, source: { ...source, kind: 'user' } }
      // In the bin until the step below takes it out, so that undo has something to go back to; nothing is ever deleted.
      stores.library.setState(({ binned }) => ({ binned: { ...binned, [id]: true } }))
      await library.save(saved)
      history.edit({ label: 'Save as preset', focus: preset.id }, (draft) => {
        delete draft.library.binned[id]
        delete draft.audition.copies[preset.id]
      })
      stores.session.setState({ selectedPresetId: id, keysPlay: 'sound' })
      return { presetId: id, name }
    },
  }),
  defineCommand({
    id: 'audition.exportJson',
    title: 'Export JSON',
    doc: 'Offers the sound on the strip, edits included, as a preset file that any Soundloom reads.',
    args: none,
    run: async (context) => {
      const { preset, patch } = currentSound(context)
      const { exportPresets } = await import('../../presets/own.ts')
      const whole = exportPresets([{ ...preset, patch }])
      const { json, left } = await embedAssets(whole, soundAssets({ patch, effects: preset.effects }), context.assets)
      if (left.length > 0)
        context.notices.show({
          kind: 'warning',
          fact: `${preset.name}: the file is not whole`,
          consequence: leftOut(left),
        })
      const name = fileName(preset.name, 'sound')
      context.download(name, json, 'application/json')
      return { fileName: name, json }
    },
  }),
] as const
