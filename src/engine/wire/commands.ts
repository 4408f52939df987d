// Commands to the engine as calls (any producing thread): fills 32-byte records and pushes them into that thread's ring.
import { EXPRESSION_KINDS, type NoteExpression } from '../../compile/song.ts'
import { enums, records } from '../../generated/wire.ts'
import { RECORD_BYTES, ringWriter } from './ring.ts'

/** Every call returns false when the ring is too full; nothing was sent then. Strips count from 0, the audition strip. */
export interface CommandPort {
  /** `frame`: engine frame for what follows, or null for "as soon as it arrives". */
  at(frame: bigint | null): CommandPort
  /** What `calls` sends takes effect at one frame, wherever the engine stands between them: it sees all of it or, false, nothing. At most 16 records. */
  together(calls: (port: CommandPort) => void): boolean
  /** `handle` 0: the strip's own program. `expression`: what the note begins with. Refused below 25 % free. */
  noteOn(
    strip: number,
    noteId: number,
    note: number,
    velocity: number,
    handle?: number,
    expression?: NoteExpression,
  ): boolean
  noteOff(strip: number, noteId: number, velocity: number): boolean
  /** `amount` -1..1, of `rangeSemitones`. */
  bend(strip: number, amount: number, rangeSemitones: number): boolean
  wheel(strip: number, amount: number): boolean
  pressure(strip: number, amount: number): boolean
  timbre(strip: number, amount: number): boolean
  /** Values in the unit of their kind, all at once; note id 0: every held note. */
  express(strip: number, noteId: number, expression: NoteExpression): boolean
  sustain(strip: number, down: boolean): boolean
  /** Device 0 is the instrument, 1.. the effects; options by index. */
  setParam(strip: number, device: number, param: number, value: number): boolean
  /** `effect` counts from 1, as devices do. */
  setBypass(strip: number, effect: number, bypass: boolean): boolean
  stripGain(strip: number, gainDb: number): boolean
  installProgram(strip: number, handle: number, mode: keyof typeof enums.installMode): boolean
  clearStrip(strip: number): boolean
  masterGain(gainDb: number): boolean
  masterMute(muted: boolean): boolean
  masterParam(device: number, param: number, value: number): boolean
  masterBypass(device: number, bypass: boolean): boolean
  stripPan(strip: number, pan: number): boolean
  stripMute(strip: number, muted: boolean): boolean
  stripSolo(strip: number, solo: boolean): boolean
  /** `index`: return from 0; -120 dB or less is off. */
  stripSend(strip: number, index: number, gainDb: number, pre: boolean): boolean
  /** Song tables; handle 0: none (not for the timeline). */
  installTimeline(handle: number): boolean
  installClips(strip: number, handle: number): boolean
  installAutomation(strip: number, handle: number): boolean
  /** Handle 0: every strip to the master. */
  installRouting(handle: number): boolean
  installControls(handle: number): boolean
  transportPlay(countInBars: number): boolean
  transportPause(): boolean
  transportStop(): boolean
  /** Whole frames or ticks, 0 or more. */
  transportSeek(position: number, unit: keyof typeof enums.seekUnit): boolean
  transportLoop(startTick: number, endTick: number, enabled: boolean): boolean
  metronome(on: boolean, gainDb: number): boolean
  /** `strip`: `constants.strips` is the master. */
  analysisTap(index: number, strip: number, on: boolean): boolean
  /** 0 is full quality. */
  governor(level: number): boolean
  panic(): boolean
  reset(seed: number): boolean
  tap(name: keyof typeof enums.tapId, on: boolean): boolean
  ping(token: number): boolean
  /** A record as it stands, with its frame: replayed logs. */
  raw(record: Int32Array): boolean
}

const { command, noteOn, noteOff, express, control, param, toggle, install, send, seek, loop } = records
const NOW = -(2n ** 63n)
const REST: NoteExpression = {}
const MOST_TOGETHER = 16

