// The gain and place at the end of a plan are done while mixing down: the same samples as op by op. Node.
import { describe, expect, it } from 'vitest'
import { bootDry, type Sound, type Stereo } from './engine.ts'
import { sawPatch, voice } from './patches.ts'

const RATE = 48_000
const FRAMES = RATE / 4
const SETTLED = RATE / 8

/** Without a filter: everything settled in it is the same however a block is cut. */
const sound = (out: 'pan' | 'amp', velocityToPan = 0): Sound => ({
  patch: sawPatch(
    {
      voices: voice(8),
      out: out === 'pan' ? { left: 'pan.left', right: 'pan.right' } : { left: 'amp', right: 'amp' },
      mods: velocityToPan === 0 ? [] : [{ from: 'velocity', to: 'pan.pan', amount: velocityToPan }],
    },
    {
      env: { type: 'env', values: { attack: 0, decay: 0.01, sustain: 0.7, release: 0.1 } },
      amp: { type: 'gain', in: { in: ['osc'], mod: ['env'] }, values: { level: -5.3 } },
      pan: { type: 'pan', in: { in: ['amp'] }, values: { pan: velocityToPan === 0 ? 0.3 : -1 } },
    },
  ),
})

/** A quarter of a second; `cut`: a wheel that nothing listens to moves in every micro-block, so that none is rendered whole. */
function play(of: Sound, notes: readonly (readonly [note: number, velocity: number])[], cut = false): Stereo {
  const engine = bootDry(RATE)
  engine.install(of)
  notes.forEach(([note, velocity], index) => engine.noteOn(index + 1, note, velocity))
  if (!cut) return engine.render(FRAMES)
  const left = new Float32Array(FRAMES)
  const right = new Float32Array(FRAMES)
  for (let at = 0; at < FRAMES; at += 32) {
    engine.commands.at(BigInt(at + 5)).wheel(0, (at / 32) % 2)
    const block = engine.render(32)
    left.set(block.left, at)
    right.set(block.right, at)
  }
  return { left, right }
}
const settled = ({ left, right }: Stereo): Uint32Array[] =>
  [left, right].map((channel) => new Uint32Array(channel.slice(SETTLED).buffer))

const CHORD = [
  [40, 0.1],
  [52.3, 0.9],
  [57, 0.4],
  [64, 0.6],
  [71.8, 1],
] as const

describe('mixing down', () => {
  it.each([
    ['a gain and a place', sound('pan'), 5],
    ['a gain and places by velocity', sound('pan', 2), 5],
    ['a gain alone, in mono', sound('amp'), 4],
    ['one voice', sound('pan'), 1],
  ])('%s: bit for bit what the ops write when blocks are cut', (_, of, count) => {
    const notes = CHORD.slice(0, count)
    const whole = play(of, notes)
    expect(Math.max(...whole.left.subarray(SETTLED))).toBeGreaterThan(0.05)
    expect(settled(whole)).toEqual(settled(play(of, notes, true)))
  })

  it('a lone voice is what it is beside another', () => {
    const of = sound('pan', 2)
    const [alone] = settled(play(of, [[45.7, 0]]))
    const [beside] = settled(
      play(of, [
        [45.7, 0],
        [67, 1],
      ]),
    )
    expect(alone).toEqual(beside)
  })
})
