// A whole song on a fresh engine for tests in Node: samples out, and what the engine said about its notes.
import type { Song } from '../../../src/compile/song.ts'
import { planSong } from '../../../src/compile/songPlan.ts'
import { engineStores, type EngineExports } from '../../../src/engine/wire/instance.ts'
import { createReturns } from '../../../src/engine/wire/returns.ts'
import { createSongLoader } from '../../../src/engine/wire/song.ts'
import { constants } from '../../../src/generated/wire.ts'
import { bootEngine, type ReplyRecord, type Stereo } from '../engine.ts'

const MEMORY_BYTES = 128 * 1024 * 1024

export interface Played extends Stereo {
  readonly replies: readonly ReplyRecord[]
  /** Voices that newer notes took. */
  readonly stolen: number
  readonly mostVoices: number
}

export interface Stretch {
  readonly fromBeat: number
  readonly seconds: number
  readonly sampleRate?: number
  readonly seed?: number
}

/** Plays from a beat on, everything cleared before; the loop as the song has it. */
export function playSong(song: Song, { fromBeat, seconds, sampleRate = 48000, seed = 0 }: Stretch): Played {
  const engine = bootEngine(sampleRate, seed, MEMORY_BYTES)
  const { commands, wire, instance } = engine
  const heap = { exports: instance.exports as unknown as EngineExports, memory: instance.memory, wire }
  const stores = engineStores(heap, constants.tracks + constants.returns)
  const collect = createReturns(wire.returns(), stores)
  const loader = createSongLoader({ commands, ...stores })
  for (const step of planSong(null, song).operations) {
    collect()
    while (!loader.carryOut(step)) engine.pump()
  }
  while (!loader.align()) engine.pump()
  if (loader.problems().length > 0) throw new Error(JSON.stringify(loader.problems()))
  engine.render(constants.microBlock)
  commands.reset(seed)
  commands.transportSeek(fromBeat * constants.ticksPerBeat, 'ticks')
  engine.render(constants.microBlock)
  engine.replies()
  commands.transportPlay(0)
  const replies: ReplyRecord[] = []
  const frames = Math.round(seconds * sampleRate)
  const left = new Float32Array(frames)
  const right = new Float32Array(frames)
  let mostVoices = 0
  for (let at = 0; at < frames;) {
    const block = Math.min(4096, frames - at)
    const part = engine.render(block)
    left.set(part.left, at)
    right.set(part.right, at)
    replies.push(...engine.replies())
    mostVoices = Math.max(mostVoices, engine.status('voices'))
    at += block
  }
  return { left, right, replies, stolen: engine.status('stolen'), mostVoices }
}
