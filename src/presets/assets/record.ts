// An asset as bytes: what the engine loads, what is stored, and what its id is the hash of (any thread). The layout is wasm/wire/asset.h;
// stored bytes are of this layout for ever, so a change of it needs a migration.
import { constants, enums, records } from '../../generated/wire.ts'
import { SoundloomError } from '../../params/error.ts'

export type AssetKind = keyof typeof enums.assetKind

/** One recording of a sample. Frames count in the zone, `firstFrame` in the asset. */
export interface AssetZone {
  readonly lowKey: number
  readonly highKey: number
  readonly lowVelocity: number
  readonly highVelocity: number
  /** MIDI note number, cents included. */
  readonly rootKey: number
  readonly gainDb: number
  readonly firstFrame: number
  readonly frames: number
  /** Equal: no loop. */
  readonly loopStart: number
  readonly loopEnd: number
  readonly crossfade: number
}

export interface AssetData {
  readonly kind: AssetKind
  readonly sampleRate: number
  /** 1 or 2, all of one length; an impulse response may have 4. */
  readonly channels: readonly Float32Array[]
  /** A sample has at least one, nothing else has any. */
  readonly zones?: readonly AssetZone[]
  /** Wavetables: frames of one cycle; 0: unknown. */
  readonly cycle?: number
}

export interface AssetFacts {
  readonly kind: AssetKind
  readonly sampleRate: number
  readonly channels: number
  readonly frames: number
  readonly zones: number
}

const HEADER = records.assetHeader
const ZONE = records.assetZone
const FLOAT_FIELDS = ['lowKey', 'highKey', 'lowVelocity', 'highVelocity', 'rootKey', 'gainDb'] as const
const WORD_FIELDS = ['firstFrame', 'frames', 'loopStart', 'loopEnd', 'crossfade'] as const

export function encodeAsset({ kind, sampleRate, channels, zones = [], cycle = 0 }: AssetData): Uint8Array<ArrayBuffer> {
  const frames = channels[0]?.length ?? 0
  const first = HEADER.bytes + zones.length * ZONE.bytes
  const length = first + frames * channels.length * 4
  if (length > constants.maxAssetBytes) {
    throw new SoundloomError('limit-exceeded', `An asset holds at most ${constants.maxAssetBytes >> 20} MB`, {
      value: length,
    })
  }
  const bytes = new Uint8Array(length)
  const view = new DataView(bytes.buffer)
  const at = HEADER.offset
  const words: readonly (readonly [number, number])[] = [
    [at.magic, constants.assetMagic],
    [at.bytes, length],
    [at.kind, enums.assetKind[kind]],
    [at.channels, channels.length],
    [at.frames, frames],
    [at.zones, zones.length],
    [at.cycle, cycle],
  ]
  for (const [offset, value] of words) view.setUint32(offset, value, true)
  view.setFloat32(at.sampleRate, sampleRate, true)
  zones.forEach((zone, index) => {
    const base = HEADER.bytes + index * ZONE.bytes
    for (const field of FLOAT_FIELDS) view.setFloat32(base + ZONE.offset[field], zone[field], true)
    for (const field of WORD_FIELDS) view.setUint32(base + ZONE.offset[field], zone[field], true)
  })
  channels.forEach((channel, index) => {
    const samples = new Float32Array(bytes.buffer, first + index * frames * 4, frames)
    samples.set(channel)
    // What is not a number, or beyond any sound, is silence: the engine refuses it.
    samples.forEach((value, i) => {
      if (!(Math.abs(value) <= 256)) samples[i] = 0
    })
  })
  return bytes
}

/** What bytes say of themselves; null: they are no asset. The engine checks the rest. */
export function assetFacts(bytes: Uint8Array): AssetFacts | null {
  if (bytes.length < HEADER.bytes) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const word = (offset: number): number => view.getUint32(offset, true)
  const at = HEADER.offset
  const kind = (Object.keys(enums.assetKind) as AssetKind[]).find((name) => enums.assetKind[name] === word(at.kind))
  const [channels, frames, zones] = [word(at.channels), word(at.frames), word(at.zones)]
  if (word(at.magic) !== constants.assetMagic || word(at.bytes) !== bytes.length || !kind) return null
  if (HEADER.bytes + zones * ZONE.bytes + frames * channels * 4 !== bytes.length) return null
  return { kind, sampleRate: view.getFloat32(at.sampleRate, true), channels, frames, zones }
}

const OWN_ID = /^as-[0-9a-f]{16}$/
const BUILTIN = 'builtin:'

export const BUILTIN_ASSETS = Object.keys(enums.builtinAsset).map((name) => `${BUILTIN}${name}`)

/** Index of a source that the engine makes itself; null: it is none. */
export function builtinIndex(id: string): number | null {
  const name = id.slice(BUILTIN.length)
  if (!id.startsWith(BUILTIN) || !Object.hasOwn(enums.builtinAsset, name)) return null
  return enums.builtinAsset[name as keyof typeof enums.builtinAsset]
}

/** What may stand in a document; whether the asset is here is another question. */
export const isAssetId = (id: unknown): id is string =>
  typeof id === 'string' && (OWN_ID.test(id) || builtinIndex(id) !== null)

/** `as-` and 16 hex figures of the SHA-256 of the bytes: the same recording is the same asset everywhere. */
export async function assetId(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return `as-${Array.from(hash.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('')}`
}
