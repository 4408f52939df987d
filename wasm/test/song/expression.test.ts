// Expressions of the notes of clips: on their frames, after a seek, and when they are edited while the note sounds.
import { expect, it } from 'vitest'
import { EMPTY_TEST_SONG } from '../../../src/compile/testSongs.ts'
import { TICKS_PER_BEAT, type ExpressionPoint, type Song } from '../../../src/compile/song.ts'
import { newTrack } from '../../../src/project/song/tracks.ts'
import { hashOf, peakOf } from '../engine.ts'
import { sawPatch } from '../patches.ts'
import { centsOff, hzOf, sine } from '../sines.ts'
import { songPlayer, type SongPlayer } from '../songPlayer.ts'

const STRIP = 1
/** Of the song's first note. */
const FIRST_ID = 0x80000001
/** At 120 bpm and 48 kHz a sixteenth of these ticks is 25 frames. */
const FRAMES_PER_TICK = 24000 / TICKS_PER_BEAT

const songOf = (patch: ReturnType<typeof sine>, expression?: readonly ExpressionPoint[]): Song => ({
  ...EMPTY_TEST_SONG,
  tracks: [
    {
      ...newTrack('Sine', 1, [{ id: 'i', kind: 'instrument', type: 'patch', values: {}, bypass: false, patch }]),
      id: 'track',
      clips: [
        {
          id: 'clip',
          name: '',
          startTick: TICKS_PER_BEAT,
          lengthTicks: 8 * TICKS_PER_BEAT,
          mute: false,
          notes: [
            {
              id: 'n',
              tick: 0,
              lengthTicks: 6 * TICKS_PER_BEAT,
              note: 60,
              velocity: 1,
              ...(expression && { expression }),
            },
          ],
          controls: [],
        },
      ],
    },
  ],
})
const start = (engine: SongPlayer, beat: number): void => {
  engine.commands.at(null).transportSeek(beat * TICKS_PER_BEAT, 'ticks')
  engine.commands.transportPlay(0)
}
const pitchAfter = (engine: SongPlayer, frames: number): Float32Array => {
  engine.render(frames)
  return engine.render(16384).left
}

it('a point sounds as the same command at its frame, and none sounds after the note', () => {
  const patch = sawPatch({ mods: [{ from: 'timbre', to: 'filter.cutoff', amount: 1 }] })
  const points: ExpressionPoint[] = [
    { tick: 160, kind: 'tuning', value: 0.3 },
    { tick: 1600, kind: 'timbre', value: 0.7 },
    { tick: 1600, kind: 'pan', value: -0.6 },
    { tick: 4000, kind: 'volume', value: -9 },
    { tick: 7 * TICKS_PER_BEAT, kind: 'tuning', value: 20 },
  ]
  const song = songPlayer()
  song.follow(null, songOf(patch, points))
  start(song, 0)
  const live = songPlayer()
  live.follow(null, songOf(patch))
  start(live, 0)
  for (const { tick, kind, value } of points.slice(0, 4))
    live.commands.at(BigInt((TICKS_PER_BEAT + tick) * FRAMES_PER_TICK)).express(STRIP, FIRST_ID, { [kind]: value })
  const played = song.render(8 * 24000, 4096)
  expect(peakOf(played.left)).toBeGreaterThan(0.05)
  expect(hashOf(played)).toBe(hashOf(live.render(8 * 24000, 4096)))
})

it('a note begins with the point at its own tick, and after a seek has what it was told before', () => {
  const points: ExpressionPoint[] = [
    { tick: 0, kind: 'tuning', value: -3 },
    { tick: 2 * TICKS_PER_BEAT, kind: 'tuning', value: 5 },
    { tick: 2 * TICKS_PER_BEAT, kind: 'volume', value: 0 },
  ]
  const engine = songPlayer()
  engine.follow(null, songOf(sine(), points))
  const lower = songPlayer()
  const shifted = songOf(sine())
  const [track] = shifted.tracks
  const [clip] = track!.clips
  lower.follow(null, {
    ...shifted,
    tracks: [{ ...track!, clips: [{ ...clip!, notes: [{ ...clip!.notes[0]!, note: 57 }] }] }],
  })
  for (const each of [engine, lower]) start(each, 0)
  expect(hashOf(engine.render(36000))).toBe(hashOf(lower.render(36000)))
  start(engine, 4)
  expect(Math.abs(centsOff(pitchAfter(engine, 2400), hzOf(65)))).toBeLessThan(0.05)
  start(engine, 2)
  expect(Math.abs(centsOff(pitchAfter(engine, 2400), hzOf(57)))).toBeLessThan(0.05)
})

it('an edit is heard in the note that sounds', () => {
  const engine = songPlayer()
  let placed = engine.follow(null, songOf(sine(), [{ tick: 0, kind: 'tuning', value: 1 }]))
  start(engine, 1)
  expect(Math.abs(centsOff(pitchAfter(engine, 4800), hzOf(61)))).toBeLessThan(0.05)
  placed = engine.follow(placed, songOf(sine(), [{ tick: 0, kind: 'tuning', value: 2 }]))
  expect(Math.abs(centsOff(pitchAfter(engine, 24000), hzOf(62)))).toBeLessThan(0.05)
  engine.follow(placed, songOf(sine()))
  expect(Math.abs(centsOff(pitchAfter(engine, 24000), hzOf(60)))).toBeLessThan(0.05)
})
