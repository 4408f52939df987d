// A voice that is alone is computed four frames at a time: the same sound as among others, and no step where company comes or goes. Node.
import { describe, expect, it } from 'vitest'
import { bootDry, type Sound, type Stereo } from './engine.ts'
import { sawPatch, voice } from './patches.ts'
import type { Patch, PatchUnit } from '../../src/presets/model.ts'

const RATE = 48_000
const FRAMES = RATE / 2
const BLOCK = 32
/** Rounding alone, of the loudest sample: -120 dB; what moves is off by 32 roundings of the quad's sums. */
const NEAR = 1e-6
const NEAR_MOVING = 32 * 2 ** -24

/** The second note is struck with velocity 0, and `env` follows velocity: it sounds, at nothing. */
const env: PatchUnit = { type: 'env', values: { attack: 0.01, decay: 0.05, sustain: 0.7, release: 0.02, velocity: 1 } }
const sound = (units: Record<string, PatchUnit> = {}, extra: Partial<Patch> = {}): Sound => ({
  patch: sawPatch({ voices: voice(8), ...extra }, { env, ...units }),
})
const filter24: PatchUnit = { type: 'svf', in: { in: ['osc'] }, values: { cutoff: 900, resonance: 0.6, slope: '24' } }

function play(of: Sound, strike: (engine: ReturnType<typeof bootDry>) => void): Stereo {
  const engine = bootDry(RATE)
  engine.install(of)
  engine.noteOn(1, 45.3, 1)
  strike(engine)
  return engine.render(FRAMES)
}
const off = (a: Stereo, b: Stereo): number => {
  let worst = 0
  for (const side of ['left', 'right'] as const)
    a[side].forEach((x, frame) => (worst = Math.max(worst, Math.abs(x - b[side][frame]!))))
  return worst / a.left.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
}
/** Another note that is not heard, from time to time; on the edge of a micro-block, where it cuts no modulation in two. */
const company = (engine: ReturnType<typeof bootDry>): void => {
  for (const [id, from] of [94, 282, 470].entries()) {
    engine.noteOn(id + 2, 67 + id, 0, from * BLOCK)
    engine.noteOff(id + 2, (from + 72) * BLOCK)
  }
}

const vibrato: PatchUnit = { type: 'lfo', values: { rate: 6 } }
const sweep: PatchUnit = { type: 'env', values: { attack: 0.02, decay: 0.3, sustain: 0.1 } }

describe('a lone voice', () => {
  it.each<[string, Sound]>([
    ['of a saw through 12 dB', sound()],
    ['through 24 dB', sound({ filter: filter24 })],
    [
      'of a filter that an envelope moves',
      sound({ filter: filter24, sweep }, { mods: [{ from: 'sweep', to: 'filter.cutoff', amount: 2 }] }),
    ],
    ['with vibrato', sound({ vibrato }, { mods: [{ from: 'vibrato', to: 'voice.pitch', amount: 0.2 }] })],
    [
      'of two oscillators into a unit that has no lone form',
      sound({
        osc2: { type: 'square', values: { level: 0.3, fine: 7 } },
        filter: { type: 'ladder', in: { in: ['osc', 'osc2'] }, values: { cutoff: 1500 } },
      }),
    ],
    ['in mono, released', sound({}, { out: { left: 'amp', right: 'amp' } })],
    ['of one that is placed by velocity', sound({}, { mods: [{ from: 'velocity', to: 'pan.pan', amount: -0.6 }] })],
  ])('%s is what it is in company', (what, of) => {
    const release = (engine: ReturnType<typeof bootDry>): void => {
      if (what.includes('released')) engine.noteOff(1, 20_003)
    }
    const alone = play(of, release)
    expect(Math.max(...alone.left)).toBeGreaterThan(0.05)
    const beside = play(of, (engine) => {
      company(engine)
      release(engine)
    })
    expect(off(alone, beside)).toBeLessThan('patch' in of && of.patch.mods.length > 0 ? NEAR_MOVING : NEAR)
  })

  it('is computed by a form of its own: the filter rounds differently', () => {
    expect(
      off(
        play(sound(), () => {}),
        play(sound(), company),
      ),
    ).toBeGreaterThan(0)
  })

  it('does not depend on how many frames the host asks for', () => {
    const whole = play(sound(), () => {})
    const engine = bootDry(RATE)
    engine.install(sound())
    engine.noteOn(1, 45.3, 1)
    const left = new Float32Array(FRAMES)
    for (let at = 0; at < FRAMES; at += 96) left.set(engine.render(96).left, at)
    expect(left).toEqual(whole.left)
  })
})
