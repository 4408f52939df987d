// The form of a unit for the only voice that sounds gives what the quad gives in its lane, whichever runs when. Node.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ParamSpec } from '../../../src/generated/specs.ts'
import { UNITS } from '../../../src/generated/units.ts'
import { UnitRig } from './rig.ts'

const runs = process.env.VERIFY ? 300 : 12
const SEED = 11
const BLOCK = 32
const BLOCKS = 40
/** Until then all four sound. */
const ALONE = 3
const MOVED = 14
const RELEASED = 26
/** Rounding alone, of the loudest sample; a quad adds up ramps frame by frame, half a unit in the last place off each time. */
const NEAR = 1e-6
const NEAR_MOVING = 32 * 2 ** -24
/** The filter's own: a resonance enlarges what rounding does to its coefficients; -113 dB was found. */
const NEAR_RESONANT = 64 * 2 ** -24
/** Hz. Both forms of the filter round their states in f32, -82 dB off at 20 Hz in resonance (engine-study A3); -88 dB was found between them. */
const CLEAN_CUTOFF = 200
const NEAR_BELOW = 1e-4

interface Scene {
  readonly from: readonly number[]
  readonly to: readonly number[]
  readonly note: number
  readonly noteTo: number
  readonly lane: number
  readonly sampleRate: number
  readonly patched: number
  /** Bit per micro-block, over and over: the lone form runs. */
  readonly alone: number
}

const inRange = ({ min, max, options }: ParamSpec): fc.Arbitrary<number> =>
  options && options.length > 0
    ? fc.nat(options.length - 1)
    : fc.oneof(
        { weight: 1, arbitrary: fc.constantFrom(min, max) },
        { weight: 4, arbitrary: fc.double({ min, max, noNaN: true }) },
      )
const moves = ({ options, smooth }: ParamSpec): boolean => !options?.length && smooth === 'ramp'

const units = UNITS.filter(({ id }) => new UnitRig(id).hasLone)

const four = (note: number): [number, number, number, number] => [note, note + 5, note - 7, note + 2]

function play(unit: (typeof UNITS)[number], scene: Scene, lone: boolean): Float32Array[] {
  const bit = 1 << scene.lane
  const rig = new UnitRig(unit.id, scene.sampleRate).pitch(four(scene.note)).velocity(0.6)
  if (unit.table) rig.bake([1, 0.5, 0.25, 0, 0.4])
  unit.params.forEach((param, k) => rig.set(param.id, scene.from[k]!))
  rig.start()
  const ports = Object.fromEntries(
    unit.inputs.flatMap((_, port) =>
      (scene.patched >> port) & 1 ? [[port, (f: number) => Math.sin((f + 1) * (port + 3.7) * 12.9898)]] : [],
    ),
  )
  const out = rig.render(BLOCKS * BLOCK, {
    ports,
    before(frame) {
      if (frame === ALONE * BLOCK) rig.active(bit)
      if (frame === RELEASED * BLOCK) rig.release(bit)
      if (frame !== MOVED * BLOCK) return
      unit.params.forEach((param, k) => moves(param) && rig.ramp(param.id, scene.to[k]!, BLOCK))
      rig.rampPitch(four(scene.noteTo), BLOCK)
    },
    lone: (frame) =>
      lone && frame >= ALONE * BLOCK && (scene.alone >> ((frame / BLOCK) % 31)) & 1 ? scene.lane : undefined,
  })
  return unit.outputs.map((_, port) => out[port]![scene.lane]!)
}

test('what sessions are made of has one', () => {
  expect(units.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['saw', 'square', 'triangle', 'pulse', 'sine', 'svf', 'env', 'gain', 'pan', 'mix', 'white']),
  )
})

describe.each(units.map((unit) => [unit.id, unit] as const))('%s', (_, unit) => {
  test('alone as among four', () => {
    const values = fc.tuple(...unit.params.map(inRange))
    fc.assert(
      fc.property(
        fc.record({
          from: values,
          to: values,
          note: fc.double({ min: 12, max: 120, noNaN: true }),
          noteTo: fc.double({ min: 12, max: 120, noNaN: true }),
          lane: fc.nat(3),
          sampleRate: fc.constantFrom(44100, 48000, 96000),
          patched: fc.nat(0xffff),
          alone: fc.oneof(fc.constant(0x7fffffff), fc.nat(0x7fffffff)),
        }),
        (scene) => {
          const cutoff = unit.params.findIndex(({ id }) => id === 'cutoff')
          const low = cutoff >= 0 && Math.min(scene.from[cutoff]!, scene.to[cutoff]!) < CLEAN_CUTOFF
          const quad = play(unit, scene, false)
          // An envelope's rounding is of its whole way, however little of a slow stage is seen.
          const peak = Math.max(
            unit.id === 'env' ? 1 : 0,
            ...quad.map((port) => port.reduce((most, x) => Math.max(most, Math.abs(x)), 0)),
          )
          const ramps = unit.id === 'env' || unit.params.some((param) => moves(param))
          const limit = (low ? NEAR_BELOW : cutoff >= 0 ? NEAR_RESONANT : ramps ? NEAR_MOVING : NEAR) * peak
          play(unit, scene, true).forEach((port, p) =>
            port.forEach((x, frame) => {
              const off = Math.abs(x - quad[p]![frame]!)
              if (!(off <= limit)) throw new Error(`frame ${frame}: ${20 * Math.log10(off / peak)} dB`)
            }),
          )
        },
      ),
      { seed: SEED, numRuns: runs },
    )
  })
})
