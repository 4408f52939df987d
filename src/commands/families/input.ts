// input.*: how the user plays: typing keyboard, octave, velocity, hold, MIDI (main thread). Session state, not undoable.
import { inputName, MPE_MODES, OCTAVES } from '../../project/session.ts'
import { defineCommand } from '../define.ts'
import { z } from '../schema.ts'

export type { MpeMode } from '../../project/session.ts'

/** Source names of typed keys start with this. */
export const TYPING = 'typing'

export const inputCommands = [
  defineCommand({
    id: 'input.setTyping',
    title: 'Musical typing',
    doc: 'Lets the letter keys play notes; while on, those keys belong to the keyboard.',
    args: z.strictObject({ on: z.boolean() }),
    run: ({ stores, held }, { on }) => {
      stores.session.setState({ typing: on })
      if (!on) held.releaseSource(TYPING)
      return { on }
    },
  }),
  defineCommand({
    id: 'input.playTo',
    title: 'Keys play',
    doc: 'Lets keys and MIDI play the selected track, or the sound on the audition strip.',
    args: z.strictObject({ target: z.enum(['track', 'sound']) }),
    run: ({ stores }, { target }) => {
      stores.session.setState({ keysPlay: target })
      return { target }
    },
  }),
  defineCommand({
    id: 'input.setOctave',
    title: 'Octave',
    doc: 'Octave of the lowest typed key; 4 starts at C4, note 60.',
    args: z.strictObject({ octave: z.int().check(z.minimum(OCTAVES.min), z.maximum(OCTAVES.max)) }),
    run: ({ stores, held }, { octave }) => {
      held.releaseSource(TYPING)
      stores.session.setState({ octave })
      return { octave }
    },
  }),
  defineCommand({
    id: 'input.setVelocity',
    title: 'Velocity',
    doc: 'Velocity of typed and clicked notes, above 0 and at most 1.',
    args: z.strictObject({ velocity: z.number().check(z.gt(0), z.maximum(1)) }),
    run: ({ stores }, { velocity }) => {
      stores.session.setState({ velocity })
      return { velocity }
    },
  }),
  defineCommand({
    id: 'input.setHold',
    title: 'Hold',
    doc: 'Keeps released notes sounding until the next chord.',
    args: z.strictObject({ on: z.boolean() }),
    run: ({ stores, held }, { on }) => {
      held.setHold(on)
      stores.session.setState({ hold: on })
      return { on }
    },
  }),
  defineCommand({
    id: 'input.setShortcuts',
    title: 'Single-letter shortcuts',
    doc: 'Switches all shortcuts that are one letter without a modifier on or off.',
    args: z.strictObject({ on: z.boolean() }),
    run: ({ stores }, { on }) => {
      stores.session.setState({ shortcuts: on })
      return { on }
    },
  }),
  defineCommand({
    id: 'input.setMpe',
    title: 'MPE',
    doc: 'Whether a MIDI input, by its name, plays each note on a channel of its own (MPE): on, off, or auto, when the controller says so itself.',
    args: z.strictObject({ device: inputName, mode: z.enum(MPE_MODES) }),
    run: ({ stores }, { device, mode }) => {
      const { [device]: _, ...others } = stores.session.getState().mpe
      stores.session.setState({ mpe: mode === 'auto' ? others : { ...others, [device]: mode } })
      return { device, mode }
    },
  }),
  defineCommand({
    id: 'input.connectMidi',
    title: 'Connect MIDI',
    doc: 'Asks the browser for MIDI devices and plays from them.',
    args: z.strictObject({}),
    run: ({ midi }) => midi.connect(),
  }),
] as const
