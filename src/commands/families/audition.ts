// audition.*: hearing sounds on the audition strip, and what may be done with the edited copy (main thread).
import { auditionSeconds } from '../auditionNote.ts'
import { defineCommand } from '../define.ts'
import { z } from '../schema.ts'

export const presetId = z.string().check(z.minLength(1), z.maxLength(200))
const AUDITION_VELOCITY = 0.8

let onceTimer: ReturnType<typeof setTimeout> | undefined

export const auditionCommands = [
  defineCommand({
    id: 'audition.select',
    title: 'Select sound',
    doc: 'Puts a sound on the audition strip without sounding it.',
    args: z.strictObject({ presetId }),
    tool: true,
    run: async ({ player }, { presetId }) => ({ presetId, ...(await player.select(presetId)) }),
  }),
  defineCommand({
    id: 'audition.press',
    title: 'Press sound',
    doc: 'Puts a sound on the strip and sounds it until audition.release; a kit plays a bar of its pads. velocity 0..1.',
    args: z.strictObject({ presetId, velocity: z.optional(z.number().check(z.gt(0), z.maximum(1))) }),
    run: ({ player }, { presetId, velocity = AUDITION_VELOCITY }) => {
      clearTimeout(onceTimer)
      return player.press(presetId, velocity)
    },
  }),
  defineCommand({
    id: 'audition.release',
    title: 'Release sound',
    doc: 'Ends the note that audition.press started.',
    args: z.strictObject({}),
    run: ({ player }) => {
      clearTimeout(onceTimer)
      player.release()
    },
  }),
  defineCommand({
    id: 'audition.once',
    title: 'Audition sound',
    doc: 'Puts a sound on the strip and sounds it once, long enough for its attack.',
    args: z.strictObject({ presetId }),
    tool: true,
    run: ({ player }, { presetId }) => {
      clearTimeout(onceTimer)
      const pressed = player.press(presetId, AUDITION_VELOCITY)
      const { preset, patch } = player.sound(presetId)
      onceTimer = setTimeout(() => player.release(), auditionSeconds(preset, patch) * 1000)
      return pressed
    },
  }),
  defineCommand({
    id: 'audition.setLevelMatch',
    title: 'Level match',
    doc: 'Plays all auditions at -20 LUFS, or each as loud as it is.',
    args: z.strictObject({ on: z.boolean() }),
    run: ({ stores }, { on }) => {
      stores.session.setState({ levelMatch: on })
      return { on }
    },
  }),
] as const
