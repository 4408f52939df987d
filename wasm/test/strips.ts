// Tracks and returns for tests of the mixer: sounds on strips, and what leaves each strip after its fader.
import { compileProgram, type ChainInput } from '../../src/compile/program.ts'
import { tapReader } from '../../src/engine/wire/tap.ts'
import { constants } from '../../src/generated/wire.ts'
import { type Sound, type Stereo, type TestEngine } from './engine.ts'
import { sawPatch, voice } from './patches.ts'

export const track = (index: number): number => constants.firstTrack + index
export const returns = (index: number): number => constants.firstReturn + index
export const MASTER = constants.strips

/** A sine that is at its level from the first frame on and stays there. */
export const tone = (level = 0.25): Sound => ({
  patch: sawPatch(
    { voices: voice(4), out: { left: 'amp', right: 'amp' } },
    {
      osc: { type: 'sine', values: { level, phase: 90 } },
      filter: { type: 'gain' },
      env: { type: 'env', values: { attack: 0.001, sustain: 1, release: 0.01 } },
      amp: { type: 'gain', in: { in: ['osc'], mod: ['env'] } },
    },
  ),
})

/** Installs a sound and starts a note that is held, with id `strip` + 1. */
export function play(engine: TestEngine, strip: number, sound: Sound = tone(), note = 69): void {
  const { handle } = engine.load(sound)
  engine.commands.at(null).installProgram(strip, handle, 'switch')
  engine.commands.at(null).noteOn(strip, strip + 1, note, 1)
}

export const chainInput = (effects: Sound['effects'] = [], gainDb = 0): ChainInput => ({
  patch: null,
  values: {},
  effects: effects ?? [],
  gainDb,
})

export function loadChain(engine: TestEngine, effects: Sound['effects'] = [], gainDb = 0): number {
  const handle = engine.loadBytes(compileProgram(chainInput(effects, gainDb), engine.sampleRate).bytes)
  if (handle === 0) throw new Error(`refused: ${engine.wire.lastError().join(' ')}`)
  return handle
}

export function installChain(
  engine: TestEngine,
  strip: number,
  effects: Sound['effects'] = [],
  mode: 'switch' | 'swap' = 'switch',
): number {
  const handle = loadChain(engine, effects)
  engine.commands.at(null).installProgram(strip, handle, mode)
  return handle
}

/** Everything that leaves the strips from now on, one reading per call of `render`. */
export function listen(engine: TestEngine, ...strips: number[]): (frames: number) => Stereo[] {
  strips.forEach((strip, index) => engine.commands.at(null).analysisTap(index, strip, true))
  engine.pump()
  const taps = strips.map((_, index) => tapReader(engine.wire.buffer, engine.wire.tap('analysis', index)))
  return (frames) => {
    const parts = taps.map(() => ({ left: new Float32Array(frames), right: new Float32Array(frames) }))
    for (let done = 0; done < frames; done += 3200) {
      engine.render(Math.min(3200, frames - done), 128)
      taps.forEach((tap, index) => {
        const { left, right } = tap.read()
        parts[index]!.left.set(left, done)
        parts[index]!.right.set(right, done)
      })
    }
    return parts
  }
}
