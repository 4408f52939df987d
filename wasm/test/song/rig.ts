// The engine with a song for tests in Node: tables in, what the sequencer sent and where the transport stands out.
import { encodeClips, encodeTimeline } from '../../../src/compile/songTables.ts'
import type { ControlPoint, Note, Signature, TempoPoint } from '../../../src/compile/song.ts'
import { constants, enums, records } from '../../../src/generated/wire.ts'
import { bootEngine, type Sound, type TestEngine } from '../engine.ts'
import { sawPatch, voice } from '../patches.ts'

export const TRACK = constants.firstTrack
export const BEAT = constants.ticksPerBeat

/** A command that the sequencer sent to a strip. */
export interface Sent {
  readonly event: keyof typeof enums.event
  readonly strip: number
  readonly frame: number
  /** Notes. */
  readonly noteId: number
  /** Note number, or value of a controller or of a lane. */
  readonly value: number
  readonly velocity: number
}

export interface TransportReading {
  readonly status: keyof typeof enums.transportStatus
  readonly loop: boolean
  readonly metronome: boolean
  readonly engineFrame: number
  readonly position: number
  readonly tick: number
  readonly tickFraction: number
  readonly bpm: number
  readonly numerator: number
  readonly denominator: number
  readonly bar: number
  readonly beat: number
  readonly tickOfBeat: number
  readonly loopStart: number
  readonly loopEnd: number
  readonly countInLeft: number
  readonly dropped: number
  readonly late: number
  readonly timeline: number
}

export interface SongRig extends TestEngine {
  /** Handle, or 0: refused. */
  readonly table: (bytes: Uint8Array) => number
  /** What was sent since the last call. Throws when it did not fit. */
  readonly sent: () => Sent[]
  readonly transport: () => TransportReading
}

/** A note in beats, for hand-written tests. */
export const note = (beat: number, lengthBeats: number, key = 60, velocity = 0.8): Note => ({
  id: '',
  tick: Math.round(beat * BEAT),
  lengthTicks: Math.round(lengthBeats * BEAT),
  note: key,
  velocity,
})
export const control = (beat: number, controller: ControlPoint['controller'], value: number): ControlPoint => ({
  id: '',
  tick: Math.round(beat * BEAT),
  controller,
  value,
})

/** A table of notes and controllers as they are, in song ticks. */
export const clipsOf = (notes: readonly Note[], controls: readonly ControlPoint[] = []): Uint8Array =>
  encodeClips([{ id: '', name: '', startTick: 0, lengthTicks: constants.maxTick, mute: false, notes, controls }])!

export const timelineOf = (
  tempoMap: readonly TempoPoint[],
  signatures: readonly Signature[] = [{ tick: 0, numerator: 4, denominator: 4 }],
): Uint8Array => encodeTimeline({ tempoMap, signatures })

/** One voice that is gone 20 ms after its note. */
export const blip: Sound = {
  patch: sawPatch(
    { voices: voice(1), out: { left: 'amp', right: 'amp' } },
    {
      osc: { type: 'sine', values: { level: 0.5 } },
      env: { type: 'env', values: { attack: 0.001, sustain: 1, release: 0.02 } },
      amp: { type: 'gain', in: { in: ['osc'], mod: ['env'] } },
    },
  ),
}

const CAPACITY = 1 << 16

export function bootSong(sampleRate = 48000, engine = bootEngine(sampleRate)): SongRig {
  const { exports, memory } = engine.instance
  const trace = exports.mem_alloc!(CAPACITY * constants.recordBytes)
  exports.song_trace!(trace, CAPACITY)
  const names = Object.entries(enums.event)
  const nameOf = (value: number) => names.find(([, entry]) => entry === value)![0] as keyof typeof enums.event
  const words = new Int32Array(24)
  const at = enums.transportWord
  const statuses = Object.entries(enums.transportStatus)
  const wide = (low: number): number => words[low + 1]! * 2 ** 32 + (words[low]! >>> 0)
  const float = new Float32Array(words.buffer)
  return {
    ...engine,
    table(bytes) {
      const where = exports.mem_alloc!(bytes.length)
      new Uint8Array(memory.buffer).set(bytes, where)
      const handle = exports.table_load!(where, bytes.length) >>> 0
      exports.mem_free!(where)
      return handle
    },
    sent() {
      const count = exports.song_trace!(trace, CAPACITY) >>> 0
      if (count > CAPACITY) throw new Error(`${count} events do not fit`)
      const view = new DataView(memory.buffer, trace, count * constants.recordBytes)
      return Array.from({ length: count }, (_, index) => {
        const record = index * constants.recordBytes
        const event = nameOf(view.getUint16(record + records.command.offset.type, true))
        const field = (offset: number) => view.getFloat32(record + offset, true)
        return {
          event,
          strip: view.getUint32(record + records.command.offset.target, true),
          frame: Number(view.getBigInt64(record + records.command.offset.frame, true)),
          noteId:
            event === 'noteOn'
              ? view.getUint32(record + records.noteOn.offset.noteId, true)
              : event === 'noteOff'
                ? view.getUint32(record + records.noteOff.offset.noteId, true)
                : 0,
          value: field(
            event === 'noteOn'
              ? records.noteOn.offset.note
              : event === 'setParam'
                ? records.param.offset.value
                : event === 'stripSend'
                  ? records.send.offset.gainDb
                  : records.control.offset.value,
          ),
          velocity: event === 'noteOn' ? field(records.noteOn.offset.velocity) : 0,
        }
      })
    },
    transport() {
      if (!engine.wire.slot(enums.slotId.transport).read(words)) throw new Error('slot busy')
      const flags = words[at.flags]!
      return {
        status: statuses.find(([, value]) => value === words[at.status])![0] as keyof typeof enums.transportStatus,
        loop: (flags & enums.transportFlag.loop) !== 0,
        metronome: (flags & enums.transportFlag.metronome) !== 0,
        engineFrame: wide(at.engineLow),
        position: wide(at.positionLow),
        tick: wide(at.tickLow),
        tickFraction: float[at.tickFraction]!,
        bpm: float[at.bpm]!,
        numerator: words[at.numerator]!,
        denominator: words[at.denominator]!,
        bar: words[at.bar]!,
        beat: words[at.beat]!,
        tickOfBeat: words[at.tickOfBeat]!,
        loopStart: wide(at.loopStartLow),
        loopEnd: wide(at.loopEndLow),
        countInLeft: words[at.countInLeft]!,
        dropped: words[at.dropped]!,
        late: words[at.late]!,
        timeline: words[at.timeline]! >>> 0,
      }
    },
  }
}

/** With a blip on the first `tracks` tracks. */
export function bootBlips(tracks = 1, sampleRate = 48000): SongRig {
  const rig = bootSong(sampleRate)
  for (let track = 0; track < tracks; track++)
    rig.commands.at(null).installProgram(TRACK + track, rig.load(blip).handle, 'switch')
  rig.pump()
  return rig
}
