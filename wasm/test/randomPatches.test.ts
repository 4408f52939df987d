// Any patch plays or is refused by name: random ones in the real engine. CI takes a seeded slice, VERIFY=1 ten thousand of each.
import { describe, expect, it } from 'vitest'
import { SoundloomError } from '../../src/params/error.ts'
import { compileProgram } from '../../src/compile/program.ts'
import { bootDry, bootEngine, peakOf, programInput, type Sound, type TestEngine } from './engine.ts'
import { anySound, BREAKS, dice, pick } from './randomPatches.ts'

const RUNS = process.env.VERIFY ? 10_000 : 120
/** Of one test: on a slow machine ten thousand sounds take longer than one test may. */
const CHUNK = 200
const chunks = Array.from({ length: Math.ceil(RUNS / CHUNK) }, (_, index) => 1 + index * CHUNK)
const last = (from: number): number => Math.min(RUNS, from + CHUNK - 1)
/** Programs and tails of one engine before it makes place for a fresh one. */
const PER_ENGINE = 60

const NOTES = [36, 60, 84]
/** Of the bus before the effects, where the engine clips: +36 dBFS. */
const CLIP = 64

/** Voices at the bus's own clip: an effect that makes that louder still is contained, and rightly. */
function isDeafening(sound: Sound): boolean {
  const dry = bootDry()
  dry.install({ ...sound, effects: [] })
  for (const note of NOTES) dry.noteOn(note, note, 0.7)
  const { left, right } = dry.render(3200)
  return Math.max(peakOf(left), peakOf(right)) >= CLIP
}

describe('random patches', () => {
  it.each(chunks)('good ones play from seed %i on: finite, bounded, and no voice or effect is contained', (from) => {
    let engine: TestEngine | null = null
    let heard = 0
    for (let seed = from; seed <= last(from); seed++) {
      if (!engine || seed % PER_ENGINE === 0) engine = bootEngine(48000, 1, 128 * 1024 * 1024)
      const sound = anySound(seed)
      const before = [engine.status('badVoices'), engine.status('badEffects')]
      engine.install(sound)
      for (const note of NOTES) engine.noteOn(seed * 4 + note, note, 0.7)
      const { left, right } = engine.render(3200, 320)
      for (const note of NOTES) engine.noteOff(seed * 4 + note)
      engine.render(640, 320)
      for (const handle of engine.returned()) engine.instance.exports.program_free!(handle)
      expect(left.every(Number.isFinite) && right.every(Number.isFinite), `seed ${seed}`).toBe(true)
      expect(Math.max(peakOf(left), peakOf(right)), `seed ${seed}`).toBeLessThanOrEqual(64)
      const contained = [engine.status('badVoices'), engine.status('badEffects')]
      if (contained[1] === before[1] || !isDeafening(sound)) expect(contained, `seed ${seed}`).toEqual(before)
      if (peakOf(left) + peakOf(right) > 1e-6) heard++
    }
    // Not every random patch lets its source through.
    expect(heard).toBeGreaterThan((last(from) - from + 1) * 0.5)
  })

  it.each(chunks)('broken ones are refused from seed %i on, each with a code and a field', (from) => {
    const names = Object.keys(BREAKS)
    for (let seed = from; seed <= last(from); seed++) {
      const roll = dice(seed)
      const name = names[seed % names.length]!
      const broken = BREAKS[name]!(roll, anySound(seed))
      let error: unknown = null
      try {
        compileProgram(programInput(broken))
      } catch (thrown) {
        error = thrown
      }
      expect(error, `${name}, seed ${seed}`).toBeInstanceOf(SoundloomError)
      const { code, field } = error as SoundloomError
      expect(['invalid-argument', 'unknown-id', 'limit-exceeded'], name).toContain(code)
      expect(field, name).toMatch(/^\//)
    }
  })

  it(`${RUNS} refusals leave the sound that plays as it is`, () => {
    const engine = bootEngine()
    const still = bootEngine()
    for (const one of [engine, still]) {
      one.install(anySound(3))
      one.noteOn(1, 60)
    }
    const good = compileProgram(programInput(anySound(5))).bytes
    for (let seed = 1; seed <= RUNS; seed++) {
      const roll = dice(seed)
      const bad = good.slice()
      // The first words say how long each section is: none may be another.
      new DataView(bad.buffer).setUint32(
        4 * Math.floor(roll() * 10),
        pick(roll, [0xffffffff, 0x7fffffff, 1 << 24]),
        true,
      )
      expect(engine.loadBytes(bad), `seed ${seed}`).toBe(0)
      if (seed % 20 === 0) expect(engine.render(128)).toEqual(still.render(128))
    }
  })
})
