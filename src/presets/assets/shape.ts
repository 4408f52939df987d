// A recording as its picture: peaks over time, how long it rings, its loop (any thread). Derived from the bytes that the engine loads.
import { records } from '../../generated/wire.ts'
import { assetFacts } from './record.ts'

export interface RecordingShape {
  readonly seconds: number
  /** 0..1 of the highest, over equal parts of its length. */
  readonly peaks: Float32Array
  /** T60; what it is drawn with where it is a room. */
  readonly decaySeconds: number
  /** In parts of its length; null: it brings none. */
  readonly loop: { readonly from: number; readonly to: number } | null
}

const HEADER = records.assetHeader
const ZONE = records.assetZone

/** The highest of all channels in each of `count` parts, of the highest of all. */
export function peaksOf(channels: readonly Float32Array[], count: number): Float32Array {
  const frames = channels[0]?.length ?? 0
  const peaks = new Float32Array(count)
  for (let part = 0; part < count; part++) {
    const to = Math.max(Math.ceil(((part + 1) * frames) / count), Math.floor((part * frames) / count) + 1)
    let highest = 0
    for (const channel of channels)
      for (let i = Math.floor((part * frames) / count); i < to && i < frames; i++)
        highest = Math.max(highest, Math.abs(channel[i]!))
    peaks[part] = highest
  }
  const most = peaks.reduce((a, b) => Math.max(a, b), 0)
  return most > 0 ? peaks.map((peak) => peak / most) : peaks
}

const CELL_SECONDS = 0.005

/** T60 from the slope between -5 and -35 dB of the energy that is still to come (ISO 3382), as wasm/dsp/impulse_response.h has it. */
export function decaySecondsOf(channels: readonly Float32Array[], sampleRate: number): number {
  const frames = channels[0]?.length ?? 0
  const cell = Math.max(1, Math.floor(CELL_SECONDS * sampleRate))
  const cells = Array.from({ length: Math.ceil(frames / cell) }, (_, i) =>
    channels.reduce(
      (sum, channel) => sum + channel.subarray(i * cell, (i + 1) * cell).reduce((a, x) => a + x * x, 0),
      0,
    ),
  )
  const whole = cells.reduce((a, b) => a + b, 0)
  const length = frames / sampleRate
  let rest = whole
  let from = -1
  for (const [i, energy] of cells.entries()) {
    rest -= energy
    const level = rest > 0 && whole > 0 ? 10 * Math.log10(rest / whole) : -200
    const seconds = (i + 1) * CELL_SECONDS
    if (from < 0 && level <= -5) from = seconds
    if (level <= -35) return Math.min(Math.max(2 * (seconds - from), 0.02), 2 * length)
  }
  return Math.max(length, 0.02)
}

/** Null: these bytes are no asset. */
export function recordingShape(bytes: Uint8Array, count: number): RecordingShape | null {
  const facts = assetFacts(bytes)
  if (!facts) return null
  const { channels: sides, frames, sampleRate, zones, kind } = facts
  const first = bytes.byteOffset + HEADER.bytes + zones * ZONE.bytes
  // Bytes from a store may lie anywhere; floats lie on their own boundary.
  const at = (side: number) => first + side * frames * 4
  const channels = Array.from({ length: sides }, (_, side) =>
    at(side) % 4 === 0
      ? new Float32Array(bytes.buffer, at(side), frames)
      : new Float32Array(bytes.buffer.slice(at(side), at(side) + frames * 4)),
  )
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const word = (field: 'firstFrame' | 'loopStart' | 'loopEnd') =>
    view.getUint32(HEADER.bytes + ZONE.offset[field], true)
  const loop =
    zones > 0 && word('loopEnd') > word('loopStart')
      ? {
          from: (word('firstFrame') + word('loopStart')) / frames,
          to: (word('firstFrame') + word('loopEnd')) / frames,
        }
      : null
  return {
    seconds: frames / sampleRate,
    peaks: peaksOf(channels, count),
    decaySeconds: kind === 'impulse' ? decaySecondsOf(channels, sampleRate) : frames / sampleRate,
    loop,
  }
}
