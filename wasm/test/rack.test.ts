// Racks: branches side by side in a chain, aligned, mixed, muted, solo; against what they should add up to. Node.
import { describe, expect, it } from 'vitest'
import { compileProgram } from '../../src/compile/program.ts'
import type { Branch, Song, Track, TrackDevice } from '../../src/compile/song.ts'
import { EMPTY_TEST_SONG } from '../../src/compile/testSongs.ts'
import { layOut } from '../../src/compile/trackSound.ts'
import { constants, enums, records } from '../../src/generated/wire.ts'
import type { PlainValue } from '../../src/presets/model.ts'
import { bootEngine, peakOf, stepOf } from './engine.ts'
import { songPlayer } from './songPlayer.ts'
import { listen, tone, track } from './strips.ts'

const SETTLED = 9600
const LATENCY = 72

const effect = (id: string, type: string, bypass = false): TrackDevice => ({
  ...{ id, kind: 'effect', type, values: {}, bypass },
})
/** A bypassed limiter is a delay, to the bit. */
const late = (id: string): TrackDevice => effect(id, 'limiter', true)
const branch = (id: string, devices: TrackDevice[] = [], values: Record<string, PlainValue> = {}): Branch => ({
  ...{ id, name: id, devices, values },
})
const rack = (branches: Branch[], mix = 1, bypass = false): TrackDevice => ({
  ...effect('rack', 'rack', bypass),
  values: { mix },
  branches,
})
const song = (...devices: TrackDevice[]): Song => {
  const instrument = { id: 'i', kind: 'instrument', type: 'own', values: {}, bypass: false, gainDb: 0 } as const
  const notes = [{ id: 'n', tick: 0, lengthTicks: 60 * constants.ticksPerBeat, note: 69, velocity: 1 }]
  const one: Track = {
    ...{ id: 'a', kind: 'instrument', name: 'a', colour: 1, sends: [], automation: [] },
    ...{ gainDb: 0, pan: 0, mute: false, solo: false },
    devices: [{ ...instrument, patch: tone(0.2).patch }, ...devices],
    clips: [
      { id: 'c', name: '', startTick: 0, lengthTicks: 64 * constants.ticksPerBeat, mute: false, notes, controls: [] },
    ],
  }
  return { ...EMPTY_TEST_SONG, tracks: [one] }
}
function player(...devices: TrackDevice[]) {
  const engine = songPlayer()
  const placed = engine.follow(null, song(...devices))
  const hear = listen(engine, track(0))
  engine.commands.at(null).transportPlay(0)
  return { engine, placed, hear }
}
const heard = (...devices: TrackDevice[]): Float32Array => player(...devices).hear(SETTLED)[0]!.left
const scaled = (signal: Float32Array, gain: number, frames = 0): Float32Array => {
  const out = new Float32Array(signal.length)
  for (let i = frames; i < out.length; i++) out[i] = signal[i - frames]! * gain
  return out
}

