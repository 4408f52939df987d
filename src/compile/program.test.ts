// From patch to plan: what is left out, what runs first, which wires are shared, and what every refusal says.
import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { constants, enums, records } from '../generated/wire.ts'
import { UNITS } from '../generated/units.ts'
import { SoundloomError } from '../params/error.ts'
import type { Patch, PatchMod, PatchUnit } from '../presets/model.ts'
import { compileProgram } from './program.ts'

const base: Patch = {
  version: 1,
  units: {
    osc: { type: 'saw' },
    filter: { type: 'svf', in: { in: ['osc'] } },
    env: { type: 'env' },
    amp: { type: 'gain', in: { in: ['filter'], mod: ['env'] } },
    pan: { type: 'pan', in: { in: ['amp'] } },
  },
  mods: [],
  out: { left: 'pan.left', right: 'pan.right' },
  voices: { max: 8, mode: 'poly', glideSeconds: 0 },
  groups: [],
}
const patch = (units: Record<string, PatchUnit> = {}, extra: Partial<Patch> = {}): Patch => ({
  ...base,
  units: { ...base.units, ...units },
  ...extra,
})
const compile = (p: Patch, values = {}) => compileProgram({ patch: p, values, effects: [], gainDb: 0 })

/** The ops of a plan, read back from its bytes. */
function opsOf(bytes: Uint8Array<ArrayBuffer>) {
  const view = new DataView(bytes.buffer)
  const h = records.planHeader.offset
  const count = view.getUint32(h.ops, true)
  const portsAt = records.planHeader.bytes + count * records.planOp.bytes
  const at = records.planOp.offset
  return Array.from({ length: count }, (_, i) => {
    const op = records.planHeader.bytes + i * records.planOp.bytes
    const u16 = (offset: number): number => view.getUint16(op + offset, true)
    const first = view.getUint32(op + at.firstPort, true)
    const port = (k: number): number => view.getUint16(portsAt + 2 * (first + k), true)
    const kind = Object.entries(enums.opKind).find(([, value]) => value === u16(at.kind))![0]
    return {
      name: kind === 'unit' ? UNITS[u16(at.unit)]!.id : kind,
      inputs: Array.from({ length: u16(at.inputs) }, (_, k) => port(k)),
      outputs: Array.from({ length: u16(at.outputs) }, (_, k) => port(u16(at.inputs) + k)),
    }
  })
}

function refusal(run: () => unknown): SoundloomError {
  try {
    run()
  } catch (error) {
    if (error instanceof SoundloomError) return error
    throw error
  }
  throw new Error('it was accepted')
}

