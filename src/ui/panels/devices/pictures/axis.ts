// The axes that pictures share: log frequency, decibels (any thread).
const LOWEST_HZ = 20
const HIGHEST_HZ = 20000

/** Frequency at 0..1 across the picture, and back. */
export const hertzAt = (share: number): number => LOWEST_HZ * (HIGHEST_HZ / LOWEST_HZ) ** share
export const shareOf = (hertz: number): number => Math.log(hertz / LOWEST_HZ) / Math.log(HIGHEST_HZ / LOWEST_HZ)

export const decibels = (magnitude: number): number => 20 * Math.log10(Math.max(magnitude, 1e-6))
export const amplitude = (db: number): number => 10 ** (db / 20)
