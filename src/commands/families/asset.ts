// asset.*, and where assets are put: the recordings and other long data that devices read (main thread). Undoable.
import type { Draft } from 'mutative'
import { SoundloomError } from '../../params/error.ts'
import { isAssetId, type AssetKind } from '../../presets/assets/record.ts'
import type { Device, Patch } from '../../presets/model.ts'
import { effectSpec, unitSpec } from '../../presets/spec.ts'
import * as fields from '../../project/fields.ts'
import { keepAudio } from '../audioFiles.ts'
import type { CommandContext } from '../context.ts'
import { defineCommand } from '../define.ts'
import { editProject, projectOf } from '../editProject.ts'
import { z } from '../schema.ts'
import { deviceOn } from './device.ts'
import { currentSound, editCopy } from './edit.ts'

const isFile = (value: unknown): boolean => typeof Blob === 'function' && value instanceof Blob && 'name' in value
const assetArg = z.nullable(z.string().check(z.maxLength(100)))
const unitArg = z.optional(z.string().check(z.maxLength(16)))

const wrong = (message: string, field: string, value: unknown, hint: string): SoundloomError =>
  new SoundloomError('invalid-argument', message, { field, value, hint })

/** Kind that a device reads: its own, or that of one of its units. `unit` null: an effect. */
interface Reader {
  readonly unit: string | null
  readonly kind: string
}

function readerOf(
  device: { readonly type: string; readonly patch?: Patch | undefined; readonly kind: Device['kind'] },
  unit?: string,
): Reader {
  if (device.kind === 'effect') {
    const kind = effectSpec(device.type)?.asset ?? 'none'
    if (kind !== 'none') return { unit: null, kind }
    throw wrong('This effect reads no recording.', 'deviceId', device.type, 'Use one that does, such as convolution.')
  }
  const units = Object.entries(device.patch?.units ?? {})
  const reading = units.find(
    ([name, { type }]) => (unit === undefined || name === unit) && (unitSpec(type)?.asset ?? 'none') !== 'none',
  )
  if (reading) return { unit: reading[0], kind: unitSpec(reading[1].type)!.asset }
  throw wrong(
    'This instrument reads no recording.',
    'unit',
    unit,
    'Use a sound with a sampler, granular or wavetable unit.',
  )
}

function checkAsset({ assets }: CommandContext, asset: string | null, { kind }: Reader): void {
  if (asset === null) return
  const known = assets.store.getState().known.get(asset)
  if (!isAssetId(asset) || (!known && asset.startsWith('as-')))
    throw new SoundloomError('unknown-id', `There is no asset "${asset}".`, {
      field: 'asset',
      value: asset,
      hint: 'Import a file first: asset.import.',
    })
  const has = known?.kind ?? 'sample'
  if (has !== kind)
    throw wrong(`This is a ${has}, and the device reads a ${kind}.`, 'asset', asset, `Import the file as ${kind}.`)
}

/** Puts it, or takes it away so that the default plays. */
function put(target: Draft<{ asset?: string }>, asset: string | null): void {
  if (asset === null) delete target.asset
  else target.asset = asset
}

export const assetCommands = [
  defineCommand({
    id: 'asset.import',
    title: 'Import recording',
    doc: 'Keeps an audio file as what a device reads: sample, impulse or wavetable. Resolves with the id for device.setAsset.',
    args: z.strictObject({ file: z.custom<File>(isFile), kind: z.enum(['sample', 'impulse', 'wavetable']) }),
    run: async (context, { file, kind }) => {
      const { entry, rootKey } = await keepAudio(context, file, kind satisfies AssetKind)
      return { assetId: entry.id, name: entry.name, kind, seconds: entry.seconds, channels: entry.channels, rootKey }
    },
  }),
  defineCommand({
    id: 'device.setAsset',
    title: 'Set recording of device',
    doc: 'Gives a device of a track or return the recording that it reads: an effect, or a unit of an instrument (the first that reads one). Null: its own default.',
    args: z.strictObject({ trackId: fields.id, deviceId: fields.id, unit: unitArg, asset: assetArg }),
    tool: true,
    run: (context, { trackId, deviceId, unit, asset }) => {
      const found = deviceOn(projectOf(context), trackId, deviceId)
      const { part } = found
      const reader = readerOf(part, unit)
      checkAsset(context, asset, reader)
      editProject(context, { label: 'Recording' }, (project) => {
        const device = found.of(project)
        // The end of a branch reads none.
        if ('type' in device) put(reader.unit === null ? device : device.patch!.units[reader.unit]!, asset)
      })
      return { trackId, deviceId, unit: reader.unit, asset }
    },
  }),
  defineCommand({
    id: 'audition.setAsset',
    title: 'Set recording of sound',
    doc: 'Gives an effect (`device`: its id or `fx1`) or the instrument of the sound on the strip the recording that it reads. Null: its own default.',
    args: z.strictObject({ device: z.optional(z.string().check(z.maxLength(100))), unit: unitArg, asset: assetArg }),
    tool: true,
    run: (context, { device, unit, asset }) => {
      const sound = currentSound(context)
      const { preset, patch } = sound
      const index = preset.effects.findIndex(({ id }, at) => id === device || `fx${String(at + 1)}` === device)
      if (device !== undefined && index < 0)
        throw new SoundloomError('unknown-id', `${preset.name} has no effect "${device}".`, {
          field: 'device',
          value: device,
        })
      const reader = readerOf(index < 0 ? { kind: 'instrument', type: '', patch } : preset.effects[index]!, unit)
      checkAsset(context, asset, reader)
      editCopy(context, sound, { label: 'Recording' }, (copy) => {
        if (reader.unit === null) return put(copy.effects[index]!, asset)
        // The copy has a patch of its own from here on.
        const own = structuredClone(patch) as Draft<Patch>
        put(own.units[reader.unit]!, asset)
        copy.patch = own
      })
      return { unit: reader.unit, asset }
    },
  }),
] as const
