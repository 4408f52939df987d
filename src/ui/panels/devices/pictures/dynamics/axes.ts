// The axes of dynamics pictures: level in across, level out up (any thread).
import type { Area } from '../face.ts'

/** Both axes, in dB. */
export const RANGE = { from: -72, to: 6 } as const

const share = (db: number): number => (db - RANGE.from) / (RANGE.to - RANGE.from)
export const xOf = (db: number, { width }: Area): number => share(db) * width
export const yOf = (db: number, { height }: Area): number => (1 - share(db)) * height
export const dbOf = (x: number, { width }: Area): number => RANGE.from + (x / width) * (RANGE.to - RANGE.from)
