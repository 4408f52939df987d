// Ticks as the panel counts them (any thread).
import { constants } from '../../../generated/wire.ts'

export const TICKS_PER_BEAT = constants.ticksPerBeat
export const TICKS_PER_WHOLE = 4 * TICKS_PER_BEAT
export const MAX_TICK = constants.maxTick
