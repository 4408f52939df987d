// Numbers that are not finite, poked into the state of every unit and the memory of every effect: the neighbour track does not change by a
// bit, and the hit one plays again within 50 ms.
import { describe, expect, it } from 'vitest'
import { EFFECTS } from '../../src/generated/effects.ts'
import { UNITS } from '../../src/generated/units.ts'
import type { UnitSpec } from '../../src/generated/specs.ts'
import type { Patch } from '../../src/presets/model.ts'
import { bootEngine, effect, hashOf, peakOf, type Sound, type Stereo, type TestEngine } from './engine.ts'
import { voice } from './patches.ts'
import { listen, play, tone, track } from './strips.ts'

const BAD = { NaN: 0x7fc00000, infinity: 0x7f800000, '1e30': 0x7149f2ca }
/** One of the three each in CI, every one under VERIFY. */
const chosen = (index: number): [string, number][] => {
  const all = Object.entries(BAD)
  return process.env.VERIFY ? all : [all[index % all.length]!]
}
const RECOVERY = 2400 // 50 ms
const SETTLE = 4800

/** The unit between a saw and the envelope that ends the voice; sources stand alone. */
function patchOf(spec: UnitSpec): Patch {
  const fed = Object.fromEntries(spec.inputs.map(({ id }) => [id, ['osc']]))
  return {
    version: 1,
    units: {
      osc: { type: 'saw', values: { level: 0.3 } },
      tested: { type: spec.id, in: fed, ...(spec.table ? { harmonics: [1, 0.5] } : {}) },
      env: { type: 'env', values: { attack: 0.001, sustain: 1, release: 0.01 } },
      amp: { type: 'gain', in: { in: ['tested', 'osc'], mod: ['env'] } },
    },
    mods: [],
    out: { left: 'amp', right: 'amp' },
    voices: voice(4),
    groups: [],
  }
}

/** `onward` lets 64 frames pass. */
type Poke = (engine: TestEngine, handle: number, onward: () => void) => void

interface Run {
  readonly engine: TestEngine
  readonly hit: Stereo
  readonly neighbour: Stereo
}

/** Plays `sound` beside a plain tone; `poke` strikes after 100 ms; then what both tracks give in a quarter of a second. */
function run(sound: Sound, poke: Poke | null): Run {
  const engine = bootEngine()
  const hear = listen(engine, track(0), track(1))
  const { handle } = engine.load(sound)
  engine.commands.at(null).installProgram(track(0), handle, 'switch')
  engine.commands.at(null).noteOn(track(0), 1, 57, 0.8)
  play(engine, track(1), tone())
  hear(SETTLE)
  const onward = (): void => void hear(64)
  if (poke) poke(engine, handle, onward)
  else onward()
  // What was hit may be silent for a moment; the note is struck again.
  const first = hear(480)
  engine.commands.at(null).noteOn(track(0), 3, 57, 0.8)
  const rest = hear(12_000)
  const join = (index: number): Stereo => ({
    left: Float32Array.from([...first[index]!.left, ...rest[index]!.left]),
    right: Float32Array.from([...first[index]!.right, ...rest[index]!.right]),
  })
  return { engine, hit: join(0), neighbour: join(1) }
}

/** Every word of `bytes` at `address` that moves while it sounds, and holds a number of a usable size, becomes `bits`. */
function fill(engine: TestEngine, onward: () => void, address: number, bytes: number, bits: number): number {
  const words = new Uint32Array(engine.instance.memory.buffer, address, bytes >> 2)
  const before = words.slice()
  onward()
  let poked = 0
  for (let i = 0; i < words.length; i++) {
    const exponent = (words[i]! >>> 23) & 0xff
    // Tables do not move; counters, pointers and flags do not look like numbers.
    if (words[i] === before[i] || exponent < 64 || exponent > 190) continue
    words[i] = bits
    poked++
  }
  return poked
}

const quiet = run({ patch: patchOf(UNITS.find(({ id }) => id === 'gain')!) }, null)
const tonesAlone = hashOf(quiet.neighbour)

function judge({ engine, hit, neighbour }: Run, what: string): void {
  expect(hashOf(neighbour), `${what}: the other track`).toBe(tonesAlone)
  expect(hit.left.every(Number.isFinite) && hit.right.every(Number.isFinite), `${what}: finite`).toBe(true)
  expect(peakOf(hit.left), `${what}: bounded`).toBeLessThanOrEqual(64)
  expect(peakOf(hit.left, RECOVERY) + peakOf(hit.right, RECOVERY), `${what}: plays again`).toBeGreaterThan(0.01)
  expect(engine.status('voices'), `${what}: voices`).toBeGreaterThan(0)
}

describe('a fault in a unit', () => {
  it.each(UNITS.map((spec, index) => [spec.id, spec, index] as const))('%s', (_, spec, index) => {
    for (const [name, bits] of chosen(index)) {
      let poked = 0
      const result = run({ patch: patchOf(spec) }, (engine, handle, onward) => {
        const { program_inspect: inspect } = engine.instance.exports
        poked = fill(engine, onward, inspect!(handle, 0), inspect!(handle, 1), bits)
      })
      expect(poked).toBeGreaterThan(0)
      judge(result, `${spec.id}, ${name}`)
    }
  })
})

describe('a fault in an effect', () => {
  it.each(EFFECTS.map((spec, index) => [spec.id, spec, index] as const))('%s', (_, spec, index) => {
    const patch = patchOf(UNITS.find(({ id }) => id === 'gain')!)
    for (const [name, bits] of chosen(index)) {
      const result = run({ patch, effects: [effect(spec.id)] }, (engine, handle, onward) => {
        const { program_inspect: inspect } = engine.instance.exports
        fill(engine, onward, inspect!(handle, 3), inspect!(handle, 4), bits)
      })
      judge(result, `${spec.id}, ${name}`)
    }
  })

  it.each(EFFECTS.map((spec, index) => [spec.id, spec, index] as const))('fed with it: %s', (_, spec, index) => {
    for (const [name, bits] of chosen(index)) {
      const result = run(
        { patch: patchOf(UNITS.find(({ id }) => id === 'gain')!), effects: [effect(spec.id)] },
        (engine, handle, onward) => {
          const { program_inspect: inspect } = engine.instance.exports
          fill(engine, onward, inspect!(handle, 0), inspect!(handle, 1), bits)
        },
      )
      judge(result, `${spec.id} after a bad voice, ${name}`)
    }
  })
})
