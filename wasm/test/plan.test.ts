// The engine trusts no byte of a plan: mutated plans are refused or play, but never trap and never write elsewhere.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileProgram } from '../../src/compile/program.ts'
import { enums, records } from '../../src/generated/wire.ts'
import { bootEngine, effect, programInput } from './engine.ts'
import { sawPatch, voice } from './patches.ts'

const RUNS = process.env.VERIFY ? 10_000 : 300

const bytes = compileProgram(
  programInput({
    patch: sawPatch(
      {
        voices: voice(4),
        mods: [
          { from: 'env', to: 'filter.cutoff', amount: 2 },
          { from: 'lfo', to: 'voice.pitch', amount: 0.3 },
          { from: 'velocity', to: 'osc.level', amount: 0.2 },
        ],
      },
      {
        lfo: { type: 'lfo' },
        osc2: { type: 'additive', harmonics: [1, 0.5, 0.25] },
        filter: { type: 'svf', in: { in: ['osc', 'osc2'] } },
      },
    ),
    effects: [effect('delay'), effect('chorus')],
  }),
).bytes

const word = fc.oneof(
  fc.integer({ min: 0, max: 40 }),
  fc.constantFrom(0xffffffff, 0x7fffffff, 0x80000000, 0xffff, 0x7fc00000, 0x7f800000, 0xff800000, 1 << 20, 0x10000),
  fc.integer({ min: 0, max: 0xffffffff }),
)
const mutation = fc.record({ at: fc.integer({ min: 0, max: bytes.length / 2 - 1 }), value: word, wide: fc.boolean() })

describe('plans', () => {
  it('the plan as compiled is accepted', () => {
    const engine = bootEngine()
    expect(engine.loadBytes(bytes)).not.toBe(0)
    expect(engine.wire.lastError()[0]).toBe(enums.planError.none)
  })

  it('every truncation and extension is refused', () => {
    const engine = bootEngine()
    for (let length = 0; length < bytes.length; length++) expect(engine.loadBytes(bytes.slice(0, length))).toBe(0)
    expect(engine.loadBytes(new Uint8Array([...bytes, 0, 0, 0, 0]))).toBe(0)
  })

  it('mutated plans are refused or render finite sound; no trap, no lost memory, no foreign word changed', () => {
    const engine = bootEngine()
    const { exports, memory } = engine.instance
    const fence = exports.mem_alloc!(4096)
    const canary = new Uint32Array(memory.buffer, fence, 1024).fill(0xabad1dea)
    const used = (): number => exports.mem_count!(2)
    const before = used()
    let accepted = 0
    let refused = 0
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 4 }), (mutations) => {
        const copy = bytes.slice()
        const view = new DataView(copy.buffer)
        for (const { at, value, wide } of mutations) {
          if (wide && at * 2 + 4 <= copy.length) view.setUint32(at * 2, value, true)
          else view.setUint16(at * 2, value & 0xffff, true)
        }
        const handle = engine.loadBytes(copy)
        if (handle === 0) {
          refused++
          expect(engine.wire.lastError()[0]).not.toBe(enums.planError.none)
          expect(used()).toBe(before)
          return
        }
        accepted++
        engine.commands.at(null).installProgram(0, handle, 'switch')
        engine.noteOn(accepted, 60)
        const { left, right } = engine.render(256)
        expect([...left, ...right].every(Number.isFinite)).toBe(true)
        engine.commands.at(null).clearStrip(0)
        engine.render(1024)
        engine.replies()
        expect(engine.returned()).toEqual([handle])
        expect(exports.program_free!(handle)).toBe(1)
        expect(used()).toBe(before)
      }),
      { seed: 11, numRuns: RUNS },
    )
    expect(canary.every((value) => value === 0xabad1dea)).toBe(true)
    expect(accepted).toBeGreaterThan(RUNS / 50)
    expect(refused).toBeGreaterThan(RUNS / 10)
  })

  it('random bytes behind a good header are refused', () => {
    const engine = bootEngine()
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 0, maxLength: 600 }), (noise) => {
        const copy = new Uint8Array(records.planHeader.bytes + (noise.length & ~3))
        copy.set(bytes.subarray(0, records.planHeader.bytes))
        copy.set(noise.subarray(0, copy.length - records.planHeader.bytes), records.planHeader.bytes)
        new DataView(copy.buffer).setUint32(records.planHeader.offset.bytes, copy.length, true)
        expect(engine.loadBytes(copy)).toBe(0)
      }),
      { seed: 12, numRuns: RUNS },
    )
  })

  it('a freed handle names nothing, and a playing program cannot be freed', () => {
    const engine = bootEngine()
    const first = engine.loadBytes(bytes)
    expect(engine.instance.exports.program_free!(first)).toBe(1)
    expect(engine.instance.exports.program_free!(first)).toBe(0)
    const second = engine.loadBytes(bytes)
    expect(second).not.toBe(first)
    engine.commands.at(null).installProgram(0, first, 'switch')
    engine.render(128)
    expect(engine.replies()).toMatchObject([{ type: 'refused', reason: 'unknownProgram', id: first }])
    engine.commands.at(null).installProgram(0, second, 'switch')
    engine.render(128)
    expect(engine.instance.exports.program_free!(second)).toBe(0)
  })
})
