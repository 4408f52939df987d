// The same events give the same bits: for any size of host call, and when the replay log is played offline.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bootEngine, hashOf, type Stereo, type TestEngine } from './engine.ts'
import { ragged } from './replay.ts'
import { others, recorded, send, sound, step, takeAndReplay } from './sessions.ts'

const RUNS = process.env.VERIFY ? 200 : 8

describe('identity', () => {
  it('the host may ask for any number of frames at a time', () => {
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 3, maxLength: 25 }),
        fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 6 }),
        (steps, blocks) => {
          const frames = 24000
          const run = (render: (engine: TestEngine) => Stereo): string => {
            const engine = bootEngine()
            const { compiled } = engine.install(sound)
            const spare = others(engine).map(({ handle }) => handle)
            let at = 0
            for (const action of steps) send(engine, action, compiled.params, BigInt((at += action.wait)), spare)
            return hashOf(render(engine))
          }
          const straight = run((engine) => engine.render(frames, 128))
          expect(run((engine) => ragged(engine, frames, blocks))).toBe(straight)
        },
      ),
      { seed: 2, numRuns: RUNS },
    )
  })

  it('the log of a live session, played offline on a private memory, gives the same SHA-256', () => {
    let audible = 0
    fc.assert(
      fc.property(recorded, (steps) => {
        const { live, offline, overflow, peak } = takeAndReplay(steps)
        expect(overflow).toBe(0)
        expect(offline).toBe(live)
        if (peak > 0.01) audible++
      }),
      {
        seed: 3,
        numRuns: RUNS,
        // A value that arrives while nothing renders, and a note alone after it.
        examples: [
          [
            [
              { kind: 'on', id: 1, wait: 0 },
              { kind: 'told', id: 1, what: 'tuning', share: 0, wait: 121 },
              { kind: 'param', value: 0, wait: 0 },
            ],
          ],
        ],
      },
    )
    expect(audible).toBeGreaterThan(RUNS / 2)
  })
})
