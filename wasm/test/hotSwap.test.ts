// Any sound is edited or replaced while a chord sounds, and nobody hears a click. CI takes a seeded slice, VERIFY=1 ten thousand swaps.
import { afterAll, describe, expect, it } from 'vitest'
import { EDITS } from './edits.ts'
import { bootDry, effect, peakOf, stepOf, type Sound, type TestEngine } from './engine.ts'
import { sawPatch, voice } from './patches.ts'
import { anySound, dice, pick } from './randomPatches.ts'

/** Each swaps one to five times, three on average. */
const CASES = process.env.VERIFY ? 3400 : 36
/** Of one test, so that a long run tells how far it is. */
const CHUNK = 100
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
const LOUDER = 2
/** -80 dBFS: a step that nobody hears beside silence. */
const FLOOR = 1e-4
/** What stands still has no step of its own: it is faded in 20 ms. */
const FADE_FRAMES = 960

interface Sharpness {
  readonly step: number
  readonly burst: number
  readonly peak: number
}

/** The largest difference between neighbours, and the largest of their means over a millisecond. */
function sharpness(signal: Float32Array): Sharpness {
  let burst = 0
  for (let at = 1; at + BURST_FRAMES <= signal.length; at += BURST_FRAMES / 2) {
    let sum = 0
    for (let i = at; i < at + BURST_FRAMES; i++) sum += (signal[i]! - signal[i - 1]!) ** 2
    burst = Math.max(burst, Math.sqrt(sum / BURST_FRAMES))
  }
  return { step: stepOf(signal), burst, peak: peakOf(signal) }
}

const joined = (parts: readonly Float32Array[]): Float32Array => {
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
afterAll(() => (engines = null))

/** A chord, then one to five swaps there and back, the last with a chord of its own; what stood out, or null. */
function clickOf(seed: number): string | null {
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
  const step = heard.step / (LOUDER * Math.max(a.step, b.step) + least)
  const burst = heard.burst / (LOUDER * Math.max(a.burst, b.burst) + least)
  if (step <= 1 && burst <= 1) return null
  return `seed ${seed}: ${name}, ${swaps} x ${mode}, ${chains.join(' -> ')}: step ${step.toFixed(2)}, burst ${burst.toFixed(2)} of what is allowed`
}

describe('hot swap', () => {
  const chunks = Array.from({ length: Math.ceil(CASES / CHUNK) }, (_, index) => index * CHUNK)
  it.each(chunks)(`random sounds, edited and replaced from seed %i on: no click`, (from) => {
    const clicks: string[] = []
    for (let seed = from + 1; seed <= Math.min(CASES, from + CHUNK); seed++) {
      const click = clickOf(seed)
      if (click !== null) clicks.push(click)
    }
    expect(clicks).toEqual([])
  })

  const sine = (level: number, effects: Sound['effects'] = []): Sound => ({
    patch: sawPatch(
      { voices: voice(4) },
      { osc: { type: 'sine', values: { level } }, filter: { type: 'gain', in: { in: ['osc'] } } },
    ),
    effects,
  })

  it('what finds clicks finds one: a sound cut off', () => {
    const engine = bootDry()
    engine.install(sine(0.5))
    engine.noteOn(1, 60, 1)
    const { left } = engine.render(9600)
    const whole = sharpness(left.subarray(4800))
    const cut = sharpness(left.map((sample, index) => (index < 7213 ? sample : 0)).subarray(4800))
    expect(cut.step).toBeGreaterThan(LOUDER * whole.step + FLOOR)
    expect(cut.burst).toBeGreaterThan(LOUDER * whole.burst + FLOOR)
  })

  it('a bass note that outlives edit after edit is let down, not cut', () => {
    const engine = bootDry()
    engine.install(sine(0.5))
    engine.noteOn(++ids, 31, 1)
    const steady = sharpness(engine.render(9600).left.subarray(4800))
    const parts: Float32Array[] = []
    for (let edit = 0; edit < 12; edit++) {
      engine.install(sine(0), 'swap')
      engine.noteOn(++ids, 60, 1)
      parts.push(engine.render(960).left)
    }
    const heard = sharpness(joined(parts))
    expect(heard.step).toBeLessThan(LOUDER * steady.step)
    expect(heard.burst).toBeLessThan(LOUDER * steady.burst)
    expect(Math.max(...joined(parts.slice(0, 3)))).toBeGreaterThan(0.25)
    expect(Math.max(...joined(parts.slice(-2)).map(Math.abs))).toBe(0)
  })

  it('effects that come and go leave a held note sounding', () => {
    const engine = bootDry()
    engine.install(sine(0.5))
    engine.noteOn(++ids, 60, 1)
    const steady = engine.render(9600).left.subarray(4800)
    for (let edit = 1; edit <= 8; edit++) {
      engine.install(sine(0.5, [effect('reverb'), effect('delay')].slice(edit % 2)), 'swap')
      engine.render(640)
    }
    expect(Math.max(...engine.render(4800).left)).toBeCloseTo(Math.max(...steady), 2)
  })
})
