// The user's own sounds on the real engine: each compiles, sounds, stays inside its budget and replays bit-identically.
import { describe, expect, it } from 'vitest'
import { compileProgram } from '../../src/compile/program.ts'
import { bootEngine, hashOf, peakOf, programInput } from './engine.ts'
import { realSounds } from './sounds.ts'
import { bootTwins } from './twins.ts'

const sounds = await realSounds()
if (sounds.length === 0) console.log('real sounds: not on this machine, skipped')

describe.skipIf(sounds.length === 0)('real sounds', () => {
  it('there are 28 of them', () => {
    expect(new Set(sounds.map(({ name }) => name)).size).toBeGreaterThanOrEqual(28)
  })

  it.each(sounds.map(({ name, sound }) => [name, sound] as const))('%s', (_, sound) => {
    const { predictedCost } = compileProgram(programInput(sound))
    expect(predictedCost).toBeLessThan(0.25)
    const play = (engine: ReturnType<typeof bootEngine>, block: number) => {
      engine.commands.at(null).reset(9)
      engine.install(sound)
      for (const [i, note] of [36, 48, 55, 60, 64].entries()) {
        engine.noteOn(i + 1, note, 0.8, 1000 * i)
        engine.noteOff(i + 1, 12000 + 777 * i)
      }
      return engine.render(36000, block)
    }
    const live = play(bootTwins().engine, 128)
    expect([...live.left, ...live.right].every(Number.isFinite)).toBe(true)
    expect(peakOf(live.left)).toBeGreaterThan(0.003)
    expect(hashOf(play(bootEngine(), 4096))).toBe(hashOf(live))
  })
})
