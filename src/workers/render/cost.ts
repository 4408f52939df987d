// What one device costs on this computer: timed alone in a private engine (render worker, and tests in Node).
import type { ProgramInput } from '../../compile/program.ts'
import { constants } from '../../generated/wire.ts'
import type { PrivateEngine } from './instance.ts'
import type { CostSpec } from './protocol.ts'

const STRIP = 0
const FRAMES = constants.maxRenderFrames
const BLOCKS = FRAMES / constants.microBlock
/** A convolution spreads its long transforms over 256 micro-blocks: so many steps make a round. */
const STEPS = 256 / BLOCKS
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

/** The least of many rounds: what another thread held up does not count. */
function blockNs(engine: PrivateEngine, nowMs: () => number): number {
  const round = (): number => {
    const begun = nowMs()
    for (let n = 0; n < STEPS; n++) engine.step(FRAMES)
    return nowMs() - begun
  }
  for (let n = 0; n < WARM; n++) round()
  return (Math.min(...Array.from({ length: ROUNDS }, round)) / (STEPS * BLOCKS)) * 1e6
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
  const play = (input: ProgramInput, notes: readonly number[]): number => {
    poll()
    const { program } = programs.acquire(input)
    commands.at(null).panic()
    commands.clearStrip(STRIP)
    engine.step(FRAMES)
    commands.installProgram(STRIP, program.handle, 'switch')
    programs.sent(program.handle)
    for (const note of notes) commands.noteOn(STRIP, ++noteId, note, 0.8)
    return blockNs(engine, nowMs)
  }
  const without = patch ? play({ ...NOISE, patch, values }, []) : play(NOISE, [60])
  const full = patch
    ? play({ ...NOISE, patch, values }, NOTES)
    : play({ ...NOISE, effects: effect ? [{ ...effect, bypass: false }] : [] }, [60])
  return Math.max(0, full - without)
}
