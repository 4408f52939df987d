// Patches of history steps: joined so that a long drag stays small, weighed, and checked when they come from storage (main thread).
import type { Patches } from 'mutative'
import { z } from '../params/schema.ts'

const overwrites = ({ op, path }: Patches[number]): boolean => op === 'replace' && path.at(-1) !== 'length'

/** One place is inside another: then their order matters. */
const nested = (places: readonly string[]): boolean => {
  const sorted = [...places].sort()
  return sorted.some((place, index) => index > 0 && place.startsWith(`${sorted[index - 1]!}/`))
}

const place = ({ path }: Patches[number]): string =>
  (path as readonly (string | number)[]).map((part) => encodeURIComponent(part)).join('/')

/** `first`, then `second`: what the second overrides is dropped, so that dragging many notes keeps one value for each. */
export function joined(first: Patches, second: Patches): Patches {
  const all = [...first, ...second]
  if (!all.every(overwrites)) return all
  const last = new Map(all.map((patch) => [place(patch), patch]))
  return nested([...last.keys()]) ? all : [...last.values()]
}

/** About how many bytes a value takes in storage. Parts that occur twice count once, as the browser stores them. */
export function weigh(value: unknown, seen = new Set<object>()): number {
  if (typeof value === 'string') return 8 + 2 * value.length
  if (typeof value !== 'object' || value === null) return 8
  if (seen.has(value)) return 8
  seen.add(value)
  let bytes = 16
  for (const [key, inner] of Object.entries(value))
    bytes += (Array.isArray(value) ? 0 : key.length) + weigh(inner, seen)
  return bytes
}

const part = z.union([
  z.int().check(z.minimum(0)),
  z.string().check(
    z.maxLength(300),
    z.refine((key) => !['__proto__', 'constructor', 'prototype'].includes(key)),
  ),
])
const root = z.enum(['project', 'library', 'audition'])

/** What a stored patch may be; where it leads is checked when it is applied. */
export const storedPatches = z
  .array(
    z.object({ op: z.enum(['add', 'remove', 'replace']), path: z.tuple([root], part), value: z.optional(z.any()) }),
  )
  .check(z.maxLength(200_000))
