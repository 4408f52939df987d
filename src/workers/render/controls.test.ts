// Control buses in the engine: an LFO, a follower and a macro move effects and instruments of other tracks (Node, the real module).
import { describe, expect, test } from 'vitest'
import { engineModule } from '../../../wasm/test/module.ts'
import { songPlayer } from '../../../wasm/test/songPlayer.ts'
import { TICKS_PER_BEAT, type ControlRoute, type ControlSource, type Song, type Track } from '../../compile/song.ts'
import { EMPTY_TEST_SONG, TEST_PATCH } from '../../compile/testSongs.ts'
import { renderSong } from './song.ts'

const RATE = 48000
const BEAT = RATE / 2

/** A held note through a rack of one branch, whose volume is moved; `values` of its end. */
const track = (id: string, startBeat: number, beats: number, values = {}, cutoff = 2000): Track => ({
  id,
  kind: 'instrument',
  name: id,
  colour: 1,
  devices: [
    {
      id: `${id}-sound`,
      kind: 'instrument',
      type: 'test',
      values: { 'filter.cutoff': cutoff },
      bypass: false,
      patch: TEST_PATCH,
    },
    {
      id: `${id}-rack`,
      kind: 'effect',
      type: 'rack',
      values: {},
      bypass: false,
      branches: [{ id: `${id}-end`, name: 'Out', values, devices: [] }],
    },
  ],
  sends: [],
  clips: [
    {
      id: `${id}-clip`,
      name: id,
      startTick: startBeat * TICKS_PER_BEAT,
      lengthTicks: beats * TICKS_PER_BEAT,
      mute: false,
      notes: [{ id: 'n', tick: 0, lengthTicks: beats * TICKS_PER_BEAT, note: 57, velocity: 0.8 }],
      controls: [],
    },
  ],
  automation: [],
  gainDb: 0,
  pan: 0,
  mute: false,
  solo: false,
})
const song = (tracks: readonly Track[], source?: ControlSource, ...routes: ControlRoute[]): Song => ({
  ...EMPTY_TEST_SONG,
  tracks,
  ...(source && { controls: [{ id: 'bus', name: 'Bus', source, routes }] }),
})
const volume = (amount: number): ControlRoute => ({ stripId: 'pad', deviceId: 'pad-end', key: 'gain', amount })
const lfo = (over: Partial<ControlSource>): ControlSource =>
  ({ kind: 'lfo', shape: 'square', rateHz: 1, beats: 2, phase: 0, ...over }) as ControlSource

function rendered(of: Song, seconds: number): Float32Array {
  const master = { gainDb: 0, mute: false, limiter: { values: {}, bypass: true } }
  const frames = seconds * RATE
  const spec = { song: of, master, seed: 1, sampleRate: RATE, fromTick: 0, toTick: null, frames }
  const { channels, diagnostics } = renderSong(engineModule(), spec, 64)
  expect(diagnostics).toEqual([])
  return channels[0]!
}
const difference = (a: Float32Array, b: Float32Array): number =>
  a.reduce((most, x, i) => Math.max(most, Math.abs(x - b[i]!)), 0)
const levelDb = (signal: Float32Array, fromBeat: number, beats: number): number => {
  const part = signal.subarray(fromBeat * BEAT, (fromBeat + beats) * BEAT)
  return 10 * Math.log10(part.reduce((sum, x) => sum + x * x, 0) / part.length)
}

