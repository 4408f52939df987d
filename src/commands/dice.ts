// Throwing the dice: new values for a sound that stays itself (any thread).
import { toPlain, toUnit } from '../params/map.ts'
import { AMOUNT } from '../presets/amounts.ts'
import type { PlainValue, Preset } from '../presets/model.ts'
import { soundParams, type SoundParam } from '../project/sound.ts'
import type { Sound } from './sounds.ts'

/** Part of the knob's travel to either side that a throw of the dice uses where the source gave no range. */
const DICE_TRAVEL = 0.2
/** Loudness, pitch and what moves what stay, so that every throw is playable. */
const isDiced = ({ param, key, owner }: SoundParam, ranges: Preset['ranges']): boolean =>
  ranges?.[key] !== undefined ||
  (owner !== AMOUNT &&
    param.curve !== 'option' &&
    param.curve !== 'toggle' &&
    !['decibels', 'semitones', 'count'].includes(param.unit) &&
    !param.id.startsWith('level'))

/** New values near the sound's own, inside the ranges that its file gave. `random` gives 0..1. */
export function diced(sound: Sound, random: () => number): Map<string, PlainValue> {
  const { ranges } = sound.original
  const originals = new Map(soundParams(sound.original, sound.originalPatch).map(({ key, value }) => [key, value]))
  return new Map(
    soundParams(sound.preset, sound.patch)
      .filter((one) => isDiced(one, ranges))
      .map(({ key, param, value }) => {
        const range = ranges?.[key]
        const middle = toUnit(param, originals.get(key) ?? value)
        const low = range ? toUnit(param, range[0]) : Math.max(0, middle - DICE_TRAVEL)
        const high = range ? toUnit(param, range[1]) : Math.min(1, middle + DICE_TRAVEL)
        return [key, toPlain(param, low + (high - low) * random())]
      }),
  )
}
