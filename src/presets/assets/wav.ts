// WAV files read to the last bit: samples, root key and loop (any thread). Other formats go through the browser.
import { SoundloomError } from '../../params/error.ts'

export interface Recording {
  readonly sampleRate: number
  readonly channels: readonly Float32Array[]
  /** MIDI note number with cents, where the file says it. */
  readonly rootKey?: number
  /** Frames; the end belongs to it no more. */
  readonly loop?: { readonly start: number; readonly end: number }
  /** Of a wavetable, where the file says it. */
  readonly cycle?: number
}

const tag = (view: DataView, at: number): string =>
  String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(at + i)))

type Reader = (view: DataView, at: number) => number

/** By format tag and bits: 1 is integer, 3 is float. */
function readerOf(format: number, bits: number): Reader | null {
  if (format === 3 && bits === 32) return (view, at) => view.getFloat32(at, true)
  if (format === 3 && bits === 64) return (view, at) => view.getFloat64(at, true)
  if (format !== 1) return null
  if (bits === 8) return (view, at) => (view.getUint8(at) - 128) / 128
  if (bits === 16) return (view, at) => view.getInt16(at, true) / 32768
  if (bits === 24) return (view, at) => (view.getUint16(at, true) + view.getInt8(at + 2) * 65536) / 8388608
  if (bits === 32) return (view, at) => view.getInt32(at, true) / 2147483648
  return null
}

const bad = (message: string): SoundloomError =>
  new SoundloomError('parse-failed', message, { hint: 'Save it again as a WAV file.' })

/** Null: it is no WAV file, or of a format that only a browser may know. Throws `parse-failed`. */
export function readWav(bytes: Uint8Array): Recording | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 44 || tag(view, 0) !== 'RIFF' || tag(view, 8) !== 'WAVE') return null
  let format: { reader: Reader; channels: number; sampleRate: number; frameBytes: number; bits: number } | null = null
  let channels: Float32Array[] | null = null
  let extras: Omit<Recording, 'channels' | 'sampleRate'> = {}
  for (let at = 12; at + 8 <= bytes.length;) {
    const id = tag(view, at)
    const body = at + 8
    // Files that were cut off, or written while they grew, say more than they hold.
    const size = Math.min(view.getUint32(at + 4, true), bytes.length - body)
    if (id === 'fmt ' && size >= 16) {
      const extensible = view.getUint16(body, true) === 0xfffe && size >= 26
      const bits = view.getUint16(body + 14, true)
      const reader = readerOf(view.getUint16(body + (extensible ? 24 : 0), true), bits)
      if (!reader) return null
      const count = view.getUint16(body + 2, true)
      const sampleRate = view.getUint32(body + 4, true)
      if (count < 1 || sampleRate < 1000 || sampleRate > 768_000)
        throw bad('The WAV file says nothing usable of itself.')
      format = { reader, channels: count, sampleRate, frameBytes: (count * bits) / 8, bits }
    } else if (id === 'data' && format) {
      const { reader, channels: count, frameBytes, bits } = format
      const frames = Math.floor(size / frameBytes)
      channels = Array.from({ length: count }, (_, channel) => {
        const samples = new Float32Array(frames)
        for (let i = 0, from = body + (channel * bits) / 8; i < frames; i++, from += frameBytes)
          samples[i] = reader(view, from)
        return samples
      })
    } else if (id === 'smpl' && size >= 36) extras = { ...extras, ...readSampler(view, body, size) }
    else if (id === 'clm ' && size >= 7) {
      // "<!>2048 ...": what wavetable synthesizers write.
      const cycle = Number(/^<!>(\d+)/.exec(String.fromCharCode(...bytes.subarray(body, body + 16)))?.[1])
      if (cycle > 0) extras = { ...extras, cycle }
    }
    at = body + size + (size % 2)
  }
  if (!format || !channels?.[0]?.length) throw bad('The WAV file holds no sound.')
  const { loop } = extras
  const frames = channels[0].length
  const usable = loop && loop.start >= 0 && loop.end <= frames && loop.end - loop.start >= 2
  const { loop: _, ...rest } = extras
  return { sampleRate: format.sampleRate, channels, ...rest, ...(usable ? { loop } : {}) }
}

/** The `smpl` chunk: root key with its fraction of a semitone, and the first loop. */
function readSampler(view: DataView, body: number, size: number): Pick<Recording, 'rootKey' | 'loop'> {
  const note = view.getUint32(body + 12, true)
  const fraction = view.getUint32(body + 16, true) / 2 ** 32
  const loops = view.getUint32(body + 28, true)
  const rootKey = note <= 127 ? { rootKey: note + fraction } : {}
  if (loops < 1 || size < 60) return rootKey
  const start = view.getUint32(body + 36 + 8, true)
  const end = view.getUint32(body + 36 + 12, true) + 1
  return { ...rootKey, loop: { start, end } }
}

/** The rate that a compressed file was made at, so that the browser need not resample it; null: unknown. */
export function fileRate(bytes: Uint8Array): number | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const text = (at: number, length: number): string => String.fromCharCode(...bytes.subarray(at, at + length))
  if (bytes.length < 64) return null
  if (text(0, 4) === 'fLaC') return (view.getUint16(18) << 4) | (view.getUint8(20) >> 4)
  if (text(0, 4) === 'OggS') {
    const head = text(28, 8)
    return head.startsWith('\x01vorbis') ? view.getUint32(40, true) : head === 'OpusHead' ? 48_000 : null
  }
  if (text(0, 4) === 'FORM') {
    const at = text(0, 4096).indexOf('COMM')
    if (at < 0 || at + 20 > bytes.length) return null
    // An 80-bit float: exponent and mantissa.
    return Math.round(view.getUint32(at + 18) * 2 ** (view.getUint16(at + 16) - 16_383 - 31))
  }
  // MPEG audio after its tag: four sync bytes name version and rate.
  let at = text(0, 3) === 'ID3' ? 10 + ((bytes[6]! << 21) | (bytes[7]! << 14) | (bytes[8]! << 7) | bytes[9]!) : 0
  for (const end = Math.min(bytes.length - 4, at + 8192); at < end; at++) {
    if (bytes[at] !== 0xff || (bytes[at + 1]! & 0xe0) !== 0xe0) continue
    const rate = [44_100, 48_000, 32_000][(bytes[at + 2]! >> 2) & 3]
    const version = (bytes[at + 1]! >> 3) & 3
    if (rate && version !== 1) return version === 3 ? rate : version === 2 ? rate / 2 : rate / 4
  }
  return null
}
