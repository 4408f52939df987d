// master.*: what everything passes last: gain, mute, limiter (main thread).
import { MASTER_GAIN_DB } from '../../project/document.ts'
import { defineCommand } from '../define.ts'
import { z } from '../schema.ts'

export const masterCommands = [
  defineCommand({
    id: 'master.setVolume',
    title: 'Master volume',
    doc: `Gain of the master in dB, ${String(MASTER_GAIN_DB.min)} to ${String(MASTER_GAIN_DB.max)}; the lowest is silence.`,
    args: z.strictObject({ gainDb: z.number().check(z.minimum(MASTER_GAIN_DB.min), z.maximum(MASTER_GAIN_DB.max)) }),
    tool: true,
    run: ({ history, stores }, { gainDb }, { gesture }) => {
      history.edit({ label: 'Master volume', gesture }, (draft) => {
        draft.project.master.gainDb = gainDb
      })
      return { gainDb: stores.project.getState().master.gainDb }
    },
  }),
  defineCommand({
    id: 'master.setMute',
    title: 'Mute',
    doc: 'Silences the output, or lets it sound again.',
    args: z.strictObject({ muted: z.boolean() }),
    tool: true,
    run: ({ history, stores }, { muted }) => {
      history.edit({ label: muted ? 'Mute' : 'Unmute' }, (draft) => {
        draft.project.master.mute = muted
      })
      return { muted: stores.project.getState().master.mute }
    },
  }),
  defineCommand({
    id: 'master.setLimiter',
    title: 'Master limiter',
    doc: 'Switches the true-peak limiter on or off; off, the output is bit-exact and may clip.',
    args: z.strictObject({ on: z.boolean() }),
    tool: true,
    run: ({ history, stores }, { on }) => {
      history.edit({ label: on ? 'Limiter on' : 'Limiter off' }, (draft) => {
        draft.project.master.limiter.bypass = !on
      })
      return { on: !stores.project.getState().master.limiter.bypass }
    },
  }),
] as const
