// The engine's transport slot as a state or a playhead (any thread): the only place that knows the slot's words.
import { constants, enums } from '../generated/wire.ts'
import type { Playhead, TransportState, TransportStatus } from './state.ts'
import { formatTime } from './time.ts'

const { transportWord: word, transportStatus, transportFlag } = enums
const { ticksPerBeat } = constants
export const TRANSPORT_WORDS = Math.max(...Object.values(word)) + 1
const TWO_32 = 2 ** 32

/** One reading of the slot, made once and filled again. */
export interface TransportWords {
  readonly words: Int32Array
  readonly floats: Float32Array
}

export function transportWords(): TransportWords {
  const words = new Int32Array(TRANSPORT_WORDS)
  return { words, floats: new Float32Array(words.buffer) }
}

const STATUS: readonly (readonly [value: number, name: TransportStatus])[] = [
  [transportStatus.stopped, 'stopped'],
  [transportStatus.playing, 'playing'],
  [transportStatus.paused, 'paused'],
  [transportStatus.countingIn, 'counting-in'],
]

/** 64 bits in two words; exact to 2^53. */
const wide = (words: Int32Array, low: number): number => (words[low]! >>> 0) + words[low + 1]! * TWO_32

/** A signature always has a denominator; without one the engine has not written the slot yet. */
export const isWritten = ({ words }: TransportWords): boolean => words[word.denominator]! > 0

const beatsOf = ({ words, floats }: TransportWords): number =>
  (wide(words, word.tickLow) + floats[word.tickFraction]!) / ticksPerBeat

export function decodeTransport(reading: TransportWords, sampleRate: number, timestampMs: number): TransportState {
  const { words, floats } = reading
  const status = STATUS.find(([value]) => value === words[word.status])?.[1] ?? 'stopped'
  const samplePos = wide(words, word.positionLow)
  const timeSeconds = samplePos / sampleRate
  const flags = words[word.flags]!
  return {
    playing: status === 'playing',
    status,
    samplePos,
    timeSeconds,
    timeFormatted: formatTime(timeSeconds),
    frameCount: wide(words, word.engineLow),
    bpm: floats[word.bpm]!,
    beatPos: beatsOf(reading),
    bar: words[word.bar]! + 1,
    beat: words[word.beat]! + 1,
    tick: words[word.tickOfBeat]!,
    numerator: words[word.numerator]!,
    denominator: words[word.denominator]!,
    loopEnabled: (flags & transportFlag.loop) !== 0,
    loopStartBeat: wide(words, word.loopStartLow) / ticksPerBeat,
    loopEndBeat: wide(words, word.loopEndLow) / ticksPerBeat,
    metronome: (flags & transportFlag.metronome) !== 0,
    countInLeft: words[word.countInLeft]!,
    timestampMs,
  }
}

/** Allocates nothing. */
export function decodePlayhead(reading: TransportWords, into: Playhead): void {
  into.playing = reading.words[word.status] === transportStatus.playing
  into.beatPos = beatsOf(reading)
  into.samplePos = wide(reading.words, word.positionLow)
  into.bpm = reading.floats[word.bpm]!
}
