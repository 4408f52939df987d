// Pictures of struck bodies, drums, resonating chords and shaped hits against what the engine does; constants against their sources (Node).
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { EFFECTS } from '../../../src/generated/effects.ts'
import { UNITS } from '../../../src/generated/units.ts'
import { bandHertz, CHORDS, resonances } from '../../../src/ui/panels/devices/pictures/bands/bands.ts'
import { noiseLevel, toneHertz, toneLevel } from '../../../src/ui/panels/devices/pictures/body/drum.ts'
import { modesOf } from '../../../src/ui/panels/devices/pictures/body/modes.ts'
import { DRUM_SHARE } from '../../../src/ui/panels/devices/pictures/moves/drumShare.ts'
import { shapedBy, STEP_SECONDS } from '../../../src/ui/panels/devices/pictures/moves/hit.ts'
import { PREDELAY_SECONDS } from '../../../src/ui/panels/devices/pictures/time/decays.ts'
import { Rig, render } from '../effects/rig.ts'
import { db, impulse, response } from '../effects/signals.ts'
import { UnitRig } from '../units/rig.ts'
import { effectScene, unitScene, type Values } from './scenes.ts'

const RATE = 48_000
const source = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

function unitSound(type: string, values: Values, frames: number): Float32Array {
  const rig = new UnitRig(type)
  const spec = UNITS.find(({ id }) => id === type)!
  for (const [id, value] of Object.entries(values)) {
    const { options } = spec.params.find((param) => param.id === id)!
    rig.set(id, typeof value === 'number' ? value : options!.findIndex((option) => option.id === value))
  }
  return rig.pitch(60).start().render(frames)[0]![0]!
}
const rms = (signal: Float32Array, from: number, to: number): number =>
  Math.sqrt(signal.subarray(from, to).reduce((sum, x) => sum + x * x, 0) / (to - from))

describe('struck bodies', () => {
  const bodies = UNITS.find(({ id }) => id === 'modal')!.params.find(({ id }) => id === 'body')!.options!
  it.each(bodies.map(({ id }) => id))('%s: the strongest modes ring where they are drawn, and as long', (body) => {
    const values = { body, modes: 24, decay: 3, damping: 0.1, hardness: 1, noise: 0, strike: 1, spread: 0 }
    const sound = unitSound(type, values, RATE)
    const modes = modesOf(unitScene(type, values).read, RATE)
    expect(modes.length).toBeGreaterThan(10)
    const strongest = modes.toSorted((x, y) => y.level - x.level).slice(0, 3)
    const at = (hertz: number, fromSeconds: number): number => goertzel(sound, hertz, fromSeconds * RATE, RATE / 2)
    const near = (hertz: number, apart: number) => modes.filter((mode) => Math.abs(mode.hertz - hertz) < apart).length
    for (const { hertz, seconds } of strongest) {
      const early = at(hertz, 0.05)
      // Beside it there is less, where no other mode lies.
      for (const beside of [hertz * 0.97 - 10, hertz * 1.03 + 10])
        if (near(beside, 20) === 0) expect(early, `${body} ${hertz}`).toBeGreaterThan(3 * at(beside, 0.05))
      // Two that beat do not fall evenly: a window of half a second tells 10 Hz.
      const fallen = db(early / at(hertz, 0.45))
      if (near(hertz, 40) === 1) expect(Math.abs(fallen - (60 * 0.4) / seconds), `${body} ${hertz}`).toBeLessThan(0.6)
    }
  })
  const type = 'modal'
})

/** Level of one frequency under a Hann window. */
function goertzel(signal: Float32Array, hertz: number, from: number, frames: number): number {
  let [re, im] = [0, 0]
  for (let i = 0; i < frames; i++) {
    const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / frames)
    const turn = (2 * Math.PI * hertz * i) / RATE
    const x = (signal[Math.round(from) + i] ?? 0) * window
    re += x * Math.cos(turn)
    im += x * Math.sin(turn)
  }
  return Math.hypot(re, im) / frames
}

