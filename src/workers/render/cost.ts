// What one device costs on this computer: timed alone in a private engine (render worker, and tests in Node).
import type { ProgramInput } from '../../compile/program.ts'
import { constants } from '../../generated/wire.ts'
import type { PrivateEngine } from './instance.ts'
import type { Patch } from '../../presets/model.ts'
import type { CostSpec } from './protocol.ts'

const STRIP = 0
const FRAMES = constants.maxRenderFrames
/** A convolution spreads its long transforms over 256 micro-blocks: so many make a round. */
const ROUND_BLOCKS = 256
/** Notes that die away are struck again as often in a round: what is timed lasts 20 ms, and the shortest drum is longer. */
const STRIKES = 8
/** Rounds until attacks are over, tails are full and the code is compiled, and those that are timed. */
const WARM = 4
const ROUNDS = 20
/** A group of four. */
const NOTES = [48, 55, 60, 64]

/** Loud in every band, cheap, and never silent: an effect that hears nothing sleeps. */
const NOISE: ProgramInput = {
  patch: {
    version: 1,
    units: { noise: { type: 'white' } },
    mods: [],
    out: { left: 'noise.out', right: 'noise.out' },
    voices: { max: 1, mode: 'poly', glideSeconds: 0 },
    groups: [],
  },
  values: {},
  effects: [],
  gainDb: -12,
}

/** The least of many rounds: what another thread held up does not count. `strike` comes before each of `pieces` of a round, and is not timed. */
function blockNs(engine: PrivateEngine, nowMs: () => number, pieces: number, strike: () => void): number {
  const frames = (ROUND_BLOCKS / pieces) * constants.microBlock
  const round = (): number => {
    let ms = 0
    for (let piece = 0; piece < pieces; piece++) {
      strike()
      const begun = nowMs()
      for (let left = frames; left > 0; left -= FRAMES) engine.step(Math.min(left, FRAMES))
      ms += nowMs() - begun
    }
    return ms
  }
  for (let n = 0; n < WARM; n++) round()
  return (Math.min(...Array.from({ length: ROUNDS }, round)) / ROUND_BLOCKS) * 1e6
}

let noteId = 0

/** Nanoseconds for a micro-block: of the effect in stereo, or of four voices of the instrument. */
export function measureCost(
  engine: PrivateEngine,
  { patch, values, effect }: CostSpec,
  poll: () => void,
  nowMs: () => number = () => performance.now(),
): number {
  const { commands, programs } = engine
  const install = (input: ProgramInput): void => {
    poll()
    const { program } = programs.acquire(input)
    commands.at(null).panic()
    commands.clearStrip(STRIP)
    engine.step(FRAMES)
    commands.installProgram(STRIP, program.handle, 'switch')
    programs.sent(program.handle)
  }
  const strike = (notes: readonly number[]): void => {
    for (const note of notes) commands.noteOn(STRIP, ++noteId, note, 0.8)
  }
  /** Held all the time: an effect goes on from round to round. */
  const hold = (effects: ProgramInput['effects']): number => {
    install({ ...NOISE, effects })
    strike([60])
    return blockNs(engine, nowMs, 1, () => undefined)
  }
  const again = (sound: Patch, notes: readonly number[]): number => {
    install({ ...NOISE, patch: sound, values })
    return blockNs(engine, nowMs, STRIKES, () => {
      commands.at(null).panic()
      engine.step(FRAMES)
      strike(notes)
    })
  }
  const without = patch ? again(patch, []) : hold([])
  const full = patch ? again(patch, NOTES) : hold(effect ? [{ ...effect, bypass: false }] : [])
  return Math.max(0, full - without)
}
