// The page's own command ring as the parts of the host use it (main thread).
import type { StripPort } from './audition.ts'
import type { TrackPort } from './song.ts'
import type { CommandPort } from './wire/commands.ts'

const AUDITION = 0

/** False: the ring is full. Before an engine exists there is nothing to be too full. */
export type Push = (command: (port: CommandPort) => boolean) => boolean

export const auditionPort = (push: Push): StripPort => ({
  noteOn: ({ noteId, note, velocity, expression }) =>
    push((port) => port.noteOn(AUDITION, noteId, note, velocity, 0, expression)),
  noteOff: (noteId, velocity) => push((port) => port.noteOff(AUDITION, noteId, velocity)),
  express: (noteId, expression) => push((port) => port.express(AUDITION, noteId, expression)),
  bend: (amount, range) => push((port) => port.bend(AUDITION, amount, range)),
  wheel: (amount) => push((port) => port.wheel(AUDITION, amount)),
  pressure: (amount) => push((port) => port.pressure(AUDITION, amount)),
  timbre: (amount) => push((port) => port.timbre(AUDITION, amount)),
  sustain: (down) => push((port) => port.sustain(AUDITION, down)),
  setParam: (device, param, value) => push((port) => port.setParam(AUDITION, device, param, value)),
  setBypass: (effect, bypass) => push((port) => port.setBypass(AUDITION, effect + 1, bypass)),
  stripGain: (gainDb) => push((port) => port.stripGain(AUDITION, gainDb)),
})

export const trackPort = (push: Push): TrackPort => ({
  noteOn: (strip, { noteId, note, velocity, expression }) =>
    push((port) => port.noteOn(strip, noteId, note, velocity, 0, expression)),
  noteOff: (strip, noteId, velocity) => push((port) => port.noteOff(strip, noteId, velocity)),
  express: (strip, noteId, expression) => push((port) => port.express(strip, noteId, expression)),
  bend: (strip, amount, range) => push((port) => port.bend(strip, amount, range)),
  wheel: (strip, amount) => push((port) => port.wheel(strip, amount)),
  pressure: (strip, amount) => push((port) => port.pressure(strip, amount)),
  timbre: (strip, amount) => push((port) => port.timbre(strip, amount)),
  sustain: (strip, down) => push((port) => port.sustain(strip, down)),
})