describe('a rack', () => {
  it('adds its branches up, each as late as the slowest, to the bit', () => {
    const plain = heard()
    expect(heard(rack([branch('b')]))).toEqual(plain)
    expect(heard(rack([branch('b'), branch('c')]))).toEqual(scaled(plain, 2))
    expect(heard(rack([branch('b'), branch('c', [late('x')])]))).toEqual(scaled(plain, 2, LATENCY))
    expect(heard(rack([branch('b', [late('y')]), branch('c', [late('x'), late('z')]), branch('d')]))).toEqual(
      scaled(plain, 3, 2 * LATENCY),
    )
    expect(heard(late('w'), rack([branch('b')]), { ...rack([branch('c', [late('x')])]), id: 'second' })).toEqual(
      scaled(plain, 1, 2 * LATENCY),
    )
  })

  it('has branches with a volume, a place, mute and solo', () => {
    const plain = heard()
    const level = (...branches: Branch[]): number =>
      peakOf(heard(rack(branches)), SETTLED / 2) / peakOf(plain, SETTLED / 2)
    const a = (values: Record<string, PlainValue>) => branch('a', [], values)
    const b = (values: Record<string, PlainValue> = {}) => branch('b', [], values)
    expect(level(a({ gain: -20 }))).toBeCloseTo(0.1, 4)
    expect(level(a({ pan: -1 }))).toBeCloseTo(Math.SQRT2, 4)
    expect(level(a({ pan: 1 }))).toBeCloseTo(0, 6)
    expect(level(a({ mute: 1 }), b())).toBeCloseTo(1, 6)
    expect(level(a({ solo: 1 }), b({ gain: 6 }))).toBeCloseTo(1, 6)
    expect(level(a({ solo: 1, mute: 1 }), b())).toBe(0)
  })

  it('mixes with what went in, and is that alone when it is bypassed; both as late as its branches', () => {
    const plain = heard()
    const branches = [branch('b', [late('x')]), branch('c', [], { gain: -6 })]
    expect(heard(rack(branches, 0))).toEqual(scaled(plain, 1, LATENCY))
    expect(heard(rack(branches, 1, true))).toEqual(scaled(plain, 1, LATENCY))
    const half = heard(rack([branch('b', [late('x')])], 0.5))
    expect(peakOf(half.map((value, i) => value - scaled(plain, 1, LATENCY)[i]!))).toBeLessThan(1e-6)
  })

  it('moves without a step when a branch is muted, soloed, turned and when all of it is bypassed', () => {
    const { engine, placed, hear } = player(rack([branch('a'), branch('b', [late('x')])]))
    hear(SETTLED)
    const steady = stepOf(hear(SETTLED)[0]!.left)
    let now = placed
    const values: Record<string, PlainValue>[] = [{ mute: 1 }, {}, { solo: 1 }, {}, { gain: -12 }, { pan: 1 }]
    for (const each of values) {
      now = engine.follow(now, song(rack([branch('a', [], each), branch('b', [late('x')])])))
      expect(stepOf(hear(SETTLED)[0]!.left)).toBeLessThan(1.4 * steady)
    }
    now = engine.follow(now, song(rack([branch('a', [], values.at(-1)), branch('b', [late('x')])], 1, true)))
    expect(stepOf(hear(SETTLED)[0]!.left)).toBeLessThan(1.4 * steady)
  })

  it('sleeps only when its branches are silent, and plays on after', () => {
    const { engine, hear } = player(rack([branch('a', [late('x')]), branch('b')], 0.5))
    hear(SETTLED)
    engine.commands.at(null).transportStop()
    hear(48_000)
    expect(peakOf(hear(SETTLED)[0]!.left)).toBe(0)
    engine.commands.at(null).transportPlay(0)
    expect(peakOf(hear(SETTLED)[0]!.left, SETTLED / 2)).toBeGreaterThan(0.2)
  })

  it('is told by the song which values its branches have, and where its effects are', () => {
    const laid = layOut([
      effect('d', 'delay'),
      rack([branch('a', [effect('e', 'chorus')]), branch('b')]),
      effect('f', 'eq'),
    ])
    expect(laid.map(({ id, place = 0 }) => `${id} ${place}`)).toEqual(['d 0', 'e 1', 'a 2', 'b 2', 'rack 4', 'f 0'])
    const { params } = compileProgram({ patch: null, values: {}, effects: laid, gainDb: 0 })
    expect(params['fx3.gain']).toEqual({ device: 3, param: 0 })
  })
})

describe('plans with racks', () => {
  const { opens, endsBranch, closes } = enums.rackPlace
  const load = (places: readonly [type: string, place: number][]): number => {
    const engine = bootEngine()
    const effects = places.map(([type], index) => effect(`e${index}`, type))
    const { bytes } = compileProgram({ patch: null, values: {}, effects, gainDb: 0 })
    const view = new DataView(bytes.buffer)
    const first =
      bytes.length - totalValues(places.map(([type]) => type)) * 4 - places.length * records.planEffect.bytes
    places.forEach(([, place], index) =>
      view.setUint8(first + index * records.planEffect.bytes + records.planEffect.offset.place, place),
    )
    return engine.loadBytes(bytes)
  }
  const totalValues = (types: readonly string[]): number =>
    types.reduce(
      (sum, type) =>
        sum +
        Object.keys(compileProgram({ patch: null, values: {}, effects: [effect('e', type)], gainDb: 0 }).params).length,
      0,
    )
  it('that open, end and close in another order are refused', () => {
    expect(
      load([
        ['chorus', opens],
        ['branch', endsBranch],
        ['rack', closes],
      ]),
    ).toBeGreaterThan(0)
    for (const bad of [
      [['branch', opens | endsBranch]],
      [['rack', closes]],
      [
        ['branch', endsBranch],
        ['rack', closes],
      ],
      [
        ['chorus', opens],
        ['rack', closes],
      ],
      [
        ['branch', opens | endsBranch],
        ['chorus', 0],
        ['rack', closes],
      ],
      [
        ['branch', opens | endsBranch],
        ['branch', opens | endsBranch],
        ['rack', closes],
      ],
      [
        ['chorus', opens | endsBranch],
        ['rack', closes],
      ],
      [
        ['branch', opens | endsBranch],
        ['chorus', closes],
      ],
      [['branch', 8]],
      [
        ...Array.from({ length: 9 }, (_, i) => ['branch', i ? endsBranch : opens | endsBranch] as [string, number]),
        ['rack', closes],
      ],
    ] as [string, number][][])
      expect(load(bad), JSON.stringify(bad)).toBe(0)
  })
})
