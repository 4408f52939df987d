// Numbers that are not finite: one voice or one effect pays, everybody else stays bit-identical. And no subnormals in silence.
import { describe, expect, it } from 'vitest'
import { bootDry, effect, hashOf, peakOf, type TestEngine } from './engine.ts'
import { sawPatch, voice } from './patches.ts'

const BAD = { nan: 0x7fc00000, infinity: 0x7f800000, huge: 0x7e967699 /* 1e38 */ }

/** Overwrites what lane `lane` of the first voice group keeps: the words of its column that moved over one micro-block. */
function poke(engine: TestEngine, handle: number, lane: number, bits: number): void {
  const { exports, memory } = engine.instance
  const words = new Uint32Array(
    memory.buffer,
    exports.program_inspect!(handle, 0),
    exports.program_inspect!(handle, 1) / 4,
  )
  const before = words.slice()
  engine.render(32)
  let poked = 0
  for (let i = lane; i < words.length; i += 4) {
    if (words[i] === before[i]) continue
    words[i] = bits
    poked++
  }
  expect(poked).toBeGreaterThan(1)
}

describe('containment', () => {
  it.each(Object.entries(BAD))('%s in one voice: it ends, the other three are bit-identical', (_, bits) => {
    const run = (poked: boolean) => {
      const engine = bootDry()
      const { handle } = engine.install({ patch: sawPatch({ voices: voice(8) }) })
      for (let id = 1; id <= 4; id++) engine.noteOn(id, 40 + 7 * id, 0.6)
      engine.render(4800)
      // In the reference run the second voice has come to its end by itself.
      if (!poked) engine.noteOff(2)
      engine.render(14400)
      if (poked) poke(engine, handle, 1, bits)
      else engine.render(32)
      const first = engine.render(32)
      return { engine, first, rest: engine.render(9600) }
    }
    const bad = run(true)
    const reference = run(false)
    expect(bad.engine.replies().filter(({ type }) => type === 'noteEnd')).toMatchObject([
      { id: 2, reason: 'badNumber' },
    ])
    expect(bad.engine.status('badVoices')).toBe(1)
    expect(peakOf(bad.first.left)).toBeLessThan(4)
    expect(hashOf(bad.rest)).toBe(hashOf(reference.rest))
    expect(peakOf(bad.rest.left)).toBeGreaterThan(0.05)
  })

  it('a lane that was contained plays a new note as if nothing had been', () => {
    const run = (poked: boolean) => {
      const engine = bootDry()
      const { handle } = engine.install({ patch: sawPatch({ voices: voice(4) }) })
      engine.noteOn(1, 60)
      engine.noteOn(2, 67)
      engine.render(4800)
      if (!poked) engine.noteOff(2)
      engine.render(14400)
      if (poked) poke(engine, handle, 1, BAD.nan)
      else engine.render(32)
      engine.render(960)
      engine.noteOn(3, 64)
      return hashOf(engine.render(9600))
    }
    expect(run(true)).toBe(run(false))
  })

  it('ten seconds after a chord the output is exact silence, and on the way there are no subnormal samples', () => {
    const engine = bootDry()
    engine.install({
      patch: sawPatch(),
      effects: [effect('plate', { decay: 1 }), effect('delay', { time: 0.2, feedback: 0.5 })],
    })
    for (let id = 1; id <= 4; id++) engine.noteOn(id, 45 + 5 * id)
    engine.render(9600)
    for (let id = 1; id <= 4; id++) engine.noteOff(id)
    let subnormal = 0
    for (let second = 0; second < 10; second++) {
      const { left, right } = engine.render(48000, 4096)
      for (const signal of [left, right])
        for (const x of signal) if (x !== 0 && Math.abs(x) < 1.1754944e-38) subnormal++
    }
    expect(subnormal).toBe(0)
    expect(peakOf(engine.render(48000, 4096).left)).toBe(0)
    expect(engine.status('voices')).toBe(0)
  })
})
