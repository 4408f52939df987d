// Names bytes by their content (any thread).

/** 64 bits of FNV-1a in two halves, and the length: synchronous, so that records keep their order. Equality is checked on bytes. */
export function contentKey(bytes: Uint8Array): string {
  let low = 0x811c9dc5
  let high = 0xcbf29ce4
  for (const byte of bytes) {
    low = Math.imul(low ^ byte, 0x01000193)
    high = Math.imul(high ^ byte ^ (low >>> 24), 0x01000193)
  }
  const hex = (word: number): string => (word >>> 0).toString(16).padStart(8, '0')
  return `${hex(high)}${hex(low)}-${bytes.length.toString(16)}`
}
