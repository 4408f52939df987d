// Songs on the real engine: however a song came there, it renders as it would from a fresh one (Node, the real module).
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hashOf, peakOf } from '../../../wasm/test/engine.ts'
import { songPlayer, type SongPlayer } from '../../../wasm/test/songPlayer.ts'
import type { Song, Track } from '../../compile/song.ts'
import { planSong, type PlacedSong } from '../../compile/songPlan.ts'
import { edit, EMPTY_TEST_SONG, song as anySong, TEST_PATCH } from '../../compile/testSongs.ts'
import { constants } from '../../generated/wire.ts'

const runs = { seed: 4, numRuns: process.env.VERIFY ? 400 : 12 }
const RATE = 48000

/** The same strips, and nothing on them yet. */
const onSameStrips = ({ strips }: PlacedSong): PlacedSong => ({
  song: { ...EMPTY_TEST_SONG, tempoMap: [], signatures: [], loop: { startTick: 0, endTick: 0, enabled: false } },
  strips,
  mixes: new Map(),
  failed: new Set(),
})

/** From the beginning of the song, everything cleared before. */
function playFromStart(engine: SongPlayer, seconds: number): { readonly hash: string; readonly peak: number } {
  const { commands } = engine
  commands.at(null).transportStop()
  commands.transportSeek(0, 'ticks')
  engine.render(constants.microBlock * 40)
  commands.reset(7)
  engine.render(constants.microBlock)
  commands.transportPlay(0)
  const played = engine.render(Math.round((seconds * RATE) / 128) * 128)
  commands.transportStop()
  engine.render(128)
  return { hash: hashOf(played), peak: peakOf(played.left) }
}

test('after any edits, made at rest or while it plays, the engine renders what it renders after a full sync', () => {
  let heard = 0
  fc.assert(
    fc.property(
      anySong,
      fc.array(fc.tuple(edit, fc.integer({ min: 0, max: 90 }), fc.boolean()), { maxLength: 12 }),
      (first, edits) => {
        const live = songPlayer()
        let placed = live.follow(null, first)
        for (const [change, frames, playing] of edits) {
          if (playing) live.commands.at(null).transportPlay(0)
          // Whole micro-blocks, so that what follows lies at the same frames of the output.
          live.render(frames * constants.microBlock)
          placed = live.follow(placed, change(placed.song))
        }
        const fresh = songPlayer()
        fresh.follow(onSameStrips(placed), placed.song)
        const played = playFromStart(live, 1.5)
        expect(played).toEqual(playFromStart(fresh, 1.5))
        if (played.peak > 0.001) heard++
      },
    ),
    runs,
  )
  expect(heard).toBeGreaterThan(runs.numRuns / 3)
}, 1_800_000)

const TRACK: Track = {
  id: 'a',
  kind: 'instrument',
  name: 'Lead',
  colour: 1,
  gainDb: 0,
  pan: 0,
  mute: false,
  solo: false,
  devices: [{ id: 'inst', kind: 'instrument', type: 'own', patch: TEST_PATCH, values: {}, bypass: false, gainDb: 0 }],
  sends: [],
  automation: [],
  clips: [
    {
      id: 'c',
      name: '',
      startTick: 0,
      lengthTicks: 8 * constants.ticksPerBeat,
      mute: false,
      notes: [{ id: 'n', tick: 0, lengthTicks: 2 * constants.ticksPerBeat, note: 60, velocity: 0.8 }],
      controls: [],
    },
  ],
}
const songOf = (...tracks: Track[]): Song => ({ ...EMPTY_TEST_SONG, tracks })

test('a song is heard, and a track that goes falls silent', () => {
  const engine = songPlayer()
  const placed = engine.follow(null, songOf(TRACK))
  engine.commands.at(null).transportPlay(0)
  expect(peakOf(engine.render(12_000).left, 6000)).toBeGreaterThan(0.05)
  engine.follow(placed, EMPTY_TEST_SONG)
  engine.render(12_000)
  expect(peakOf(engine.render(12_000).left)).toBeLessThan(1e-4)
})

test('a sound that cannot be built is named; the other tracks play', () => {
  const engine = songPlayer()
  const broken = { ...TRACK, id: 'b', devices: [{ ...TRACK.devices[0]!, values: { 'filter.cutoff': 1e9 } }] }
  const { operations } = planSong(null, songOf(broken, TRACK))
  for (const step of operations) expect(engine.loader.carryOut(step)).toBe(true)
  expect(engine.loader.problems()).toMatchObject([{ id: 'b', what: 'sound' }])
  expect(engine.loader.problems()).toEqual([])
  engine.commands.at(null).transportPlay(0)
  expect(peakOf(engine.render(12_000).left, 6000)).toBeGreaterThan(0.05)
})

test('tables that were replaced are freed; as many are held as are in use', () => {
  const engine = songPlayer()
  let placed = engine.follow(null, songOf(TRACK))
  for (let note = 40; note < 90; note++) {
    const [clip] = TRACK.clips
    const changed = { ...clip!, notes: [{ ...clip!.notes[0]!, note }] }
    placed = engine.follow(placed, songOf({ ...TRACK, clips: [changed] }))
    engine.render(256)
  }
  engine.collect()
  // The tempo map and the clips of one track.
  expect(engine.stores.tables.size).toBe(2)
})

test('a full ring refuses a step and does nothing; the same step goes through later', () => {
  const engine = songPlayer()
  const { operations } = planSong(null, songOf(TRACK))
  while (engine.commands.at(null).stripGain(1, 0));
  for (const step of operations) expect(engine.loader.carryOut(step)).toBe(false)
  expect(engine.stores.tables.size).toBe(0)
  engine.pump()
  for (const step of operations) expect(engine.loader.carryOut(step)).toBe(true)
  engine.commands.transportPlay(0)
  expect(peakOf(engine.render(12_000).left, 6000)).toBeGreaterThan(0.05)
})
