// Argument schemas of units and effects: ids and plain values within their ranges. Written by `npm run gen`; never edit. Any thread.
import { z } from 'zod'

// Before any schema: the page's CSP forbids the functions that zod would otherwise build from text.
z.config({ jitless: true })

export const unitId = z.never()
export const effectId = z.never()

/** Unit id -> the values it takes; an absent one keeps its default. */
export const unitValues = {} as const

/** Effect id -> the values it takes; an absent one keeps its default. */
export const effectValues = {} as const
