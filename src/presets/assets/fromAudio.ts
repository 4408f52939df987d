// What a decoded recording becomes: a sample, an impulse response, a wavetable (any thread). Bounds are named where they bite.
import { SoundloomError } from '../../params/error.ts'
import type { Patch, Preset, Role } from '../model.ts'
import { detectKey } from './pitch.ts'
import { encodeAsset, type AssetKind, type AssetZone } from './record.ts'
import type { Recording } from './wav.ts'

export const AUDIO_LIMITS = {
  fileBytes: 128 * 1024 * 1024,
  /** Decoded, as 32-bit floats: 43 s of stereo at 48 kHz. */
  sampleBytes: 16 * 1024 * 1024,
  impulseSeconds: 10,
  tableFrames: 256,
} as const
const CYCLE = 2048

const seconds = (value: number): string => `${value.toFixed(1)} s`

/** The same on both sides is one side. */
function sidesOf(channels: readonly Float32Array[]): readonly Float32Array[] {
  const [left, right] = channels
  if (!left) throw new SoundloomError('parse-failed', 'The file holds no sound.')
  if (!right || left.every((value, i) => value === right[i])) return [left]
  return [left, right]
}

const zoneOf = (frames: number, { loop }: Recording, rootKey: number): AssetZone => ({
  lowKey: 0,
  highKey: 127,
  lowVelocity: 0,
  highVelocity: 1,
  rootKey,
  gainDb: 0,
  firstFrame: 0,
  frames,
  loopStart: loop?.start ?? 0,
  loopEnd: loop?.end ?? 0,
  crossfade: 0,
})

export interface MadeAsset {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly seconds: number
  /** Of a sample whose root key the file says or whose pitch is clear. */
  readonly rootKey: number | null
}

/** Throws `limit-exceeded` naming the limit, `unsupported-format` for a kind that audio cannot be. */
export function assetFromAudio(kind: AssetKind, recording: Recording): MadeAsset {
  const { sampleRate } = recording
  const frames = recording.channels[0]?.length ?? 0
  const length = frames / sampleRate
  if (kind === 'sample') {
    const channels = sidesOf(recording.channels)
    const most = AUDIO_LIMITS.sampleBytes / 4 / channels.length
    if (frames > most) {
      throw new SoundloomError('limit-exceeded', `The recording is ${seconds(length)} long`, {
        hint: `A sample holds at most ${seconds(most / sampleRate)} of ${channels.length > 1 ? 'stereo' : 'mono'} at ${sampleRate} Hz.`,
      })
    }
    const rootKey = recording.rootKey ?? detectKey(channels[0]!, sampleRate)
    const zones = [zoneOf(frames, recording, rootKey ?? 60)]
    return { bytes: encodeAsset({ kind, sampleRate, channels, zones }), seconds: length, rootKey }
  }
  if (kind === 'impulse') {
    if (length > AUDIO_LIMITS.impulseSeconds) {
      throw new SoundloomError('limit-exceeded', `The recording is ${seconds(length)} long`, {
        hint: `An impulse response is at most ${AUDIO_LIMITS.impulseSeconds} s long.`,
      })
    }
    const channels = recording.channels.length >= 4 ? recording.channels.slice(0, 4) : sidesOf(recording.channels)
    return { bytes: encodeAsset({ kind, sampleRate, channels }), seconds: length, rootKey: null }
  }
  if (kind === 'wavetable') {
    const cycle = recording.cycle ?? Math.min(CYCLE, frames)
    const most = cycle * AUDIO_LIMITS.tableFrames
    if (frames > most) {
      throw new SoundloomError('limit-exceeded', `The recording is ${seconds(length)} long`, {
        hint: `A wavetable holds at most ${AUDIO_LIMITS.tableFrames} waves of ${cycle} samples.`,
      })
    }
    const whole = recording.channels[0]!.subarray(0, Math.floor(frames / cycle) * cycle)
    return { bytes: encodeAsset({ kind, sampleRate, channels: [whole], cycle }), seconds: length, rootKey: null }
  }
  throw new SoundloomError('unsupported-format', `Audio cannot be a ${kind}.`)
}

const SHORT_SECONDS = 1.5
const LONG_SECONDS = 6

const roleOf = (length: number, tonal: boolean): Role =>
  tonal ? (length > LONG_SECONDS ? 'TEXTURE' : 'KEYS') : length < SHORT_SECONDS ? 'DRUM' : 'FX'

/** A sound that plays the sample on the keys. */
export function samplerPreset(
  name: string,
  asset: string,
  { seconds: length, rootKey }: MadeAsset,
  loops: boolean,
): Preset {
  const patch: Patch = {
    version: 1,
    units: {
      sampler: { type: 'sampler', asset },
      env: { type: 'env', values: { attack: 0, decay: 1, sustain: 1, release: loops ? 0.2 : 0.4, velocity: 0.6 } },
      amp: { type: 'gain', in: { in: ['sampler.left'], right: ['sampler.right'], mod: ['env'] } },
    },
    mods: [],
    out: { left: 'amp', right: 'amp.right' },
    voices: { max: 16, mode: 'poly', glideSeconds: 0 },
    groups: [],
  }
  return {
    version: 1,
    id: '',
    name,
    role: roleOf(length, rootKey !== null),
    tags: ['sample', ...(loops ? ['loop'] : [])],
    description: `Recording of ${seconds(length)}`,
    patch,
    values: {},
    effects: [],
    source: { kind: 'import', files: [] },
  }
}
