// The works of the benchmark as songs and notes (any thread; pure): what each plays is fixed, so that engines can be compared.
import type { BenchSpec } from '../params/bench.ts'
import type { Song, Track, TrackDevice } from './song.ts'
import type { Patch, PlainValue } from '../presets/model.ts'

/** Struck at the first frame and held. `velocity` carries the voice's place in the stereo field, 0 left .. 1 right. */
export interface BenchNote {
  /** Index into the song's tracks. */
  readonly track: number
  /** MIDI note number with its fraction. */
  readonly note: number
  readonly velocity: number
}

export interface BenchScore {
  readonly song: Song
  readonly notes: readonly BenchNote[]
  /** Impulse response of the convolution: two seconds of stereo noise. */
  readonly impulse: { readonly id: string; readonly channels: readonly Float32Array<ArrayBuffer>[] } | null
  readonly limiter: boolean
}

/** Voices of one sound. */
const MOST_VOICES = 256
const SESSION_TRACKS = 32
const IMPULSE_SECONDS = 2
const IMPULSE_ID = 'as-00000000000000be'
/** -0.8 .. 0.8 */
const WIDTH = 0.8
const BPM = 120
const TICKS_PER_SECOND = (15360 * BPM) / 60
/** Distance of the points that a moved cutoff goes through, straight in between: 1e-4 of its value off at most. */
const STEP_SECONDS = 0.01

/** Hz; spread over five octaves and slightly apart. */
export const benchHertz = (voice: number): number =>
  55 * 2 ** (((7 * voice) % 60) / 12) * (1 + 0.0007 * ((13 * voice) % 17))
/** -0.8 .. 0.8 */
export const benchPan = (voice: number, n: number): number =>
  n === 1 ? 0 : -WIDTH + (2 * WIDTH * ((5 * voice) % n)) / (n - 1)
export const benchCutoffHz = (seconds: number): number => 400 + 4000 * Math.exp(-seconds / 1.5)

/** @param n voices; of `session` and `convolution` the number of tracks is fixed and `n` is not used */
export function benchScore({ work, n, seconds, sampleRate }: Omit<BenchSpec, 'block'>): BenchScore {
  switch (work) {
    case 'voices':
      return voicesScore(n)
    case 'voices-modulated':
      return voicesScore(n, voicePatch, cutoffLane(seconds))
    case 'session':
      return sessionScore(SESSION_TRACKS)
    case 'convolution':
      return convolution(sampleRate)
  }
}

const note = (voice: number, n: number, track: number): BenchNote => ({
  track,
  note: 69 + 12 * Math.log2(benchHertz(voice) / 440),
  velocity: (benchPan(voice, n) + WIDTH) / (2 * WIDTH),
})

/** `n` held voices of one patch, 256 a track; `patchOf` gets the most voices that it must play. */
export function voicesScore(
  n: number,
  patchOf: (voices: number) => Patch = voicePatch,
  automation: Track['automation'] = [],
): BenchScore {
  const tracks: Track[] = []
  for (let first = 0; first < n; first += MOST_VOICES) {
    const count = Math.min(MOST_VOICES, n - first)
    tracks.push(track(`voices${first}`, [instrument(patchOf(count))], { automation }))
  }
  const notes = Array.from({ length: n }, (_, voice) => note(voice, n, Math.floor(voice / MOST_VOICES)))
  return { song: song(tracks), notes, impulse: null, limiter: false }
}

/** Of every voice, by the song. */
const cutoffLane = (seconds: number): Track['automation'] => [
  {
    id: 'cutoff',
    target: 'sound.filter.cutoff',
    enabled: true,
    points: Array.from({ length: Math.ceil(seconds / STEP_SECONDS) + 1 }, (_, index) => ({
      id: `p${index}`,
      tick: Math.round(index * STEP_SECONDS * TICKS_PER_SECOND),
      value: benchCutoffHz(index * STEP_SECONDS),
      curve: 0,
      hold: false,
    })),
  },
]

