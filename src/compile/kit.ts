// A kit to the pads of a plan: each pad compiled as a sound of its own (any thread; pure). wasm/wire/plan.h is the format.
import { constants, records } from '../generated/wire.ts'
import { SoundloomError } from '../params/error.ts'
import { AMOUNT } from '../presets/amounts.ts'
import type { Patch, PatchPad, PlainValue } from '../presets/model.ts'
import { padPatch } from '../presets/pads.ts'
import { PAD_SPEC } from '../presets/spec.ts'
import type { AssetUse } from './assets.ts'
import { kitNs } from './cost.ts'
import { encodePlan } from './encode.ts'
import { engineValue } from './values.ts'
import { readVoices } from './voice.ts'

interface ReadPad extends ReturnType<typeof readVoices> {
  readonly pad: PatchPad
  /** In the order of PAD_SPEC. */
  readonly values: readonly number[]
}

export interface ReadKit {
  readonly pads: readonly ReadPad[]
  readonly voices: Patch['voices']
  /** With every voice sounding. */
  readonly groupsNs: number
}

/** Pads as the last sections of a plan. */
export interface EncodedPads {
  readonly records: Uint8Array
  readonly plans: readonly Uint8Array[]
  /** Where the plans name assets, from the first byte of the first one. */
  readonly assets: readonly AssetUse[]
  /** Value keys in the order of the kit's parameters: those of a pad's units, then its own. */
  readonly params: readonly string[]
}

const bad = (message: string, field: string, value: unknown, hint: string): SoundloomError =>
  new SoundloomError('invalid-argument', message, { field, value, hint })
const within = (value: number, min: number, max: number): boolean =>
  Number.isInteger(value) && value >= min && value <= max

/** Throws as `compileProgram` says. */
export function readKit(patch: Patch, overrides: Readonly<Record<string, PlainValue>>): ReadKit {
  const { pads = [], voices } = patch
  if (pads.length < 1 || pads.length > constants.maxPads)
    throw new SoundloomError('limit-exceeded', `A kit has 1 to ${constants.maxPads} pads`, {
      field: '/patch/pads',
      value: pads.length,
    })
  if (voices.mode !== 'poly' || !within(voices.max, 1, constants.maxVoices))
    throw bad('A kit is played poly', '/patch/voices', voices, `Use poly and 1 to ${constants.maxVoices} voices.`)
  const owner = new Map<string, string>()
  const known = new Set<string>()
  const read = pads.map((pad, index): ReadPad => {
    const field = `/patch/pads/${index}`
    checkPad(pad, field)
    if (owner.has(pad.id) || Object.hasOwn(patch.units, pad.id))
      throw bad(`"${pad.id}" is taken`, `${field}/id`, pad.id, 'Give each pad an id of its own.')
    owner.set(pad.id, pad.id)
    const own = padPatch(patch, pad)
    for (const name of Object.keys(own.units)) {
      const other = owner.get(name)
      if (other !== undefined)
        throw bad(
          `The unit "${name}" plays for the pad "${other}" already`,
          `${field}/out`,
          pad.out,
          'Give each pad units of its own.',
        )
      owner.set(name, pad.id)
    }
    const amounts = own.mods.flatMap(({ id }) => (id === undefined ? [] : [`${AMOUNT}.${id}`]))
    const values = Object.fromEntries(
      Object.entries(overrides).filter(
        ([key]) => Object.hasOwn(own.units, key.split('.', 1)[0]!) || amounts.includes(key),
      ),
    )
    const padKeys = PAD_SPEC.params.map(({ id }) => `${pad.id}.${id}`)
    for (const key of [...Object.keys(values), ...padKeys]) known.add(key)
    return {
      ...readVoices(own, values),
      pad,
      values: PAD_SPEC.params.map((param) =>
        engineValue(
          param,
          overrides[`${pad.id}.${param.id}`] ?? pad.values?.[param.id] ?? param.init,
          `${field}/values/${param.id}`,
        ),
      ),
    }
  })
  for (const key of Object.keys(overrides)) {
    if (known.has(key) || /^fx[1-9]\d*\./.test(key)) continue
    // A unit that no pad hears has no parameters in the plan; its values wait.
    if (Object.hasOwn(patch.units, key.split('.', 1)[0]!)) continue
    throw new SoundloomError('unknown-id', `The kit has no parameter "${key}"`, {
      field: `/values/${key}`,
      value: overrides[key],
    })
  }
  return {
    pads: read,
    voices,
    groupsNs: kitNs(
      read.map(({ voiceNs, pad }) => ({ voiceNs, voices: pad.voices })),
      voices.max,
    ),
  }
}

function checkPad({ low, high, key, choke = 0, voices }: PatchPad, field: string): void {
  if (!within(low, 0, 127)) throw bad('There is no such key', `${field}/low`, low, 'Use 0 to 127.')
  if (!within(high, low, 127)) throw bad('There is no such key', `${field}/high`, high, `Use ${low} to 127.`)
  if (!(Math.abs(key) <= 256)) throw bad('There is no such note', `${field}/key`, key, 'Use a MIDI note number.')
  if (!within(choke, 0, constants.maxChoke))
    throw bad('There is no such choke group', `${field}/choke`, choke, `Use 1 to ${constants.maxChoke}.`)
  if (!within(voices, 1, constants.maxPadVoices))
    throw bad('The number of voices is out of range', `${field}/voices`, voices, `Use 1 to ${constants.maxPadVoices}.`)
}

export function encodeKit({ pads }: ReadKit): EncodedPads {
  const { bytes: size, offset } = records.planPad
  const bytes = new Uint8Array(size * pads.length)
  const plans: Uint8Array[] = []
  const assets: AssetUse[] = []
  const params: string[] = []
  let at = 0
  pads.forEach(({ ops, wires, voices, voiceNs, pad, values }, index) => {
    const plan = encodePlan({ ops, wires, effects: [], voices, voiceNs, gainDb: 0 })
    const view = new DataView(bytes.buffer, index * size, size)
    view.setUint16(offset.low, pad.low, true)
    view.setUint16(offset.high, pad.high, true)
    view.setUint16(offset.choke, pad.choke ?? 0, true)
    view.setUint16(offset.oneShot, pad.oneShot ? 1 : 0, true)
    view.setFloat32(offset.key, pad.key, true)
    PAD_SPEC.params.forEach(({ id }, place) =>
      view.setFloat32(offset[id as 'level' | 'pan' | 'tune'], values[place]!, true),
    )
    view.setUint32(offset.bytes, plan.bytes.length, true)
    for (const use of plan.assets) assets.push({ ...use, at: use.at + at })
    params.push(...plan.unitParams, ...PAD_SPEC.params.map(({ id }) => `${pad.id}.${id}`))
    plans.push(plan.bytes)
    at += plan.bytes.length
  })
  return { records: bytes, plans, assets, params }
}
