// Any sound edited or replaced while a chord sounds: what stands out beside the sounds themselves. Tests and the report; Node.
import { EDITS } from './edits.ts'
import { bootDry, peakOf, stepOf, type Sound, type TestEngine } from './engine.ts'
import { anySound, dice, pick } from './randomPatches.ts'

const PER_ENGINE = 40
const CHORD = [43, 55, 62]
const WARM_FRAMES = 1600
const AFTER_FRAMES = 2000
/** Between two swaps, in blocks. */
const MOST_BLOCKS = 14
const MOST_SWAPS = 5
const WHOLE_FRAMES = WARM_FRAMES + AFTER_FRAMES + (MOST_SWAPS - 1) * MOST_BLOCKS * 32
/** A millisecond at 48 kHz: what an ear takes for one click. */
const BURST_FRAMES = 48
/** +6 dB over what is sharper: the sound before, or the one after. */
export const LOUDER = 2
/** -80 dBFS: a step that nobody hears beside silence. */
export const FLOOR = 1e-4
/** What stands still has no step of its own: it is faded in 20 ms. */
const FADE_FRAMES = 960

export interface Sharpness {
  readonly step: number
  readonly burst: number
  readonly peak: number
}

/** The largest difference between neighbours, and the largest of their means over a millisecond. */
export function sharpness(signal: Float32Array): Sharpness {
  let burst = 0
  for (let at = 1; at + BURST_FRAMES <= signal.length; at += BURST_FRAMES / 2) {
    let sum = 0
    for (let i = at; i < at + BURST_FRAMES; i++) sum += (signal[i]! - signal[i - 1]!) ** 2
    burst = Math.max(burst, Math.sqrt(sum / BURST_FRAMES))
  }
  return { step: stepOf(signal), burst, peak: peakOf(signal) }
}

export const joined = (parts: readonly Float32Array[]): Float32Array => {
  const all = new Float32Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

let ids = 0
const chord = (engine: TestEngine): void => CHORD.forEach((note) => engine.noteOn(++ids, note, 0.7))

/** The sound alone on the strip, its randomness at the start, the chord struck. */
function strike(engine: TestEngine, sound: Sound): void {
  engine.install(sound)
  engine.pump()
  engine.commands.at(null).reset(7)
  engine.pump()
  chord(engine)
}

function free(engine: TestEngine): void {
  engine.replies()
  for (const handle of engine.returned()) engine.instance.exports.program_free!(handle)
}

function alone(engine: TestEngine, sound: Sound): Sharpness {
  strike(engine, sound)
  const { left } = engine.render(WHOLE_FRAMES)
  free(engine)
  return sharpness(left)
}

let engines: readonly [TestEngine, TestEngine] | null = null
let uses = 0
/** One for what the sounds are like by themselves, one for the swaps. */
function pair(): readonly [TestEngine, TestEngine] {
  if (!engines || uses++ % PER_ENGINE === 0) engines = [bootDry(), bootDry()]
  return engines
}

export interface Swapped {
  /** Largest step, and burst, beyond what nobody hears, as multiples of those of the sharper sound. */
  readonly step: number
  readonly burst: number
  /** Which sounds these were. */
  readonly told: string
}
/** A chord, then one to five swaps there and back, the last with a chord of its own. */
export function randomSwap(seed: number): Swapped {
  const roll = dice(seed)
  const before = anySound(seed)
  const name = pick(roll, Object.keys(EDITS))
  const after = EDITS[name]!(roll, before)
  const mode = roll() < 0.7 ? 'swap' : 'switch'
  const swaps = 1 + 2 * Math.floor((roll() * (MOST_SWAPS + 1)) / 2)
  const chains = [before, after].map(({ effects = [] }) => effects.map(({ type }) => type).join('+'))
  // Two chords in one chain are more than their sum where it bends what goes through.
  const together = chains[0] !== '' && chains[0] === chains[1]
  const [still, swapped] = pair()
  const [a, b] = [alone(still, before), alone(still, after)]
  strike(swapped, before)
  const parts = [swapped.render(WARM_FRAMES).left.subarray(-480)]
  for (let swap = 1; swap <= swaps; swap++) {
    swapped.install(swap % 2 ? after : before, mode)
    if (swap === swaps && !together) chord(swapped)
    parts.push(swapped.render(swap === swaps ? AFTER_FRAMES : 32 * Math.ceil(roll() * MOST_BLOCKS)).left)
    free(swapped)
  }
  const heard = sharpness(joined(parts))
  const least = FLOOR + Math.max(a.peak, b.peak) / FADE_FRAMES
  const beyond = (of: 'step' | 'burst'): number =>
    Math.max(0, heard[of] - least) / Math.max(a[of], b[of], Number.MIN_VALUE)
  const [step, burst] = [beyond('step'), beyond('burst')]
  const told = `seed ${seed}: ${name}, ${swaps} x ${mode}, ${chains.join(' -> ')}`
  return { step, burst, told: `${told}: step ${step.toFixed(2)}, burst ${burst.toFixed(2)} of the sharper sound's` }
}