export function commandPort(buffer: ArrayBufferLike, address: number, generation: number): CommandPort {
  const ring = ringWriter(buffer, address)
  const record = new DataView(new ArrayBuffer(RECORD_BYTES))
  const words = new Int32Array(record.buffer)
  const several = new Int32Array(words.length * (1 + EXPRESSION_KINDS.length))
  const quarter = ring.capacity >> 2
  let frame = NOW
  const begin = (event: keyof typeof enums.event, strip = 0): void => {
    words.fill(0)
    record.setUint16(command.offset.type, enums.event[event], true)
    record.setUint16(command.offset.flags, (generation & 0xff) << 8, true)
    record.setUint32(command.offset.target, strip, true)
    record.setBigInt64(command.offset.frame, frame, true)
  }
  /** What is to be sent together, while it gathers. */
  const gathered = new Int32Array(words.length * MOST_TOGETHER)
  let gatheredCount = -1
  const emit = (source: Int32Array, reserve: number, count = 1): boolean => {
    if (gatheredCount < 0) return ring.push(source, reserve, count)
    if (gatheredCount + count > MOST_TOGETHER) throw new RangeError(`More than ${MOST_TOGETHER} commands together`)
    gathered.set(source.subarray(0, words.length * count), words.length * gatheredCount)
    gatheredCount += count
    return true
  }
  /** What starts something leaves room for what ends it: note-off, pedal and panic always fit. */
  const push = (reserve = quarter): boolean => emit(words, reserve)
  const value = (event: keyof typeof enums.event, strip: number, amount: number, range = 0): boolean => {
    begin(event, strip)
    record.setFloat32(control.offset.value, amount, true)
    record.setFloat32(control.offset.range, range, true)
    return push(event === 'sustain' ? 0 : quarter)
  }
  /** After the first `before` of `several`: a record for each expression. */
  const pushTold = (strip: number, noteId: number, expression: NoteExpression, before: number): boolean => {
    let count = before
    for (const kind of EXPRESSION_KINDS) {
      const amount = expression[kind]
      if (amount === undefined) continue
      begin('express', strip)
      record.setUint32(express.offset.noteId, noteId, true)
      record.setUint32(express.offset.kind, enums.expression[kind], true)
      record.setFloat32(express.offset.value, amount, true)
      several.set(words, words.length * count++)
    }
    return emit(several, quarter, count)
  }
  const parameter = (
    event: 'setParam' | 'masterParam',
    strip: number,
    device: number,
    index: number,
    amount: number,
  ) => {
    begin(event, strip)
    record.setUint16(param.offset.device, device, true)
    record.setUint16(param.offset.param, index, true)
    record.setFloat32(param.offset.value, amount, true)
    return push()
  }
  const flip = (
    event: keyof typeof enums.event,
    strip: number,
    index: number,
    on: boolean,
    reserve = quarter,
  ): boolean => {
    begin(event, strip)
    record.setUint32(toggle.offset.index, index, true)
    record.setUint32(toggle.offset.on, on ? 1 : 0, true)
    return push(reserve)
  }
  const table = (event: keyof typeof enums.event, strip: number, handle: number): boolean => {
    begin(event, strip)
    record.setUint32(install.offset.handle, handle, true)
    return push()
  }
  const port: CommandPort = {
    at(next) {
      frame = next ?? NOW
      return port
    },
    together(calls) {
      if (gatheredCount >= 0) throw new RangeError('Commands are gathered already')
      gatheredCount = 0
      try {
        calls(port)
        return gatheredCount === 0 || ring.push(gathered, quarter, gatheredCount)
      } finally {
        gatheredCount = -1
      }
    },
    noteOn(strip, noteId, note, velocity, handle = 0, expression = REST) {
      begin('noteOn', strip)
      record.setUint32(noteOn.offset.handle, handle, true)
      record.setUint32(noteOn.offset.noteId, noteId, true)
      record.setFloat32(noteOn.offset.note, note, true)
      record.setFloat32(noteOn.offset.velocity, velocity, true)
      several.set(words)
      return pushTold(strip, noteId, expression, 1)
    },
    noteOff(strip, noteId, velocity) {
      begin('noteOff', strip)
      record.setUint32(noteOff.offset.noteId, noteId, true)
      record.setFloat32(noteOff.offset.velocity, velocity, true)
      return push(0)
    },
    bend: (strip, amount, rangeSemitones) => value('bend', strip, amount, rangeSemitones),
    wheel: (strip, amount) => value('wheel', strip, amount),
    pressure: (strip, amount) => value('pressure', strip, amount),
    timbre: (strip, amount) => value('timbre', strip, amount),
    express: (strip, noteId, expression) => pushTold(strip, noteId, expression, 0),
    sustain: (strip, down) => value('sustain', strip, down ? 1 : 0),
    setParam: (strip, device, index, amount) => parameter('setParam', strip, device, index, amount),
    setBypass: (strip, effect, bypass) => flip('setBypass', strip, effect, bypass),
    stripGain: (strip, gainDb) => value('stripGain', strip, gainDb),
    installProgram(strip, handle, mode) {
      begin('installProgram', strip)
      record.setUint32(install.offset.handle, handle, true)
      record.setUint32(install.offset.mode, enums.installMode[mode], true)
      return push()
    },
    clearStrip: (strip) => flip('clearStrip', strip, 0, true),
    masterGain: (gainDb) => value('masterGain', 0, gainDb),
    masterMute: (muted) => value('masterMute', 0, muted ? 1 : 0),
    masterParam: (device, index, amount) => parameter('masterParam', 0, device, index, amount),
    masterBypass: (device, bypass) => flip('masterBypass', 0, device, bypass),
    stripPan: (strip, pan) => value('stripPan', strip, pan),
    stripMute: (strip, muted) => value('stripMute', strip, muted ? 1 : 0),
    stripSolo: (strip, solo) => value('stripSolo', strip, solo ? 1 : 0),
    stripSend(strip, index, gainDb, pre) {
      begin('stripSend', strip)
      record.setUint32(send.offset.index, index, true)
      record.setFloat32(send.offset.gainDb, gainDb, true)
      record.setUint32(send.offset.pre, pre ? 1 : 0, true)
      return push()
    },
    installTimeline: (handle) => table('installTimeline', 0, handle),
    installClips: (strip, handle) => table('installClips', strip, handle),
    installAutomation: (strip, handle) => table('installAutomation', strip, handle),
    installRouting: (handle) => table('installRouting', 0, handle),
    installControls: (handle) => table('installControls', 0, handle),
    transportPlay: (countInBars) => flip('transportPlay', 0, countInBars, true),
    transportPause: () => flip('transportPause', 0, 0, true, 0),
    transportStop: () => flip('transportStop', 0, 0, true, 0),
    transportSeek(position, unit) {
      begin('transportSeek')
      record.setBigInt64(seek.offset.position, BigInt(position), true)
      record.setUint32(seek.offset.unit, enums.seekUnit[unit], true)
      return push()
    },
    transportLoop(startTick, endTick, enabled) {
      begin('transportLoop')
      if (enabled) words[0]! |= enums.commandFlag.on << 16
      record.setBigInt64(loop.offset.startTick, BigInt(startTick), true)
      record.setBigInt64(loop.offset.endTick, BigInt(endTick), true)
      return push()
    },
    metronome: (on, gainDb) => value('metronome', 0, on ? 1 : 0, gainDb),
    analysisTap: (index, strip, on) => flip('analysisTap', strip, index, on),
    governor: (level) => flip('governor', 0, level, true, 0),
    panic: () => flip('panic', 0, 0, true, 0),
    reset: (seed) => flip('reset', 0, seed, true),
    tap: (name, on) => flip('tap', 0, enums.tapId[name], on),
    ping: (token) => flip('ping', 0, token, true),
    raw: (source) => emit(source, 0),
  }
  return port
}
