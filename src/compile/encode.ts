// Writes the plan's bytes (any thread). The format and its limits are declared in wasm/wire/plan.h.
import { constants, enums, records } from '../generated/wire.ts'
import { SoundloomError } from '../params/error.ts'
import { AMOUNT } from '../presets/amounts.ts'
import type { Patch } from '../presets/model.ts'
import type { AssetUse } from './assets.ts'
import type { Wires } from './colour.ts'
import type { Op } from './order.ts'
import type { EncodedPads } from './kit.ts'
import type { CompiledEffect } from './program.ts'

interface PlanParts {
  readonly ops: readonly Op[]
  readonly wires: Wires
  readonly effects: readonly CompiledEffect[]
  readonly voices: Patch['voices']
  /** Of four voices and one micro-block. */
  readonly voiceNs: number
  readonly gainDb: number
  /** Of a kit, which has no ops of its own. */
  readonly pads?: EncodedPads | undefined
}

/** Throws `limit-exceeded` over 1 MB. `unitParams`: value keys in the order of the instrument's parameters. */
export function encodePlan({ ops, wires, effects, voices, voiceNs, gainDb, pads }: PlanParts) {
  const assets: AssetUse[] = []
  const header = records.planHeader.offset
  const ports: number[] = []
  const params: number[] = []
  const unitParams: string[] = []
  const rows = new Section(records.planRow.bytes)
  const sources = new Section(records.planSource.bytes)
  const amounts = new Section(records.planAmount.bytes)
  const knobs: string[] = []
  const tables = new Section(records.planTable.bytes)
  const harmonics: number[] = []
  const opBytes = new Section(records.planOp.bytes)
  for (const [index, op] of ops.entries()) {
    const at = records.planOp.offset
    const view = opBytes.add()
    view.setUint16(at.kind, enums.opKind[op.kind], true)
    view.setUint16(at.unit, op.unit?.spec.index ?? 0, true)
    view.setUint16(at.inputs, op.inputs.length, true)
    view.setUint16(at.outputs, op.outputs, true)
    view.setUint32(at.firstPort, ports.length, true)
    view.setUint32(at.firstParam, params.length, true)
    view.setUint32(at.firstRow, rows.count, true)
    view.setUint16(at.rows, op.mods.length, true)
    view.setUint16(at.table, op.unit?.harmonics ? tables.count : constants.noWire, true)
    if (op.unit?.asset) {
      const opAt = records.planHeader.bytes + index * records.planOp.bytes
      assets.push({ at: opAt + at.asset, id: op.unit.asset, kind: op.unit.spec.asset })
    }
    for (const input of op.inputs) ports.push(input ? wires.of(input) : constants.noWire)
    for (let port = 0; port < op.outputs; port++) ports.push(wires.of({ op: index, port }))
    if (op.unit) {
      params.push(...op.unit.values)
      unitParams.push(...op.unit.spec.params.map(({ id }) => `${op.unit!.name}.${id}`))
    }
    for (const mod of op.mods) {
      const row = rows.add()
      row.setUint16(records.planRow.offset.param, mod.param, true)
      row.setUint16(records.planRow.offset.sources, mod.sources.length, true)
      row.setUint32(records.planRow.offset.firstSource, sources.count, true)
      for (const { kind, signal, amount, knob } of mod.sources) {
        const source = sources.add()
        source.setUint16(records.planSource.offset.kind, enums.sourceKind[kind], true)
        source.setUint16(records.planSource.offset.wire, signal ? wires.of(signal) : 0, true)
        source.setFloat32(records.planSource.offset.amount, amount, true)
        source.setUint32(records.planSource.offset.knob, knob ? amounts.count : constants.noKnob, true)
        if (!knob) continue
        const turned = amounts.add()
        turned.setFloat32(records.planAmount.offset.value, amount, true)
        turned.setFloat32(records.planAmount.offset.limit, knob.limit, true)
        knobs.push(`${AMOUNT}.${knob.id}`)
      }
    }
    if (op.unit?.harmonics) {
      const table = tables.add()
      table.setUint32(records.planTable.offset.firstHarmonic, harmonics.length, true)
      table.setUint32(records.planTable.offset.harmonics, op.unit.harmonics.length, true)
      harmonics.push(...op.unit.harmonics)
    }
  }
  if (ports.length % 2 !== 0) ports.push(constants.noWire)
  const effectValues: number[] = []
  const effectBytes = new Section(records.planEffect.bytes)
  for (const { spec, bypass, place, values } of effects) {
    const view = effectBytes.add()
    view.setUint16(records.planEffect.offset.effect, spec.index, true)
    view.setUint8(records.planEffect.offset.bypass, bypass ? 1 : 0)
    view.setUint8(records.planEffect.offset.place, place)
    view.setUint32(records.planEffect.offset.firstValue, effectValues.length, true)
    effectValues.push(...values)
  }

  const sections = [
    opBytes.bytes(),
    new Uint8Array(new Uint16Array(ports).buffer),
    new Uint8Array(new Float32Array(params).buffer),
    rows.bytes(),
    sources.bytes(),
    amounts.bytes(),
    tables.bytes(),
    new Uint8Array(new Float32Array(harmonics).buffer),
    effectBytes.bytes(),
    new Uint8Array(new Float32Array(effectValues).buffer),
  ]
  const ownLength = sections.reduce<number>((sum, section) => sum + section.length, records.planHeader.bytes)
  const effectsAt = ownLength - effectValues.length * 4 - effects.length * records.planEffect.bytes
  effects.forEach(({ spec, asset }, index) => {
    const at = effectsAt + index * records.planEffect.bytes + records.planEffect.offset.asset
    if (asset) assets.push({ at, id: asset, kind: spec.asset })
  })
  if (pads) {
    const plansAt = ownLength + pads.records.length
    sections.push(pads.records, ...pads.plans)
    for (const use of pads.assets) assets.push({ ...use, at: use.at + plansAt })
  }
  const length = sections.reduce<number>((sum, section) => sum + section.length, records.planHeader.bytes)
  if (length > constants.maxPlanBytes) {
    throw new SoundloomError('limit-exceeded', `A plan holds at most ${constants.maxPlanBytes} bytes`, {
      field: '/patch',
      value: length,
    })
  }
  if (!(gainDb >= -200 && gainDb <= 60)) {
    throw new SoundloomError('invalid-argument', 'The gain is out of range', {
      field: '/gainDb',
      value: gainDb,
      hint: 'Use -200 to 60 dB.',
    })
  }
  const bytes = new Uint8Array(length)
  const view = new DataView(bytes.buffer)
  const words: readonly (readonly [keyof typeof header, number])[] = [
    ['magic', constants.planMagic],
    ['bytes', length],
    ['ops', ops.length],
    ['ports', ports.length],
    ['params', params.length],
    ['rows', rows.count],
    ['sources', sources.count],
    ['amounts', amounts.count],
    ['tables', tables.count],
    ['harmonics', harmonics.length],
    ['effects', effects.length],
    ['effectValues', effectValues.length],
    ['pads', pads?.plans.length ?? 0],
    ['wires', wires.count],
    ['left', wires.left],
    ['right', wires.right],
    ['voices', voices.max],
    ['mode', enums.voiceMode[voices.mode]],
  ]
  for (const [name, value] of words) view.setUint32(header[name], value, true)
  view.setFloat32(header.glideSeconds, voices.glideSeconds, true)
  view.setFloat32(header.gainDb, gainDb, true)
  view.setFloat32(header.voiceNs, voiceNs, true)
  let at = records.planHeader.bytes
  for (const section of sections) {
    bytes.set(section, at)
    at += section.length
  }
  return { bytes, unitParams: [...unitParams, ...knobs], assets }
}

/** Records of one size, one after another. */
class Section {
  readonly #size: number
  readonly #views: DataView<ArrayBuffer>[] = []
  constructor(size: number) {
    this.#size = size
  }
  get count(): number {
    return this.#views.length
  }
  add(): DataView<ArrayBuffer> {
    const view = new DataView(new ArrayBuffer(this.#size))
    this.#views.push(view)
    return view
  }
  bytes(): Uint8Array {
    const all = new Uint8Array(this.#size * this.#views.length)
    this.#views.forEach((view, index) => all.set(new Uint8Array(view.buffer), index * this.#size))
    return all
  }
}
