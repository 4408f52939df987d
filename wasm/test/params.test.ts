// Parameters move without a step, in their own domain, and land exactly; new notes start where the knobs are.
import { describe, expect, it } from 'vitest'
import { bootDry, effect, hashOf, peakOf, rmsOf, stepOf, type Sound } from './engine.ts'
import { sawPatch, voice } from './patches.ts'

const sine: Sound = {
  patch: sawPatch(
    { voices: voice(4), out: { left: 'amp', right: 'amp' } },
    {
      osc: { type: 'sine', values: { level: 1 } },
      env: { type: 'env', values: { attack: 0.001, sustain: 1, release: 0.1 } },
      amp: { type: 'gain', in: { in: ['osc'], mod: ['env'] } },
    },
  ),
}

describe('parameters', () => {
  it('a level follows its knob as a one-pole of 15 ms', () => {
    const engine = bootDry()
    const { compiled } = engine.install(sine)
    const { device, param } = compiled.params['osc.level']!
    engine.noteOn(1, 93, 1)
    engine.render(9600)
    engine.commands.at(9600n).setParam(0, device, param, 0)
    const { left } = engine.render(9600)
    // 1760 Hz: a peak in every 27 frames.
    for (const ms of [10, 15, 30]) {
      const at = ms * 48
      expect(peakOf(left, at - 14, at + 14)).toBeCloseTo(Math.exp(-ms / 15), 1)
    }
    expect(peakOf(left, 9600 - 480)).toBe(0)
    expect(stepOf(left)).toBeLessThan(0.3)
  })

  it('an event in the middle of a micro-block acts from its own frame on', () => {
    const run = (frame: number | null) => {
      const engine = bootDry()
      const { compiled } = engine.install(sine)
      const { device, param } = compiled.params['osc.level']!
      engine.noteOn(1, 60, 1)
      engine.render(4800)
      if (frame !== null) engine.commands.at(BigInt(frame)).setParam(0, device, param, 0)
      return engine.render(640).left
    }
    const still = run(null)
    for (const frame of [4800, 4817, 4831, 4900]) {
      const first = run(frame).findIndex((x, i) => x !== still[i]) + 4800
      expect(first).toBeGreaterThanOrEqual(frame)
      expect(first).toBeLessThanOrEqual(frame + 2)
    }
  })

  it('splitting one group does not change another group by a single bit', () => {
    const run = (disturb: boolean) => {
      const engine = bootDry()
      const env = { type: 'env', values: { sustain: 1, velocity: 1 } }
      engine.install({ patch: { ...sine.patch, units: { ...sine.patch.units, env }, voices: voice(8) } })
      // Four silent voices fill the first group, a loud one sits in the second.
      for (let id = 1; id <= 4; id++) engine.noteOn(id, 60, 0)
      engine.noteOn(5, 64, 1)
      engine.render(4800)
      if (disturb) engine.noteOff(2, 4800 + 77)
      return hashOf(engine.render(9600))
    }
    expect(run(true)).toBe(run(false))
  })

  it('a note that starts after a change begins at the new value, without a ramp from the old one', () => {
    const edited = bootDry()
    const { compiled } = edited.install(sine)
    const { device, param } = compiled.params['osc.level']!
    edited.render(4800)
    edited.commands.at(null).setParam(0, device, param, 0.25)
    edited.noteOn(1, 60, 1)
    const built = bootDry()
    built.install({ ...sine, values: { 'osc.level': 0.25 } })
    built.render(4800)
    built.noteOn(1, 60, 1)
    expect(hashOf(edited.render(4800))).toBe(hashOf(built.render(4800)))
  })

  it('a modulated cutoff moves in octaves', () => {
    const noise = (extra: Parameters<typeof sawPatch>[0], cutoff: number): number => {
      const engine = bootDry()
      engine.install({
        patch: sawPatch(extra, {
          osc: { type: 'white' },
          filter: { type: 'svf', in: { in: ['osc'] }, values: { cutoff, resonance: 0, slope: '12' } },
          env: { type: 'env', values: { sustain: 1 } },
        }),
      })
      engine.noteOn(1, 72, 1)
      engine.render(4800)
      return rmsOf(engine.render(48000).left)
    }
    // Key follow of one octave per octave at C5, from 500 Hz, is 1000 Hz.
    const followed = noise({ mods: [{ from: 'key', to: 'filter.cutoff', amount: 1 }] }, 500)
    expect(followed / noise({}, 1000)).toBeCloseTo(1, 2)
    expect(followed / noise({}, 500)).toBeGreaterThan(1.2)
  })

  it('the wheel as a source reaches what it modulates, smoothly', () => {
    const engine = bootDry()
    engine.install({ patch: { ...sine.patch, mods: [{ from: 'wheel', to: 'osc.level', amount: -1 }] } })
    engine.noteOn(1, 93, 1)
    const steady = stepOf(engine.render(9600).left, 480)
    engine.commands.at(null).wheel(0, 1)
    const { left } = engine.render(9600)
    expect(stepOf(left)).toBeLessThan(1.5 * steady)
    expect(peakOf(left, 7200)).toBe(0)
  })

  it('bend moves the pitch by value times range', () => {
    const engine = bootDry()
    engine.install(sine)
    engine.noteOn(1, 69, 1)
    engine.commands.at(null).bend(0, -1, 12)
    engine.render(9600)
    const { left } = engine.render(48000)
    let ups = 0
    for (let i = 1; i < left.length; i++) if (left[i - 1]! < 0 && left[i]! >= 0) ups++
    expect(ups).toBeGreaterThanOrEqual(219)
    expect(ups).toBeLessThanOrEqual(221)
  })

  it('the strip and the master follow their gains without a step; mute is silence', () => {
    const engine = bootDry()
    engine.install(sine)
    engine.noteOn(1, 93, 1)
    const steady = stepOf(engine.render(9600).left, 480)
    engine.commands.at(null).stripGain(0, -200)
    const { left } = engine.render(9600)
    expect(stepOf(left)).toBeLessThan(1.5 * steady)
    expect(peakOf(left, 9000)).toBe(0)
  })

  it('refuses values outside the table, and says so', () => {
    const engine = bootDry()
    const { compiled } = engine.install(sine)
    const { device, param } = compiled.params['osc.level']!
    engine.render(128)
    engine.replies()
    engine.commands.at(null).setParam(0, device, param, 7)
    engine.commands.setParam(0, device, param, NaN)
    engine.commands.setParam(0, device, 999, 0)
    engine.commands.setParam(0, 5, 0, 0)
    engine.render(128)
    expect(engine.replies().map(({ reason }) => reason)).toEqual(['malformed', 'malformed', 'badTarget', 'badTarget'])
  })
})

