// The list of harmonics of an additive waveform as plain amplitudes (any thread).
import { constants } from '../generated/wire.ts'
import { SoundloomError } from '../params/error.ts'
import type { PatchUnit } from '../presets/model.ts'

/** Amplitude of harmonic h at index h - 1. Throws naming `field`. */
export function harmonicAmplitudes(list: NonNullable<PatchUnit['harmonics']>, field: string): Float32Array {
  const amplitudes: number[] = []
  list.forEach((entry, index) => {
    const [harmonic, amplitude] = typeof entry === 'number' ? [index + 1, entry] : entry
    const valid =
      Number.isInteger(harmonic) && harmonic >= 1 && Number.isFinite(amplitude) && Math.abs(amplitude) <= 1e6
    if (!valid) {
      throw new SoundloomError('invalid-argument', 'A harmonic is a whole number from 1 with a finite amplitude', {
        field: `${field}/${index}`,
        value: entry,
      })
    }
    if (harmonic > constants.maxHarmonics) {
      throw new SoundloomError('limit-exceeded', `A waveform holds at most ${constants.maxHarmonics} harmonics`, {
        field: `${field}/${index}`,
        value: harmonic,
      })
    }
    while (amplitudes.length < harmonic) amplitudes.push(0)
    amplitudes[harmonic - 1]! += amplitude
  })
  return new Float32Array(amplitudes.length > 0 ? amplitudes : [1])
}
