// How loud a sound is and the gain that makes all sounds equally loud in the browser (any thread).
import type { Patch } from '../../presets/model.ts'
import { auditionKey } from '../../presets/pads.ts'
import type { RenderSpec } from './protocol.ts'

export const TARGET_LUFS = -20
/** A sound that is all attack may reach this far above full scale before its loudness gives way: the limiter takes the rest. */
const PEAK_CEILING_DB = 5
const MOST_GAIN_DB = 24

/** The C3 major chord that loudness and fingerprint are measured on. */
export const MEASURE: RenderSpec = {
  notes: [48, 52, 55],
  velocity: 0.8,
  duration: 2,
  tail: 1,
  sampleRate: 48000,
  seed: 0,
}

/** A kit is measured on its kick: a chord of drums says nothing of how loud a beat is. */
export const measureOf = (patch: Pick<Patch, 'pads'>): RenderSpec =>
  patch.pads ? { ...MEASURE, notes: [auditionKey(patch.pads)] } : MEASURE

/** dB to TARGET_LUFS; 0 for silence. `peak` is linear. */
export function levelMatchDb(loudnessLufs: number | null, peak: number): number {
  if (loudnessLufs === null || peak <= 0) return 0
  const wanted = Math.max(-MOST_GAIN_DB, Math.min(MOST_GAIN_DB, TARGET_LUFS - loudnessLufs))
  const room = PEAK_CEILING_DB - 20 * Math.log10(peak)
  return wanted > 0 ? Math.max(0, Math.min(wanted, room)) : wanted
}
