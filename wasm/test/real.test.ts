// The user's own sounds on the real engine: each compiles, sounds, stays inside its budget and replays bit-identically.
import { describe, expect, it } from 'vitest'
import { compileProgram } from '../../src/compile/program.ts'
import { bootEngine, hashOf, peakOf, programInput, type Sound, type TestEngine } from './engine.ts'
import { realSounds } from './sounds.ts'
import { bootTwins } from './twins.ts'

const sounds = await realSounds()
if (sounds.length === 0) console.log('real sounds: not on this machine, skipped')

/** A chord, struck one note after another and let go, from a cleared engine; the engine may have played anything before. */
function play(engine: TestEngine, sound: Sound, block: number) {
  const { exports } = engine.instance
  engine.commands.at(null).clearStrip(0)
  engine.render(32 * 64, 32)
  for (const handle of engine.returned()) exports.program_free!(handle)
  engine.commands.at(null).reset(9)
  engine.install(sound)
  const start = engine.now()
  const second = engine.sampleRate
  for (const [i, note] of [36, 48, 55, 60, 64].entries()) {
    engine.noteOn(i + 1, note, 0.8, start + 1000 * i)
    engine.noteOff(i + 1, start + second + 777 * i)
  }
  const played = engine.render(1.5 * second, block)
  engine.replies()
  return played
}

describe.skipIf(sounds.length === 0)('real sounds', () => {
  const live = bootTwins().engine
  const offline = bootEngine()

  it('there are 28 of them', () => {
    expect(new Set(sounds.map(({ name }) => name)).size).toBeGreaterThanOrEqual(28)
  })

  it.each(sounds.map(({ name, sound }) => [name, sound] as const))('%s', (_, sound) => {
    const { predictedCost } = compileProgram(programInput(sound))
    expect(predictedCost).toBeLessThan(0.25)
    const played = play(live, sound, 128)
    expect(Number.isFinite(peakOf(played.left)) && Number.isFinite(peakOf(played.right))).toBe(true)
    expect(peakOf(played.left)).toBeGreaterThan(0.0005)
    expect(hashOf(play(process.env.VERIFY ? bootEngine() : offline, sound, 4096))).toBe(hashOf(played))
  })

  it.each([44100, 96000])('all of them play at %i Hz', (sampleRate) => {
    const engine = bootEngine(sampleRate)
    for (const { name, sound } of process.env.VERIFY ? sounds : sounds.slice(0, 6)) {
      const { left, right } = play(engine, sound, 128)
      expect(Number.isFinite(peakOf(left)) && Number.isFinite(peakOf(right)), name).toBe(true)
      expect(peakOf(left), name).toBeGreaterThan(0.0005)
    }
  })
})
