// What the real files state is what is heard: attack, filter, delay time; skipped where the files are not there (Node).
import { describe, expect, it } from 'vitest'
import type { Patch } from '../../../src/presets/model.ts'
import { spectralCentroidHz, CENTROID_FRAMES } from '../../../src/workers/render/spectrum.ts'
import type { Sound } from '../engine.ts'
import { realSounds, type RealSound } from '../sounds.ts'
import { play, SAMPLE_RATE } from './measure.ts'

const sounds = await realSounds()
if (sounds.length === 0) console.log('real sounds: not on this machine, skipped')

/** Far below the master limiter, which must not shape what is measured. */
const QUIET_DB = -24
const value = ({ patch }: Sound, unit: string, param: string): number => Number(patch.units[unit]?.values?.[param] ?? 0)

/** The sound without effects and without modulation by envelopes and LFOs, with other envelope values. */
function dry(sound: Sound, envelope: Readonly<Record<string, number | string>> = {}): Sound {
  const { env } = sound.patch.units
  const units = { ...sound.patch.units, ...(env ? { env: { ...env, values: { ...env.values, ...envelope } } } : {}) }
  return { patch: { ...sound.patch, units, mods: [] }, values: {}, effects: [], gainDb: QUIET_DB }
}

const WINDOW = 0.005 * SAMPLE_RATE
const energy = (samples: Float32Array, from: number): number => {
  let sum = 0
  for (let at = from; at < from + WINDOW; at++) sum += (samples[at] ?? 0) ** 2
  return sum
}

/** Seconds until the sound is within 0.2 dB of the same sound with its envelope open from the start. */
function attackSeconds(sound: Sound, seconds: number): number {
  // Held at the top, so that a decay which begins at once does not hide the end of the attack.
  const shaped = play(dry(sound, { sustain: 1 }), [60], seconds, 0).left
  const open = play(dry(sound, { delay: 0, attack: 0, hold: 20, sustain: 1 }), [60], seconds, 0).left
  for (let at = 48; at + WINDOW < shaped.length; at += 24) {
    if (energy(shaped, at) >= 0.955 * energy(open, at)) return (at + WINDOW / 2) / SAMPLE_RATE
  }
  return Number.POSITIVE_INFINITY
}

const centroid = (samples: Float32Array): number => {
  let sum = 0
  let count = 0
  for (let at = 4800; at + CENTROID_FRAMES < samples.length; at += CENTROID_FRAMES) {
    sum += spectralCentroidHz(samples, at, SAMPLE_RATE)
    count += 1
  }
  return sum / count
}

/** The same patch with its filter taken out of the way. */
function unfiltered(patch: Patch): Patch {
  const { filter, amp } = patch.units
  if (!filter || !amp) throw new Error('no filter')
  const units = { ...patch.units, amp: { ...amp, in: { ...amp.in, in: filter.in?.in ?? [] } } }
  return { ...patch, units, mods: [] }
}

const named = (list: readonly RealSound[]) => list.map(({ name, sound }) => [name, sound] as const)
const filtered = (mode: string): readonly RealSound[] =>
  sounds.filter(
    ({ sound }) =>
      sound.patch.units.filter?.values?.mode === mode ||
      (mode === 'lowpass' && sound.patch.units.filter?.type === 'ladder'),
  )

describe.skipIf(sounds.length === 0)('what real files state', () => {
  it.each(named(sounds))('the attack of %s is heard within 20 % or 5 ms', (_, sound) => {
    const stated = value(sound, 'env', 'delay') + value(sound, 'env', 'attack')
    const heard = attackSeconds(sound, stated * 1.5 + 0.1)
    expect(Math.abs(heard - stated), `heard ${heard.toFixed(4)}, stated ${stated.toFixed(4)}`).toBeLessThanOrEqual(
      Math.max(0.2 * stated, 0.005),
    )
  })

  it.each(named(filtered('lowpass')))('engaging the low-pass of %s lowers the centroid', (_, sound) => {
    const open = { ...dry(sound), patch: unfiltered(sound.patch) }
    expect(centroid(play(dry(sound), [60]).left)).toBeLessThan(centroid(play(open, [60]).left))
  })

  it.each(named(filtered('highpass')))('engaging the high-pass of %s raises the centroid', (_, sound) => {
    const open = { ...dry(sound), patch: unfiltered(sound.patch) }
    expect(centroid(play(dry(sound), [60]).left)).toBeGreaterThan(centroid(play(open, [60]).left))
  })

  const delays = sounds.flatMap(({ name, sound }) =>
    (sound.effects ?? []).filter((effect) => effect.type === 'delay').map((effect) => [name, effect] as const),
  )
  it.each(delays)('a click through the delay of %s comes back at the stated time within 1 ms', (_, effect) => {
    const click: Patch = {
      version: 1,
      units: {
        osc: { type: 'square', values: { phase: 90 } },
        env: { type: 'env', values: { attack: 0, decay: 0, sustain: 0, release: 0 } },
        amp: { type: 'gain', in: { in: ['osc'], mod: ['env'] } },
      },
      mods: [],
      out: { left: 'amp', right: 'amp' },
      voices: { max: 1, mode: 'poly', glideSeconds: 0 },
      groups: [],
    }
    const { left } = play({ patch: click, effects: [effect], gainDb: QUIET_DB }, [96], 1, 0)
    const peakIn = (from: number, to: number): number => {
      let best = from
      for (let at = from; at < to; at++) if (Math.abs(left[at] ?? 0) > Math.abs(left[best] ?? 0)) best = at
      return best
    }
    const direct = peakIn(0, 480)
    const echo = peakIn(direct + 960, direct + Math.round(Number(effect.values.time) * 1.4 * SAMPLE_RATE))
    expect(Math.abs((echo - direct) / SAMPLE_RATE - Number(effect.values.time))).toBeLessThanOrEqual(0.001)
  })
})
