// What it takes to bring a song into an engine and to follow its edits, and how fast it is rendered offline. Node, one thread.
import { planSong } from '../../src/compile/songPlan.ts'
import { TICKS_PER_BEAT, type Song, type Track, type TrackDevice } from '../../src/compile/song.ts'
import { EMPTY_TEST_SONG } from '../../src/compile/testSongs.ts'
import { renderSong } from '../../src/workers/render/song.ts'
import { engineModule } from '../test/module.ts'
import { sawPatch, voice } from '../test/patches.ts'
import { songPlayer } from '../test/songPlayer.ts'

const RATE = 48000
const BEATS = 32

const effect = (id: string, type: string): TrackDevice => ({ id, kind: 'effect', type, values: {}, bypass: false })

/** Eight voices, chorus and delay, two notes a beat, one moving lane. */
const track = (index: number): Track => {
  const id = `track-${index}`
  return {
    id,
    kind: 'instrument',
    name: id,
    colour: 1,
    gainDb: -12,
    pan: 0,
    mute: false,
    solo: false,
    devices: [
      {
        id: `${id}-i`,
        kind: 'instrument',
        type: 'own',
        patch: sawPatch({ voices: voice(8) }),
        values: { 'filter.cutoff': 800 + 10 * index },
        bypass: false,
        gainDb: 0,
      },
      effect(`${id}-c`, 'chorus'),
      effect(`${id}-d`, 'delay'),
    ],
    sends: [],
    automation: [
      {
        id: `${id}-l`,
        target: `${id}-i.filter.cutoff`,
        enabled: true,
        points: [400, 4000, 400].map((value, i) => ({
          id: `${i}`,
          tick: (i * BEATS * TICKS_PER_BEAT) / 2,
          value,
          curve: 0,
          hold: false,
        })),
      },
    ],
    clips: [
      {
        id: `${id}-clip`,
        name: '',
        startTick: 0,
        lengthTicks: BEATS * TICKS_PER_BEAT,
        mute: false,
        controls: [],
        notes: Array.from({ length: 2 * BEATS }, (_, i) => ({
          id: `${i}`,
          tick: (i * TICKS_PER_BEAT) / 2,
          lengthTicks: TICKS_PER_BEAT / 2,
          note: 40 + ((i * 7 + index) % 36),
          velocity: 0.7,
        })),
      },
    ],
  }
}
const songOf = (tracks: number): Song => ({
  ...EMPTY_TEST_SONG,
  tracks: Array.from({ length: tracks }, (_, index) => track(index)),
})

const timed = (work: () => void): number => {
  const begin = performance.now()
  work()
  return performance.now() - begin
}
const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1]!

export default function bench() {
  const song = songOf(32)
  const full = [0, 1, 2].map(() => {
    const engine = songPlayer(RATE)
    return timed(() => void engine.follow(null, song))
  })
  const engine = songPlayer(RATE)
  let placed = engine.follow(null, song)
  engine.render(4800)
  /** Planned, compiled, loaded and in the ring; a worker's message comes on top. */
  const edits = (change: (track: Track, turn: number) => Track): number => {
    const times: number[] = []
    for (let turn = 0; turn < 40; turn++) {
      const tracks = placed.song.tracks.map((one, index) => (index === turn % 32 ? change(one, turn) : one))
      times.push(timed(() => (placed = engine.follow(placed, { ...placed.song, tracks }))))
      engine.render(1024)
    }
    return median(times)
  }
  const fader = edits((one, turn) => ({ ...one, gainDb: -13 - turn }))
  const knob = edits((one, turn) => {
    const [instrument, ...rest] = one.devices
    return { ...one, devices: [{ ...instrument!, values: { 'filter.cutoff': 500 + turn } }, ...rest] }
  })
  const note = edits((one, turn) => {
    const [clip] = one.clips
    const notes = clip!.notes.map((old, index) => (index === 3 ? { ...old, note: 40 + turn } : old))
    return { ...one, clips: [{ ...clip!, notes }] }
  })
  const structure = edits((one, turn) => ({ ...one, devices: [...one.devices.slice(0, 3), effect(`e${turn}`, 'eq')] }))

  const sixteen = songOf(16)
  const spec = {
    song: sixteen,
    master: { gainDb: 0, mute: false, limiter: { values: {}, bypass: false } },
    seed: 0,
    sampleRate: RATE,
    fromTick: 0,
    toTick: BEATS * TICKS_PER_BEAT,
    frames: null,
  }
  let frames = 0
  const ms = timed(() => void (frames = renderSong(engineModule(), spec, 128).channels[0]!.length))
  return [
    {
      what: 'plan of 32 tracks that did not change',
      value: timed(() => void planSong(placed, placed.song)),
      unit: 'ms',
    },
    { what: 'full sync of 32 tracks', value: median(full), unit: 'ms' },
    { what: 'a fader of 32 tracks, median', value: fader, unit: 'ms' },
    { what: 'a knob of 32 tracks, median', value: knob, unit: 'ms' },
    { what: 'a note of 32 tracks, median', value: note, unit: 'ms' },
    { what: 'an effect added to one of 32 tracks, median', value: structure, unit: 'ms' },
    { what: '16 tracks rendered offline, times real time', value: (1000 * frames) / RATE / ms, unit: 'x' },
  ]
}
