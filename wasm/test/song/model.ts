// A transport in plain words, for judging the engine's: which stretches of the song are played when, and which notes that gives.
import type { Note } from '../../../src/compile/song.ts'
import type { ReferenceMap } from './reference.ts'

export type Step =
  | { readonly at: number; readonly do: 'play' | 'pause' | 'stop' }
  | { readonly at: number; readonly do: 'seekFrame' | 'seekTick'; readonly to: number }
  | { readonly at: number; readonly do: 'loop'; readonly start: number; readonly end: number; readonly on: boolean }

/** Song frames from `song` on, played from engine frame `from` until `until`. */
export interface Stretch {
  readonly song: number
  readonly from: number
  readonly until: number
}

/** `steps` by frame, at most one at a frame; the loop's ends in ticks. */
export function stretches(steps: readonly Step[], frames: number, { frameOf }: ReferenceMap): Stretch[] {
  const done: Stretch[] = []
  let state: 'stopped' | 'playing' | 'paused' = 'stopped'
  let at = 0
  let song = 0
  let home = 0
  let began: { song: number; from: number } | null = null
  let loop = { start: 0, end: 0, on: false }
  const close = (): void => {
    if (began) done.push({ ...began, until: at })
    began = null
  }
  const open = (): void => {
    close()
    began = { song, from: at }
  }
  const advance = (until: number): void => {
    while (at < until && state === 'playing') {
      const wraps = loop.on && song < loop.end
      const count = wraps ? Math.min(until - at, loop.end - song) : until - at
      at += count
      song += count
      if (!wraps || song !== loop.end) continue
      song = loop.start
      open()
    }
    at = until
  }
  for (const step of steps) {
    advance(step.at)
    if (step.do === 'loop') {
      loop = { start: frameOf(step.start), end: frameOf(step.end), on: step.on }
      loop.on &&= loop.end > loop.start
    } else if (step.do === 'play') {
      if (state === 'playing') continue
      state = 'playing'
      home = song
      open()
    } else if (step.do === 'seekFrame' || step.do === 'seekTick') {
      home = song = step.do === 'seekTick' ? frameOf(step.to) : step.to
      if (state === 'playing') open()
    } else if (step.do === 'pause') {
      if (state === 'playing') state = 'paused'
      close()
    } else {
      song = state === 'stopped' ? 0 : home
      home = song
      state = 'stopped'
      close()
    }
  }
  advance(frames)
  close()
  return done
}

export interface Expected {
  readonly frame: number
  readonly event: 'noteOn' | 'noteOff'
  readonly value: number
}

/** `frames`: notes that still sound then are not over yet. */
export function notesOf(
  played: readonly Stretch[],
  notes: readonly Note[],
  { frameOf }: ReferenceMap,
  frames: number,
): Expected[] {
  const all: Expected[] = []
  for (const { song, from, until } of played) {
    const end = song + until - from
    for (const { tick, lengthTicks, note } of notes) {
      const on = frameOf(tick)
      let off = frameOf(tick + lengthTicks)
      if (on >= end || (on < song && off <= song)) continue
      const struck = Math.max(on, song)
      if (off <= struck) off = struck + 1
      // A stretch of no frames strikes what should sound there, and ends it.
      all.push({ frame: from + struck - song, event: 'noteOn', value: note })
      const over = Math.min(off, end)
      if (from + over - song < frames) all.push({ frame: from + over - song, event: 'noteOff', value: note })
    }
  }
  return all
}
