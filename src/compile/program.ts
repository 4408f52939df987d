// A sound to plan bytes: the one door of the compiler (any thread; pure and deterministic). wasm/wire/plan.h is the format.
import { EFFECTS } from '../generated/effects.ts'
import type { EffectSpec } from '../generated/specs.ts'
import { constants } from '../generated/wire.ts'
import { SoundloomError } from '../params/error.ts'
import type { Device, Patch, PlainValue } from '../presets/model.ts'
import type { AssetUse } from './assets.ts'
import { groupsNs, predictCost } from './cost.ts'
import { encodePlan } from './encode.ts'
import { encodeKit, readKit } from './kit.ts'
import { checkedAsset, engineValue } from './values.ts'
import { readVoices } from './voice.ts'

/** An effect and where it stands in a rack: RACK_PLACE bits, 0 outside. */
export interface PlacedDevice extends Device {
  readonly place?: number
}

/** A sound ready to be compiled: what a preset says, its patch resolved, its values and effects edited or not. */
export interface ProgramInput {
  readonly patch: Patch
  /** `unit.param` -> plain value, over the patch's own values. */
  readonly values: Readonly<Record<string, PlainValue>>
  readonly effects: readonly PlacedDevice[]
  /** Gain after the chain in dB (level match); 0 leaves the sound as it is. */
  readonly gainDb: number
}

/** Effects alone, for what is sent to a return: `fx1.param` values, no voices. */
export interface ChainInput {
  readonly patch: null
  readonly values: ProgramInput['values']
  readonly effects: readonly PlacedDevice[]
  readonly gainDb: number
}

/** Where one parameter lives in an installed program: device 0 is the instrument, 1.. the effects. */
export interface ParamAddress {
  readonly device: number
  readonly param: number
}

export interface CompiledProgram {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** By value key: `unit.param`, `fx1.param`. Units that nothing hears have been left out and have none. */
  readonly params: Readonly<Record<string, ParamAddress>>
  /** Where the plan names assets: an engine puts its handles there. */
  readonly assets: readonly AssetUse[]
  /** Predicted share of one core with every voice sounding, 0..1. Latency and tail: exports program_latency, program_tail. */
  readonly predictedCost: number
}

export interface CompiledEffect {
  readonly spec: EffectSpec
  readonly bypass: boolean
  readonly place: number
  readonly values: readonly number[]
  readonly asset: string | null
}

/** A plan that needs more of one core than this never reaches the audio thread. */
export const MAX_COST = 0.25

const effectSpecs = new Map(EFFECTS.map((spec) => [spec.id, spec]))

/**
 * Throws SoundloomError: `invalid-argument` or `unknown-id` with the JSON pointer of what is wrong, `limit-exceeded` for sizes,
 * `over-budget` when all voices would need more than a quarter of one core.
 */
export function compileProgram(input: ProgramInput | ChainInput, sampleRate = 48000): CompiledProgram {
  const kit = input.patch?.pads ? readKit(input.patch, input.values) : null
  const { ops, wires, voices, voiceNs } =
    input.patch && !kit ? readVoices(input.patch, input.values) : { ...NO_VOICES, ...(kit && { voices: kit.voices }) }
  const effects = input.effects.map((device, index) => readEffect(device, index, input.values))
  const most = effects.some(({ place }) => place !== 0) ? constants.maxChain : constants.maxEffects
  if (effects.length > most) {
    throw new SoundloomError('limit-exceeded', `A chain holds at most ${most} effects`, {
      field: '/effects',
      value: effects.length,
    })
  }
  const predictedCost = predictCost(kit ? kit.groupsNs : groupsNs(voiceNs, voices), effects, sampleRate)
  if (predictedCost > MAX_COST) {
    throw new SoundloomError(
      'over-budget',
      `This sound would need ${Math.round(predictedCost * 100)} % of a processor core`,
      {
        field: input.patch ? '/patch/voices/max' : '/effects',
        value: input.patch ? voices.max : effects.length,
        hint: 'Use fewer voices, units or effects.',
      },
    )
  }
  const pads = kit ? encodeKit(kit) : undefined
  const plan = encodePlan({ ops, wires, effects, voices, voiceNs, gainDb: input.gainDb, pads })
  const { bytes, assets } = plan
  const unitParams = pads?.params ?? plan.unitParams
  const params: Record<string, ParamAddress> = Object.create(null) as Record<string, ParamAddress>
  unitParams.forEach((key, param) => (params[key] = { device: 0, param }))
  effects.forEach(({ spec }, index) => {
    for (const { id, index: param } of spec.params) params[`fx${index + 1}.${id}`] = { device: index + 1, param }
  })
  return { bytes, params, assets, predictedCost }
}

const NO_VOICES = {
  ops: [],
  wires: { count: 0, of: () => constants.noWire, left: 0, right: 0 },
  voices: { max: 0, mode: 'poly', glideSeconds: 0 },
  voiceNs: 0,
} as const

function readEffect(device: PlacedDevice, index: number, overrides: ProgramInput['values']): CompiledEffect {
  const spec = effectSpecs.get(device.type)
  if (!spec) {
    throw new SoundloomError('unknown-id', `There is no effect "${device.type}"`, {
      field: `/effects/${index}/type`,
      value: device.type,
      hint: `Known effects: ${EFFECTS.map(({ id }) => id).join(', ')}.`,
    })
  }
  const known = new Set(spec.params.map(({ id }) => id))
  for (const id of Object.keys(device.values)) {
    if (known.has(id)) continue
    throw new SoundloomError('unknown-id', `"${device.type}" has no parameter "${id}"`, {
      field: `/effects/${index}/values/${id}`,
      value: device.values[id],
      hint: `Known parameters: ${[...known].join(', ')}.`,
    })
  }
  const values = spec.params.map((param) =>
    engineValue(
      param,
      overrides[`fx${index + 1}.${param.id}`] ?? device.values[param.id] ?? param.init,
      `/effects/${index}/values/${param.id}`,
    ),
  )
  const asset = checkedAsset(device.asset, spec, `/effects/${index}/asset`)
  return { spec, bypass: device.bypass, place: device.place ?? 0, values, asset }
}
