// engine.*Capture: records what is heard, with everything needed to render it again bit for bit (main thread).
import * as fields from '../../project/fields.ts'
import type { Capture } from '../context.ts'
import { defineCommand } from '../define.ts'
import { z } from '../schema.ts'

const said = ({ channels, sampleRate, frames, sha256, dropped }: Capture): Capture => ({
  channels,
  sampleRate,
  frames,
  sha256,
  dropped,
})

export const captureCommands = [
  defineCommand({
    id: 'engine.startCapture',
    title: 'Start capture',
    doc: 'Clears the engine with a seed and records its output from that frame on; sounds and song stay. With `fromBeat` the song plays from there, from the first frame on. Audio must run.',
    args: z.strictObject({
      seed: z._default(z.int().check(z.minimum(0), z.maximum(2 ** 32 - 1)), 0),
      fromBeat: z.optional(fields.beat),
    }),
    run: async ({ engine }, { seed, fromBeat }) => {
      await engine.startCapture(seed, fromBeat === undefined ? null : fields.ticksOf(fromBeat))
      return { seed }
    },
  }),
  defineCommand({
    id: 'engine.stopCapture',
    title: 'Stop capture',
    doc: 'Ends the capture and returns its samples with their SHA-256.',
    args: z.strictObject({}),
    run: async ({ engine }) => said(await engine.stopCapture()),
  }),
  defineCommand({
    id: 'engine.replayCapture',
    title: 'Replay capture',
    doc: 'Renders the log of the last capture offline and returns the samples with their SHA-256; both hashes are equal.',
    args: z.strictObject({}),
    run: async ({ engine }) => said(await engine.replayCapture()),
  }),
] as const
