// The page's own command ring as the parts of the host use it (main thread).
import type { StripPort } from './audition.ts'
import type { TrackPort } from './song.ts'
import type { CommandPort } from './wire/commands.ts'

const AUDITION = 0

/** False: the ring is full. Before an engine exists there is nothing to be too full. */
export type Push = (command: (port: CommandPort) => boolean) => boolean

export const auditionPort = (push: Push): StripPort => ({
  noteOn: ({ noteId, note, velocity }) => push((port) => port.noteOn(AUDITION, noteId, note, velocity)),
  noteOff: (noteId, velocity) => push((port) => port.noteOff(AUDITION, noteId, velocity)),
  bend: (amount, range) => push((port) => port.bend(AUDITION, amount, range)),
  wheel: (amount) => push((port) => port.wheel(AUDITION, amount)),
  pressure: (amount) => push((port) => port.pressure(AUDITION, amount)),
  sustain: (down) => push((port) => port.sustain(AUDITION, down)),
  setParam: (device, param, value) => push((port) => port.setParam(AUDITION, device, param, value)),
  setBypass: (effect, bypass) => push((port) => port.setBypass(AUDITION, effect + 1, bypass)),
  stripGain: (gainDb) => push((port) => port.stripGain(AUDITION, gainDb)),
})

export const trackPort = (push: Push): TrackPort => ({
  noteOn: (strip, noteId, note, velocity) => push((port) => port.noteOn(strip, noteId, note, velocity)),
  noteOff: (strip, noteId, velocity) => push((port) => port.noteOff(strip, noteId, velocity)),
  bend: (strip, amount, range) => push((port) => port.bend(strip, amount, range)),
  wheel: (strip, amount) => push((port) => port.wheel(strip, amount)),
  pressure: (strip, amount) => push((port) => port.pressure(strip, amount)),
  sustain: (strip, down) => push((port) => port.sustain(strip, down)),
})
