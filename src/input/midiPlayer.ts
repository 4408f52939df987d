// What one MIDI input plays (main thread): its messages as commands, with its channels' controllers and, as MPE, notes that are told apart.
import type { MpeMode } from '../commands/families/input.ts'
import { MAX_BEND_SEMITONES, type NoteExpression } from '../commands/families/note.ts'
import type { Run } from '../commands/registry.ts'
import { readMessage, type MidiMessage } from './midiMessage.ts'
import {
  configured,
  LOWER_MANAGER,
  managerOf,
  MEMBER_BEND_SEMITONES,
  NO_ZONES,
  UPPER_MANAGER,
  WHOLE_ZONE,
  type Zones,
} from './mpe.ts'

/** Range of the pitch wheel to either side, in semitones (General MIDI's default). */
export const BEND_SEMITONES = 2

const CONTROL = {
  modulation: 1,
  dataEntry: 6,
  dataEntryFine: 38,
  sustain: 64,
  timbre: 74,
  nrpnLow: 98,
  nrpnHigh: 99,
  rpnLow: 100,
  rpnHigh: 101,
  allSoundOff: 120,
  resetControllers: 121,
  allNotesOff: 123,
} as const
const RPN = { bendRange: 0, mpe: 6, none: 0x3fff } as const

interface Channel {
  /** -1..1 */
  bend: number
  /** Whole semitones and hundredths; null: nothing was said. */
  range: number | null
  pressure: number
  timbre: number
  rpn: number
  /** Notes that are down. */
  readonly notes: Set<number>
}

export interface MidiPlayer {
  receive(data: Uint8Array): void
  setMode(mode: MpeMode): void
  /** Zones that are in force. */
  zones(): Zones
}