describe('effects in the frame', () => {
  const ringing: Sound = { ...sine, effects: [effect('delay', { time: 0.05, feedback: 0.5, mix: 0.4 })] }

  /** Writes NaN over all that the delay's lines hold. */
  function poison(engine: ReturnType<typeof bootDry>, handle: number): void {
    const { exports, memory } = engine.instance
    const words = new Uint32Array(
      memory.buffer,
      exports.program_inspect!(handle, 3),
      exports.program_inspect!(handle, 4) / 4,
    )
    for (let i = 0; i < words.length; i++) if (words[i] !== 0) words[i] = 0x7fc00000
  }

  it('a number that is not finite empties the effect, which fades back within 50 ms', () => {
    const engine = bootDry()
    const { handle } = engine.install(ringing)
    engine.noteOn(1, 60, 1)
    engine.render(9600)
    poison(engine, handle)
    const { left } = engine.render(9600)
    expect(left.every(Number.isFinite)).toBe(true)
    expect(rmsOf(left, 2400)).toBeGreaterThan(0.2)
    expect(engine.replies().filter(({ type }) => type === 'fault')).toMatchObject([{ reason: 'effectReset', id: 1 }])
  })

  it('the third time in ten seconds it is bypassed and the dry sound goes on', () => {
    const engine = bootDry()
    const { handle } = engine.install(ringing)
    engine.noteOn(1, 60, 1)
    for (let i = 0; i < 3; i++) {
      engine.render(9600)
      poison(engine, handle)
    }
    const { left } = engine.render(9600)
    expect(
      engine
        .replies()
        .filter(({ type }) => type === 'fault')
        .map(({ reason }) => reason),
    ).toEqual(['effectReset', 'effectReset', 'effectBypassed'])
    const dry = bootDry()
    dry.install(sine)
    dry.noteOn(1, 60, 1)
    dry.render(28800)
    expect(rmsOf(left, 4800)).toBeCloseTo(rmsOf(dry.render(9600).left, 4800), 3)
  })

  it('panic silences voices and tails at once, without a step', () => {
    const engine = bootDry()
    engine.install(ringing)
    engine.noteOn(1, 72, 1)
    const steady = stepOf(engine.render(9600).left, 4800)
    engine.commands.at(null).panic()
    const { left } = engine.render(4800)
    expect(stepOf(left)).toBeLessThan(1.5 * steady)
    expect(peakOf(left, 480)).toBe(0)
  })
})
