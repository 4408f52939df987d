// What the transport says of itself (any thread): the shape that its store, scripts and painters share.

export type TransportStatus = 'stopped' | 'playing' | 'paused' | 'counting-in'

/** CONTRACTS.md, Time. Beats are quarter notes; bar, beat and tick count as musicians do, from 1 (tick from 0). */
export interface TransportState {
  readonly playing: boolean
  readonly status: TransportStatus
  /** Song frame; jumps on seek and loop. */
  readonly samplePos: number
  readonly timeSeconds: number
  /** MM:SS.mmm */
  readonly timeFormatted: string
  /** Engine frame: never rewinds. */
  readonly frameCount: number
  readonly bpm: number
  readonly beatPos: number
  readonly bar: number
  readonly beat: number
  readonly tick: number
  readonly numerator: number
  readonly denominator: number
  readonly loopEnabled: boolean
  readonly loopStartBeat: number
  readonly loopEndBeat: number
  readonly metronome: boolean
  /** Beats of count-in still to come. */
  readonly countInLeft: number
  /** performance.timeOrigin + performance.now() of the reading thread. */
  readonly timestampMs: number
}

/** What a painter reads once per frame, written into the same object: no allocation. */
export interface Playhead {
  playing: boolean
  beatPos: number
  samplePos: number
  bpm: number
}
