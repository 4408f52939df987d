// Times and frequencies in the words of pictures (any thread).
import { formatValue } from '../../../../params/format.ts'

const SECONDS = { unit: 'seconds', curve: 'linear', min: 0, max: 100 } as const
const HERTZ = { unit: 'hertz', curve: 'log', min: 0.01, max: 20_000 } as const

export const secondsText = (seconds: number): string => formatValue(SECONDS, seconds)
export const hertzText = (hertz: number): string => formatValue(HERTZ, hertz)
