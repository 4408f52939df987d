// Records what the engine plays and proves that it can be played again (main thread).
import { SoundloomError } from '../params/error.ts'
import type { Remote } from '../workers/rpc.ts'
import type { ControlApi, TapeCapture } from '../workers/control/protocol.ts'
import type { Offline } from './offline.ts'
import type { Capture } from './types.ts'

export interface CaptureContext {
  call<Result>(call: (control: Remote<ControlApi>) => Promise<Result>): Promise<Result>
  readonly offline: Offline
  /** Brings the engine's tracks to where a render of the song has them. */
  arrange(): Promise<void>
  /** Full quality until what it returns is called: a take is compared with renders. */
  hold(): () => void
}

export interface CaptureControl {
  start(seed: number, fromTick?: number | null): Promise<void>
  stop(): Promise<Capture>
  replay(): Promise<Capture>
}

export function createCapture({ call, offline, arrange, hold }: CaptureContext): CaptureControl {
  let last: { tape: TapeCapture; frames: number } | null = null
  let release: (() => void) | null = null
  return {
    async start(seed, fromTick = null) {
      last = null
      release ??= hold()
      try {
        await arrange()
        await call((control) => control.startCapture(seed, fromTick))
      } catch (error) {
        release()
        release = null
        throw error
      }
    },
    async stop() {
      const tape = await call((control) => control.stopCapture()).finally(() => {
        release?.()
        release = null
      })
      const frames = tape.channels[0]?.length ?? 0
      last = { tape, frames }
      const { channels, sampleRate, sha256 } = await offline.hashed(tape.channels, tape.log.sampleRate)
      return { channels, sampleRate, frames, sha256, dropped: tape.droppedFrames }
    },
    async replay() {
      if (!last) throw new SoundloomError('not-ready', 'Nothing has been captured')
      const { channels, sampleRate, frames, sha256 } = await offline.replay(last.tape.log, last.frames)
      return { channels, sampleRate, frames, sha256, dropped: 0 }
    },
  }
}
