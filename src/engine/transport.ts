// The song's transport as the page sees it (main thread): in the order of the calls, and never ahead of the document.
import type { TransportStore } from '../transport/store.ts'
import type { Settling } from './settle.ts'
import type { SongFollower } from './song.ts'
import type { TransportControls } from '../transport/controls.ts'
import { constants } from '../generated/wire.ts'
import type { CommandPort } from './wire/commands.ts'

export interface TransportContext {
  push(command: (port: CommandPort) => boolean): boolean
  wakeAudio(): void
  readonly song: Pick<SongFollower, 'pending' | 'flush'>
  readonly position: TransportStore
  readonly settling: Pick<Settling, 'settled'>
}

/** Where the song stood when an engine ended. */
export interface Whereabouts {
  readonly tick: number
  readonly playing: boolean
}

export interface HostTransport extends TransportControls {
  whereabouts(): Whereabouts
  /** Brings a new engine there; the song must be in it. */
  restore(there: Whereabouts): void
}

export function createTransport({ push, wakeAudio, song, position, settling }: TransportContext): HostTransport {
  const metronome = { on: false, gainDb: 0, told: false }
  /** What waits for the document to arrive; everything after it waits behind it. */
  let waiting: Promise<void> | null = null
  const inOrder = (command: (port: CommandPort) => boolean): void => {
    if (!waiting) return void push(command)
    const mine: Promise<void> = waiting.then(() => {
      push(command)
      if (waiting === mine) waiting = null
    })
    waiting = mine
  }
  const tellMetronome = (): void => inOrder((port) => port.metronome(metronome.on, metronome.gainDb))
  return {
    play(countInBars) {
      wakeAudio()
      if (song.pending()) waiting ??= song.flush()
      inOrder((port) => port.transportPlay(countInBars))
    },
    pause: () => inOrder((port) => port.transportPause()),
    stop: () => inOrder((port) => port.transportStop()),
    seek: (to, unit) => inOrder((port) => port.transportSeek(to, unit)),
    setMetronome(on, gainDb) {
      Object.assign(metronome, { on, gainDb, told: true })
      tellMetronome()
    },
    state: position.refresh,
    async settled() {
      await waiting
      await settling.settled()
      return position.refresh()
    },
    whereabouts() {
      const { beatPos, status } = position.refresh()
      const tick = Math.round(beatPos * constants.ticksPerBeat)
      return { tick, playing: status === 'playing' || status === 'counting-in' }
    },
    restore({ tick, playing }) {
      if (metronome.told) tellMetronome()
      if (tick > 0) inOrder((port) => port.transportSeek(tick, 'ticks'))
      if (playing) inOrder((port) => port.transportPlay(0))
    },
  }
}
