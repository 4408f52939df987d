// Gain computers of the dynamics effects: level in, gain change out, in dB, settled (any thread). Sources: wasm/dsp/gain_follower.h and the effects' headers.
import { amplitude } from '../axis.ts'
import { clamp, number, type Read } from '../face.ts'

/** Gain change in dB at a steady level in dB. */
export type GainCurve = (levelDb: number, read: Read) => number

function soft(levelDb: number, threshold: number, ratio: number, knee: number): number {
  const half = Math.max(knee / 2, 1e-3)
  const over = levelDb - threshold
  const inside = clamp(over + half, 0, 2 * half)
  return (1 / Math.max(ratio, 1) - 1) * ((inside * inside) / (4 * half) + Math.max(over - half, 0))
}

/** A gain change that is mixed with the dry sound, which is in phase. */
const mixed = (db: number, mix: number): number => 20 * Math.log10(Math.max(1 - mix + mix * amplitude(db), 1e-6))

export const compressorGain: GainCurve = (levelDb, read) => {
  const at = (db: number) => soft(db, number(read, 'threshold'), number(read, 'ratio'), number(read, 'knee'))
  const automatic = number(read, 'automatic') >= 0.5 ? -0.5 * at(0) : 0
  return mixed(at(levelDb) + number(read, 'makeup') + automatic, number(read, 'mix'))
}

/** Before it has opened: the threshold is lower by the hysteresis after that. */
export const expanderGain: GainCurve = (levelDb, read) => {
  const half = Math.max(number(read, 'knee') / 2, 1e-3)
  const below = number(read, 'threshold') - levelDb
  const inside = clamp(below + half, 0, 2 * half)
  const slope = 1 - Math.max(number(read, 'ratio'), 1)
  const asked = slope * ((inside * inside) / (4 * half) + Math.max(below - half, 0))
  return mixed(Math.max(asked, number(read, 'range')), number(read, 'mix'))
}

/** `open`: it opened before, and closes only under the hysteresis. */
export const gateGain =
  (open: boolean): GainCurve =>
  (levelDb, read) => {
    const threshold = number(read, 'threshold') - (open ? number(read, 'hysteresis') : 0)
    return levelDb >= threshold ? 0 : number(read, 'range')
  }

/** Kept below the ceiling against what a true-peak meter reads high (wasm/effects/limiter.h). */
const LIMITER_MARGIN_DB = 0.13

export const limiterGain: GainCurve = (levelDb, read) =>
  Math.min(0, number(read, 'ceiling') - LIMITER_MARGIN_DB - levelDb)

const DEESSER_KNEE_DB = 6

/** Of what lies above its corner. */
export const deesserGain: GainCurve = (levelDb, read) =>
  mixed(
    Math.max(soft(levelDb, number(read, 'threshold'), number(read, 'ratio'), DEESSER_KNEE_DB), number(read, 'range')),
    number(read, 'mix'),
  )

/** One band of the multiband compressor, counted from 1, with the level behind all of them. */
export const bandGain =
  (band: number): GainCurve =>
  (levelDb, read) => {
    const asked = soft(
      levelDb,
      number(read, `band${band}Threshold`),
      number(read, `band${band}Ratio`),
      number(read, 'knee'),
    )
    return mixed(asked + number(read, `band${band}Gain`) + number(read, 'output'), number(read, 'mix'))
  }