describe('control buses', () => {
  const pad = track('pad', 0, 4)

  test('a macro moves a parameter by its share of the range, as if it had been set there', () => {
    const moved = song([pad], { kind: 'macro', value: 0.5 }, volume(-0.5))
    // A quarter of -60..12 dB.
    expect(difference(rendered(moved, 1), rendered(song([track('pad', 0, 4, { gain: -18 })]), 1))).toBe(0)
    const still = song([pad], { kind: 'macro', value: 0 }, volume(-0.5))
    expect(difference(rendered(still, 1), rendered(song([pad]), 1))).toBe(0)
  })

  test('on a log curve it moves by octaves, and never past the range', () => {
    const cutoff = (amount: number): ControlRoute => ({
      stripId: 'pad',
      deviceId: 'pad-sound',
      key: 'filter.cutoff',
      amount,
    })
    const macro = { kind: 'macro', value: 1 } as const
    const dark = rendered(song([pad], macro, cutoff(-0.5)), 1)
    const same = rendered(song([track('pad', 0, 4, {}, 2000 * (20000 / 20) ** -0.5)]), 1)
    expect(difference(dark, same)).toBeLessThan(1e-4)
    expect(levelDb(dark, 0.5, 1)).toBeLessThan(levelDb(rendered(song([pad]), 1), 0.5, 1) - 3)
    const closed = rendered(song([pad], macro, cutoff(-1)), 1)
    expect(difference(closed, rendered(song([track('pad', 0, 4, {}, 20)]), 1))).toBe(0)
  })

  test('an LFO keeps the time of the song, or its own', () => {
    // Half a cycle of a beat up by 6 dB, half a beat down.
    const synced = rendered(song([pad], lfo({}), volume(6 / 72)), 2)
    for (const beat of [1, 3])
      expect(levelDb(synced, beat - 0.9, 0.8) - levelDb(synced, beat + 0.1, 0.8)).toBeCloseTo(12, 0)
    const free = rendered(song([pad], lfo({ beats: 0, rateHz: 2 }), volume(6 / 72)), 2)
    expect(levelDb(free, 1.05, 0.4) - levelDb(free, 1.55, 0.4)).toBeCloseTo(12, 0)
  })

  test('a follower hears another track after its fader', () => {
    const follower = {
      kind: 'follower',
      source: 'kick',
      attackSeconds: 0.005,
      releaseSeconds: 0.05,
      gainDb: 36,
    } as const
    const ducked = rendered(song([pad, { ...track('kick', 1, 1), gainDb: -40 }], follower, volume(-1)), 2)
    expect(levelDb(ducked, 0.3, 0.6) - levelDb(ducked, 1.3, 0.6)).toBeGreaterThan(10)
    expect(Math.abs(levelDb(ducked, 0.3, 0.6) - levelDb(ducked, 3, 0.6))).toBeLessThan(0.2)
    const muted = rendered(song([pad, { ...track('kick', 1, 1), mute: true }], follower, volume(-1)), 2)
    expect(difference(muted, rendered(song([pad]), 2))).toBe(0)
  })

  test('every shape moves, stays within the amount, and is the same with every cutting of time', () => {
    const play = (of: Song, block: number): Float32Array => {
      const player = songPlayer(RATE, 64)
      player.follow(null, of)
      player.commands.reset(4)
      player.commands.transportPlay(0)
      return player.render(RATE / 2, block).left
    }
    for (const shape of ['sine', 'triangle', 'saw', 'ramp', 'random'] as const) {
      const of = song([pad], lfo({ shape, beats: 0.5 }), volume(0.1))
      const signal = play(of, 128)
      if (shape === 'random') expect(difference(play(of, 96), signal)).toBe(0)
      const levels = Array.from({ length: 12 }, (_, i) => levelDb(signal, 0.25 + i / 16, 1 / 16))
      expect(Math.max(...levels) - Math.min(...levels)).toBeGreaterThan(2)
      expect(Math.max(...levels) - Math.min(...levels)).toBeLessThan(15.5)
    }
  })

  test('what follows no more goes back to its own value; edits while it plays reach the engine', () => {
    const player = songPlayer(RATE, 64)
    let placed = player.follow(null, song([pad], { kind: 'macro', value: 1 }, volume(-0.5)))
    player.commands.at(null).transportPlay(0)
    player.render(BEAT)
    const quiet = levelDb(player.render(BEAT).left, 0, 1)
    placed = player.follow(placed, song([pad], { kind: 'macro', value: 0.5 }, volume(-0.5)))
    player.render(BEAT / 4)
    expect(levelDb(player.render(BEAT / 2).left, 0, 0.5) - quiet).toBeCloseTo(18, 0)
    player.follow(placed, song([pad]))
    player.render(BEAT / 4)
    expect(levelDb(player.render(BEAT / 2).left, 0, 0.5) - quiet).toBeCloseTo(36, 0)
  })
})
