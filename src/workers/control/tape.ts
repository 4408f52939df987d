// Records the engine's master output with what is needed to render it again (control worker).
import { readLog, loggedHandles, type HandleKind, type LoggedBytes, type LogView } from '../../engine/wire/log.ts'
import type { EngineWire } from '../../engine/wire/map.ts'
import { tapReader } from '../../engine/wire/tap.ts'
import type { CommandPort } from '../../engine/wire/commands.ts'
import { SoundloomError } from '../../params/error.ts'
import type { TapeCapture } from './protocol.ts'

/** The tap holds more than a second; it is read far more often than that. */
const READ_EVERY_MS = 100
const RESET_TIMEOUT_MS = 1000

/** What builds a program or a table again. */
type Held = Omit<LoggedBytes, 'handle'>

export interface Tape {
  /** Resets the engine with `seed` and records from that frame on; sounds and song stay. Audio must run. `fromTick`: where the song plays from. */
  start(seed: number, fromTick: number | null): Promise<void>
  stop(heldOf: Readonly<Record<HandleKind, (handle: number) => Held | undefined>>): TapeCapture
}

export function createTape(wire: EngineWire, commands: CommandPort): Tape {
  const tap = tapReader(wire.buffer, wire.tap('master'))
  let chunks: { left: Float32Array; right: Float32Array }[] = []
  let timer: ReturnType<typeof setInterval> | undefined
  const read = (): void => {
    const chunk = tap.read()
    if (chunk.left.length) chunks.push(chunk)
  }
  return {
    async start(seed, fromTick) {
      if (timer !== undefined) throw new SoundloomError('conflict', 'A capture is already running')
      commands.tap('master', false)
      const { epoch } = readLog(wire.buffer, wire.log)
      tap.skip()
      chunks = []
      // The engine renders meanwhile: a take whose tap opens a block before its reset is not what its log replays.
      const began = commands.together((port) => {
        port.tap('master', true)
        port.reset(seed)
        if (fromTick === null) return
        port.transportSeek(fromTick, 'ticks')
        port.transportPlay(0)
      })
      if (!began) throw new SoundloomError('over-budget', 'The engine is too busy to take commands')
      timer = setInterval(read, READ_EVERY_MS)
      await until(() => readLog(wire.buffer, wire.log).epoch !== epoch)
    },
    stop(heldOf) {
      if (timer === undefined) throw new SoundloomError('conflict', 'No capture is running')
      clearInterval(timer)
      timer = undefined
      read()
      commands.tap('master', false)
      const log = readLog(wire.buffer, wire.log)
      if (log.overflow > 0)
        throw new SoundloomError('limit-exceeded', 'Too much happened to be replayed', { value: log.overflow })
      return {
        channels: [join(chunks.map(({ left }) => left)), join(chunks.map(({ right }) => right))],
        droppedFrames: tap.dropped(),
        log: {
          sampleRate: wire.sampleRate,
          seed: log.seed,
          records: log.records,
          programs: named(log, 'programs', heldOf.programs),
          tables: named(log, 'tables', heldOf.tables),
        },
      }
    },
  }
}

function named(log: LogView, kind: HandleKind, heldOf: (handle: number) => Held | undefined): LoggedBytes[] {
  return loggedHandles(log.records, kind).map((handle) => {
    const held = heldOf(handle)
    if (!held)
      throw new SoundloomError('unknown-id', `One of the ${kind} of this capture is no longer held`, { value: handle })
    return { handle, ...held }
  })
}

async function until(done: () => boolean): Promise<void> {
  for (const begin = performance.now(); !done();) {
    if (performance.now() - begin > RESET_TIMEOUT_MS) {
      throw new SoundloomError('audio-suspended', 'The engine did not answer: no audio runs')
    }
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

function join(parts: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