describe('drums', () => {
  it('a tone falls and sinks as drawn', () => {
    const values = {
      frequency: 200,
      sweep: 24,
      sweepTime: 0.1,
      hold: 0.05,
      decay: 0.8,
      click: 0,
      shape: 0,
      head: 0,
      velocity: 0,
    }
    const sound = unitSound('drumtone', values, RATE)
    const { read } = unitScene('drumtone', values)
    const peak = (seconds: number) =>
      Math.max(...sound.subarray(Math.round(seconds * RATE), Math.round(seconds * RATE) + 480))
    for (const seconds of [0.2, 0.4, 0.6])
      expect(db(peak(seconds) / peak(0.02)), String(seconds)).toBeCloseTo(db(toneLevel(read, seconds)), 0)
    // Cycles between two moments are the integral of the pitch.
    const ups = (from: number, to: number) => {
      let count = 0
      for (let i = Math.round(from * RATE) + 1; i < to * RATE; i++) if (sound[i - 1]! < 0 && sound[i]! >= 0) count++
      return count
    }
    let cycles = 0
    for (let t = 0; t < 0.3; t += 1e-4) cycles += toneHertz(read, t) * 1e-4
    expect(Math.abs(ups(0, 0.3) - cycles)).toBeLessThan(1.5)
  })
  it('a noise bursts and falls as drawn', () => {
    const values = { decay: 0.3, taps: 1, mode: 'lowpass', cutoff: 18_000, resonance: 0, velocity: 0 }
    const sound = unitSound('drumnoise', values, RATE / 2)
    const { read } = unitScene('drumnoise', values)
    const level = (seconds: number) => rms(sound, Math.round(seconds * RATE), Math.round((seconds + 0.02) * RATE))
    expect(db(level(0.2) / level(0.05))).toBeCloseTo(db(noiseLevel(read, 0.2) / noiseLevel(read, 0.05)), -0.5)
    expect(noiseLevel(unitScene('drumnoise', { ...values, taps: 4, spacing: 0.01 }).read, 0.0301)).toBeGreaterThan(0.9)
  })
})

describe('resonator', () => {
  it.each<[string, Values]>([
    ['string', { root: 57, chord: 'single', decay: 0.4, brightness: 0.7 }],
    ['pipe', { root: 50, chord: 'single', decay: 0.3, brightness: 0.4, body: 'pipe', output: -6 }],
  ])('%s: harmonics come out as loud as drawn', (_, values) => {
    const all = { ...values, mix: 1, spread: 0 }
    const lines = resonances(effectScene('resonator', all).read, RATE).slice(0, 7)
    const { left } = render('resonator', all as Record<string, number>, impulse(1 << 16, 0, 0.01))
    const heard = response(
      left!,
      lines.map(({ hertz }) => hertz),
    ).map((level) => level + 40)
    lines.forEach(({ gain, hertz }, i) => expect(Math.abs(db(gain) - heard[i]!), String(hertz)).toBeLessThan(0.5))
  })
  it('has the chords of the engine', () => {
    const header = source('effects/resonator.h')
    for (const [id, semitones] of Object.entries(CHORDS)) {
      const [, count, list] = new RegExp(`\\{"${id}", "[^"]+", (\\d+), \\{([^}]*)\\}`).exec(header)!
      const written = list!.split(',').map((number) => parseFloat(number))
      expect(written.slice(0, Number(count)), id).toEqual(semitones)
    }
    const { options } = EFFECTS.find(({ id }) => id === 'resonator')!.params.find(({ id }) => id === 'chord')!
    expect(Object.keys(CHORDS)).toEqual(options!.map(({ id }) => id))
  })
})

describe('transient shaper', () => {
  it.each<[string, Values]>([
    ['sharper', { attack: 1, sustain: 0 }],
    ['longer', { attack: 0, sustain: 0.8 }],
  ])('%s: a burst is turned as drawn within 2 dB', (_, values) => {
    const frames = RATE / 2
    const hertz = 3000
    const level = (seconds: number) => (seconds < 0.05 ? -70 : -12 - 60 * (seconds - 0.05))
    const sound = Float32Array.from(
      { length: frames },
      (_x, i) => 10 ** (level(i / RATE) / 20) * Math.sin((2 * Math.PI * hertz * i) / RATE),
    )
    const { left } = new Rig('transient', values as Record<string, number>).process(sound)
    const levels = Array.from({ length: Math.round(frames / RATE / STEP_SECONDS) }, (_x, i) => level(i * STEP_SECONDS))
    const drawn = shapedBy(levels, effectScene('transient', values).read)
    for (const seconds of [0.054, 0.06, 0.1, 0.2, 0.35]) {
      const from = Math.round(seconds * RATE)
      const change = db(rms(left, from, from + 64) / rms(sound, from, from + 64))
      expect(Math.abs(change - drawn[Math.round(seconds / STEP_SECONDS)]!), String(seconds)).toBeLessThan(2)
    }
  })
})

describe('constants', () => {
  it('are those of the sources', () => {
    const bands = bandHertz(effectScene('vocoder').read)
    const vocoder = source('effects/vocoder.h')
    expect(vocoder).toContain(`kLowHz = ${Math.round(bands[0]!)}.f, kHighHz = ${Math.round(bands.at(-1)!)}.f`)
    expect(source('effects/rotary.h')).toContain(`kOfHorn[2] = {1., ${String(DRUM_SHARE)}}`)
    expect(source('effects/looper.h')).toContain('kMaxSeconds = 20.f')
    expect(source('dsp/predelay.h')).toContain(`kMaxSeconds = ${String(PREDELAY_SECONDS)}f`)
  })
})