/** `source`: of the notes, with the channel after it. `changed`: the zones in force are others. */
export function createMidiPlayer(
  run: Run,
  source: string,
  mode: MpeMode = 'auto',
  changed: () => void = () => undefined,
): MidiPlayer {
  const channels: readonly Channel[] = Array.from({ length: 16 }, () => ({
    bend: 0,
    range: null,
    pressure: 0,
    timbre: 0,
    rpn: RPN.none,
    notes: new Set<number>(),
  }))
  /** What the controller said of itself. */
  let told = NO_ZONES
  const go = (...args: Parameters<Run>): void => void run(...args).catch(() => undefined)
  const sourceOf = (channel: number): string => `${source}${String(channel)}`
  const zones = (): Zones => {
    if (mode === 'off') return NO_ZONES
    return mode === 'on' && told.lower === 0 && told.upper === 0 ? WHOLE_ZONE : told
  }
  const isMember = (channel: number): boolean => managerOf(zones(), channel) !== null
  const rangeOf = (channel: number): number =>
    channels[channel]!.range ?? (isMember(channel) ? MEMBER_BEND_SEMITONES : BEND_SEMITONES)
  const tuningOf = (channel: number): number => channels[channel]!.bend * rangeOf(channel)

  const tell = (channel: number, expression: NoteExpression): void => {
    for (const note of channels[channel]!.notes) go('note.express', { note, source: sourceOf(channel), expression })
  }
  /** Every note is over and every controller at rest. */
  const rest = (): void => {
    go('note.releaseSource', { source })
    for (const [index, channel] of channels.entries()) {
      if (!isMember(index)) resetControllers(index)
      Object.assign(channel, { bend: 0, pressure: 0, timbre: 0 })
      channel.notes.clear()
    }
  }
  const change = (next: () => void): void => {
    rest()
    next()
    changed()
  }
  const bend = (index: number): void => {
    if (isMember(index)) return tell(index, { tuning: tuningOf(index) })
    go('note.bend', { amount: channels[index]!.bend, rangeSemitones: rangeOf(index) })
  }
  const resetControllers = (index: number): void => {
    const channel = channels[index]!
    const moved = { bend: channel.bend !== 0, pressure: channel.pressure !== 0, timbre: channel.timbre !== 0 }
    Object.assign(channel, { bend: 0, pressure: 0, timbre: 0 })
    if (isMember(index)) return tell(index, { tuning: 0, pressure: 0, timbre: 0 })
    if (moved.bend) bend(index)
    if (moved.pressure) go('note.pressure', { amount: 0 })
    if (moved.timbre) go('note.timbre', { amount: 0 })
  }
  const setRange = (index: number, semitones: number): void => {
    const range = Math.min(semitones, MAX_BEND_SEMITONES)
    const manager = managerOf(zones(), index)
    // What one member is told holds for all members of its zone.
    for (const [other, channel] of channels.entries()) {
      if (other !== index && (manager === null || managerOf(zones(), other) !== manager)) continue
      channel.range = range
      if (channel.bend !== 0) bend(other)
    }
  }
  const dataEntry = (index: number, value: number, fine: boolean): void => {
    const { rpn } = channels[index]!
    if (rpn === RPN.bendRange) {
      const now = rangeOf(index)
      setRange(index, fine ? Math.floor(now) + Math.min(value, 99) / 100 : value)
    }
    if (rpn !== RPN.mpe || fine || (index !== LOWER_MANAGER && index !== UPPER_MANAGER)) return
    change(() => {
      told = configured(told, index, value)
      for (const [other, channel] of channels.entries()) if (other === index || isMember(other)) channel.range = null
    })
  }
  const control = (index: number, number: number, value: number): void => {
    const channel = channels[index]!
    switch (number) {
      case CONTROL.modulation:
        return go('note.wheel', { amount: value / 127 })
      case CONTROL.sustain:
        return go('note.sustain', { down: value >= 64 })
      case CONTROL.timbre:
        channel.timbre = value / 127
        if (isMember(index)) return tell(index, { timbre: channel.timbre })
        return go('note.timbre', { amount: channel.timbre })
      case CONTROL.rpnHigh:
        return void (channel.rpn = (value << 7) | (channel.rpn & 127))
      case CONTROL.rpnLow:
        return void (channel.rpn = (channel.rpn & ~127) | value)
      case CONTROL.nrpnHigh:
      case CONTROL.nrpnLow:
        return void (channel.rpn = RPN.none)
      case CONTROL.dataEntry:
        return dataEntry(index, value, false)
      case CONTROL.dataEntryFine:
        return dataEntry(index, value, true)
      case CONTROL.resetControllers:
        return resetControllers(index)
      case CONTROL.allSoundOff:
      case CONTROL.allNotesOff:
        for (const { notes } of channels) notes.clear()
        return go('note.releaseSource', { source })
    }
  }

  const play = (message: MidiMessage): void => {
    const { channel: index, type } = message
    const channel = channels[index]!
    const from = sourceOf(index)
    switch (type) {
      case 'noteOn': {
        const { note, velocity } = message
        channel.notes.add(note)
        if (!isMember(index)) return go('note.on', { note, velocity, source: from })
        // What the channel was told before is what the note begins with.
        const expression = { tuning: tuningOf(index), pressure: channel.pressure, timbre: channel.timbre }
        return go('note.on', { note, velocity, source: from, apart: true, expression })
      }
      case 'noteOff':
        channel.notes.delete(message.note)
        return go('note.off', { note: message.note, source: from, velocity: message.velocity })
      case 'polyPressure':
        if (!channel.notes.has(message.note)) return
        return go('note.express', { note: message.note, source: from, expression: { pressure: message.amount } })
      case 'pressure':
        channel.pressure = message.amount
        if (isMember(index)) return tell(index, { pressure: message.amount })
        return go('note.pressure', { amount: message.amount })
      case 'bend':
        channel.bend = message.amount
        return bend(index)
      case 'control':
        return control(index, message.control, message.value)
    }
  }

  return {
    receive(data) {
      const message = readMessage(data)
      if (message) play(message)
    },
    setMode(next) {
      if (next !== mode) change(() => (mode = next))
    },
    zones,
  }
}