describe('compile', () => {
  it('is deterministic and does not depend on the order of keys', () => {
    const shuffled = { ...base, units: Object.fromEntries(Object.entries(base.units).reverse()) }
    expect(compile(shuffled).bytes).toEqual(compile(base).bytes)
  })

  it('runs sources before what needs them', () => {
    const names = opsOf(compile(base).bytes).map(({ name }) => name)
    expect(names.indexOf('saw')).toBeLessThan(names.indexOf('svf'))
    expect(names.indexOf('svf')).toBeLessThan(names.indexOf('gain'))
    expect(names.indexOf('env')).toBeLessThan(names.indexOf('gain'))
    expect(names.at(-1)).toBe('pan')
  })

  it('leaves out what nothing hears, keeps what only modulates', () => {
    const mods: PatchMod[] = [{ from: 'lfo', to: 'filter.cutoff', amount: 1 }]
    const { bytes, params } = compile(patch({ lfo: { type: 'lfo' }, lost: { type: 'white' } }, { mods }))
    const names = opsOf(bytes).map(({ name }) => name)
    expect(names).toContain('lfo')
    expect(names).not.toContain('white')
    expect(params['lfo.rate']).toBeDefined()
    expect(params['lost.level']).toBeUndefined()
  })

  it('sums several sources in the order they are listed, also more than one operation can take', () => {
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`o${i}`, { type: 'sine' }]))
    const ops = opsOf(
      compile(
        patch(
          { ...many, filter: { type: 'svf', in: { in: Object.keys(many) } } },
          { voices: { max: 1, mode: 'poly', glideSeconds: 0 } },
        ),
      ).bytes,
    )
    const sums = ops.filter(({ name }) => name === 'sum')
    expect(sums.map(({ inputs }) => inputs.length)).toEqual([16, 16, 10])
  })

  it('pitch modulation runs before the units that hear it, after those that make it', () => {
    const names = opsOf(
      compile(patch({ lfo: { type: 'lfo' } }, { mods: [{ from: 'lfo', to: 'voice.pitch', amount: 1 }] })).bytes,
    ).map(({ name }) => name)
    expect(names.indexOf('lfo')).toBeLessThan(names.indexOf('pitch'))
    expect(names.indexOf('pitch')).toBeLessThan(names.indexOf('saw'))
  })

  it('shares wires, but no output ever lies on an input of its op or on a signal that is still needed', () => {
    const chain = fc.array(fc.array(fc.nat(20), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(chain, (links) => {
        const units: Record<string, PatchUnit> = { u0: { type: 'sine' } }
        links.forEach(
          (sources, i) => (units[`u${i + 1}`] = { type: 'svf', in: { in: sources.map((s) => `u${s % (i + 1)}`) } }),
        )
        const last = `u${links.length}`
        const plan = compile({
          ...base,
          units,
          out: { left: last, right: 'u0' },
          voices: { max: 1, mode: 'poly', glideSeconds: 0 },
        }).bytes
        const ops = opsOf(plan)
        // Play the plan with symbols: every input must find what its source wrote.
        const wire = new Map<number, string>()
        const value = new Map<string, string>()
        for (const [i, op] of ops.entries()) {
          for (const output of op.outputs) expect(op.inputs).not.toContain(output)
          const inputs = op.inputs.filter((w) => w !== constants.noWire).map((w) => wire.get(w)!)
          expect(inputs).not.toContain(undefined)
          const symbol = op.name === 'sine' ? 'u0' : op.name === 'sum' ? `(${inputs.join('+')})` : `f${inputs[0]}`
          op.outputs.forEach((w) => wire.set(w, symbol))
          value.set(String(i), symbol)
        }
        const expected = (name: string): string => {
          if (name === 'u0') return 'u0'
          const sources = units[name]!.in!.in!.map(expected)
          return sources.length === 1 ? `f${sources[0]}` : `f(${sources.join('+')})`
        }
        const view = new DataView(plan.buffer)
        expect(wire.get(view.getUint32(records.planHeader.offset.left, true))).toBe(expected(last))
        expect(wire.get(view.getUint32(records.planHeader.offset.right, true))).toBe('u0')
      }),
      { seed: 4, numRuns: process.env.VERIFY ? 2000 : 60 },
    )
  })

  it('addresses parameters of the instrument and of effects by value key', () => {
    const { params } = compileProgram({
      patch: base,
      values: { 'filter.cutoff': 500 },
      effects: [
        { id: 'a', kind: 'effect', type: 'delay', values: {}, bypass: false },
        { id: 'b', kind: 'effect', type: 'chorus', values: { mix: 0.2 }, bypass: true },
      ],
      gainDb: -3,
    })
    expect(params['filter.cutoff']!.device).toBe(0)
    expect(params['fx1.time']!.device).toBe(1)
    expect(params['fx2.mix']!.device).toBe(2)
    const all = Object.values(params).map(({ device, param }) => `${device}/${param}`)
    expect(new Set(all).size).toBe(all.length)
  })

  it.each<[string, () => unknown, string, string]>([
    ['an unknown unit', () => compile(patch({ osc: { type: 'theremin' } })), 'unknown-id', '/patch/units/osc/type'],
    [
      'an unknown parameter',
      () => compile(patch({ osc: { type: 'saw', values: { wobble: 1 } } })),
      'unknown-id',
      '/patch/units/osc/values/wobble',
    ],
    [
      'a value out of range',
      () => compile(patch({ filter: { type: 'svf', values: { cutoff: 5 } } })),
      'invalid-argument',
      '/patch/units/filter/values/cutoff',
    ],
    [
      'a value that is not a number',
      () => compile(base, { 'filter.cutoff': NaN }),
      'invalid-argument',
      '/patch/units/filter/values/cutoff',
    ],
    [
      'an unknown option',
      () => compile(patch({ filter: { type: 'svf', values: { mode: 'sideways' } } })),
      'invalid-argument',
      '/patch/units/filter/values/mode',
    ],
    ['a value for nothing', () => compile(base, { 'ghost.level': 1 }), 'unknown-id', '/values/ghost.level'],
    [
      'an unknown source',
      () => compile(patch({ filter: { type: 'svf', in: { in: ['ghost'] } } })),
      'invalid-argument',
      '/patch/units/filter/in/in/0',
    ],
    [
      'an unknown output',
      () => compile(patch({ filter: { type: 'svf', in: { in: ['osc.side'] } } })),
      'invalid-argument',
      '/patch/units/filter/in/in/0',
    ],
    [
      'an unknown input',
      () => compile(patch({ filter: { type: 'svf', in: { drive: ['osc'] } } })),
      'invalid-argument',
      '/patch/units/filter/in/drive',
    ],
    [
      'an unknown modulation target',
      () => compile(patch({}, { mods: [{ from: 'env', to: 'osc.wobble', amount: 1 }] })),
      'invalid-argument',
      '/patch/mods/0/to',
    ],
    [
      'modulation of an option',
      () => compile(patch({}, { mods: [{ from: 'env', to: 'filter.mode', amount: 1 }] })),
      'invalid-argument',
      '/patch/mods/0/to',
    ],
    [
      'an endless modulation',
      () => compile(patch({}, { mods: [{ from: 'env', to: 'filter.cutoff', amount: Infinity }] })),
      'invalid-argument',
      '/patch/mods/0/amount',
    ],
    ['a reserved name', () => compile(patch({ voice: { type: 'saw' } })), 'invalid-argument', '/patch/units/voice'],
    [
      'too many voices',
      () => compile(patch({}, { voices: { max: 257, mode: 'poly', glideSeconds: 0 } })),
      'invalid-argument',
      '/patch/voices/max',
    ],
    [
      'too many units',
      () => compile(patch(Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`x${i}`, { type: 'saw' }])))),
      'limit-exceeded',
      '/patch/units',
    ],
    [
      'an unknown effect',
      () =>
        compileProgram({
          patch: base,
          values: {},
          gainDb: 0,
          effects: [{ id: 'a', kind: 'effect', type: 'fuzz9', values: {}, bypass: false }],
        }),
      'unknown-id',
      '/effects/0/type',
    ],
  ])('refuses %s and names the place', (_, run, code, field) => {
    const error = refusal(run)
    expect([error.code, error.field]).toEqual([code, field])
    expect(error.hint.length).toBeGreaterThan(5)
  })

  it('names the units of a circle', () => {
    const circle = patch({ filter: { type: 'svf', in: { in: ['osc', 'amp'] } } })
    const error = refusal(() => compile(circle))
    expect(error.code).toBe('invalid-argument')
    expect(error.message).toContain('amp -> filter -> amp')
  })

  it('refuses what would need more than a quarter of a core, before the engine sees it', () => {
    const stack = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`s${i}`, { type: 'supersaw' }]))
    const heavy = patch(
      { ...stack, filter: { type: 'svf', in: { in: Object.keys(stack) } } },
      { voices: { max: 64, mode: 'poly', glideSeconds: 0 } },
    )
    expect(refusal(() => compile(heavy)).code).toBe('over-budget')
    expect(compile(base).predictedCost).toBeLessThan(0.01)
  })

  it('refuses a plan over one megabyte', () => {
    const harmonics = Array.from({ length: constants.maxHarmonics }, (_, i) => 1 / (i + 1))
    const additive = (count: number): Patch => ({
      ...base,
      units: Object.fromEntries(Array.from({ length: count }, (_, i) => [`a${i}`, { type: 'additive', harmonics }])),
      mods: Array.from({ length: count - 1 }, (_, i) => ({ from: `a${i + 1}`, to: 'a0.level', amount: 0.001 })),
      out: { left: 'a0', right: 'a0' },
      voices: { max: 1, mode: 'mono', glideSeconds: 0 },
    })
    const error = refusal(() => compile(additive(256)))
    expect([error.code, error.field]).toEqual(['limit-exceeded', '/patch'])
    expect(compile(additive(240)).bytes.length).toBeLessThan(constants.maxPlanBytes)
  })
})
