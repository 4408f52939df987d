// Bytes of a dropped file to text: byte order marks, UTF-16 and broken UTF-8 (import worker).

export interface DecodedText {
  readonly text: string
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be'
  readonly bom: boolean
  /** Invalid byte sequences were replaced by U+FFFD. */
  readonly replaced: boolean
}

type Encoding = DecodedText['encoding']

/**
 * Decodes without ever failing; NUL bytes in the first four tell UTF-16 without a mark (RFC 4627, section 3).
 * `poll` is called every few milliseconds and may throw to give up.
 */
export function decodeText(bytes: Uint8Array, poll?: () => void): DecodedText {
  const [encoding, mark] = encodingOf(bytes)
  const body = bytes.subarray(mark)
  try {
    return { text: decode(body, encoding, true, poll), encoding, bom: mark > 0, replaced: false }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    return { text: decode(body, encoding, false, poll), encoding, bom: mark > 0, replaced: true }
  }
}

/** The encoding and the length of its byte order mark. */
function encodingOf(bytes: Uint8Array): readonly [Encoding, number] {
  const [a, b, c, d] = [bytes[0] ?? -1, bytes[1] ?? -1, bytes[2] ?? -1, bytes[3] ?? -1]
  if (a === 0xef && b === 0xbb && c === 0xbf) return ['utf-8', 3]
  if (a === 0xff && b === 0xfe) return ['utf-16le', 2]
  if (a === 0xfe && b === 0xff) return ['utf-16be', 2]
  if (a > 0 && b === 0 && c > 0 && d === 0) return ['utf-16le', 0]
  if (a === 0 && b > 0 && c === 0 && d > 0) return ['utf-16be', 0]
  return ['utf-8', 0]
}

const CHUNK = 2 ** 20

/** Throws a TypeError on broken characters when `fatal`. */
function decode(bytes: Uint8Array, encoding: Encoding, fatal: boolean, poll?: () => void): string {
  const decoder = new TextDecoder(encoding, { fatal, ignoreBOM: true })
  const parts: string[] = []
  for (let at = 0; at < bytes.length; at += CHUNK) {
    poll?.()
    // A view on shared memory is refused by TextDecoder: `slice` copies.
    parts.push(decoder.decode(bytes.slice(at, at + CHUNK), { stream: true }))
  }
  parts.push(decoder.decode())
  return parts.join('')
}