/** Tracks of one voice with equaliser and compressor, each into one reverb; a limiter on the master. */
export function sessionScore(count: number): BenchScore {
  const effects = [
    effect('eq', 'eq', {
      lowFrequency: 200,
      lowGain: 3,
      bell1Frequency: 1000,
      bell1Gain: -3,
      bell1Q: 1,
      highFrequency: 6000,
      highGain: 2,
    }),
    effect('comp', 'compressor', { threshold: -24, ratio: 4, attack: 0.003, release: 0.25 }),
  ]
  const tracks = Array.from({ length: count }, (_, index) =>
    track(`track${index}`, [instrument(voicePatch(1)), ...effects], {
      gainDb: -1,
      sends: [{ returnId: 'reverb', gainDb: 20 * Math.log10(0.2), pre: false }],
    }),
  )
  const notes = tracks.map((_, index) => note(index, count, index))
  const reverb = {
    id: 'reverb',
    name: 'Reverb',
    gainDb: 0,
    pan: 0,
    mute: false,
    devices: [effect('reverb', 'reverb', { mix: 1 })],
  }
  return { song: { ...song(tracks), returns: [reverb] }, notes, impulse: null, limiter: true }
}

function convolution(sampleRate: number): BenchScore {
  const room = { ...effect('room', 'convolution', { mix: 1 }), asset: IMPULSE_ID }
  const patch: Patch = {
    ...voicePatch(1),
    units: {
      noiseleft: { type: 'white', values: { level: 1 } },
      noiseright: { type: 'white', values: { level: 1 } },
    },
    mods: [],
    out: { left: 'noiseleft', right: 'noiseright' },
  }
  return {
    song: song([track('noise', [instrument(patch), room])]),
    notes: [{ track: 0, note: 60, velocity: 1 }],
    impulse: { id: IMPULSE_ID, channels: noise(IMPULSE_SECONDS * sampleRate, sampleRate) },
    limiter: false,
  }
}

/** Falls by 60 dB in its length; the same for every run. */
function noise(frames: number, sampleRate: number): Float32Array<ArrayBuffer>[] {
  let state = 1
  return [0, 1].map(() =>
    Float32Array.from({ length: frames }, (_, frame) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0
      return (state / 2 ** 31) * Math.exp((-6.9 * frame) / (IMPULSE_SECONDS * sampleRate))
    }),
  )
}

/** Band-limited saw, 2-pole low-pass at 2 kHz with Q 2, envelope, equal-power pan by velocity. */
export const voicePatch = (max: number): Patch => ({
  version: 1,
  units: {
    osc: { type: 'saw', values: { level: 1 } },
    filter: { type: 'svf', in: { in: ['osc'] }, values: { cutoff: 2000, resonance: Math.log2(2 / 0.5) / 6 } },
    env: { type: 'env', values: { attack: 0.01, decay: 0.2, sustain: 0.7, release: 0.3 } },
    amp: { type: 'gain', in: { in: ['filter'], mod: ['env'] } },
    pan: { type: 'pan', in: { in: ['amp'] }, values: { pan: -WIDTH } },
  },
  mods: [{ from: 'velocity', to: 'pan.pan', amount: 2 * WIDTH }],
  out: { left: 'pan.left', right: 'pan.right' },
  voices: { max, mode: 'poly', glideSeconds: 0 },
  groups: [],
})

/** Two saws, apart by seven cents, through 24 dB per octave. */
export const twoSawPatch = (max: number): Patch => {
  const { units, ...patch } = voicePatch(max)
  const { osc, filter, ...rest } = units
  return {
    ...patch,
    units: {
      osc: { ...osc!, values: { level: 0.5, fine: -3.5 } },
      osc2: { ...osc!, values: { level: 0.5, fine: 3.5 } },
      filter: { ...filter!, in: { in: ['osc', 'osc2'] }, values: { ...filter!.values, slope: '24' } },
      ...rest,
    },
  }
}

const instrument = (patch: Patch): TrackDevice => ({
  id: 'sound',
  kind: 'instrument',
  type: 'patch',
  values: {},
  bypass: false,
  patch,
})

const effect = (id: string, type: string, values: Readonly<Record<string, PlainValue>>): TrackDevice => ({
  id,
  kind: 'effect',
  type,
  values,
  bypass: false,
})

const track = (id: string, devices: readonly TrackDevice[], more: Partial<Track> = {}): Track => ({
  id,
  kind: 'instrument',
  name: id,
  colour: 1,
  devices,
  sends: [],
  clips: [],
  automation: [],
  gainDb: 0,
  pan: 0,
  mute: false,
  solo: false,
  ...more,
})

const song = (tracks: readonly Track[]): Song => ({
  tempoMap: [{ tick: 0, bpm: BPM, ramp: false }],
  signatures: [{ tick: 0, numerator: 4, denominator: 4 }],
  loop: { startTick: 0, endTick: 0, enabled: false },
  tracks,
  returns: [],
})
