// Bytes of a dropped file to text: byte order marks, UTF-16 and broken UTF-8 (import worker).

export interface DecodedText {
  readonly text: string
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be'
  readonly bom: boolean
  /** Invalid byte sequences were replaced by U+FFFD. */
  readonly replaced: boolean
}

/** Decodes without ever failing; NUL bytes in the first four tell UTF-16 without a mark (RFC 4627, section 3). */
export function decodeText(bytes: Uint8Array): DecodedText {
  const [a, b, c, d] = [bytes[0] ?? -1, bytes[1] ?? -1, bytes[2] ?? -1, bytes[3] ?? -1]
  if (a === 0xef && b === 0xbb && c === 0xbf) return decode(bytes.subarray(3), 'utf-8', true)
  if (a === 0xff && b === 0xfe) return decode(bytes.subarray(2), 'utf-16le', true)
  if (a === 0xfe && b === 0xff) return decode(bytes.subarray(2), 'utf-16be', true)
  if (a > 0 && b === 0 && c > 0 && d === 0) return decode(bytes, 'utf-16le', false)
  if (a === 0 && b > 0 && c === 0 && d > 0) return decode(bytes, 'utf-16be', false)
  return decode(bytes, 'utf-8', false)
}

function decode(bytes: Uint8Array, encoding: DecodedText['encoding'], bom: boolean): DecodedText {
  // A view on shared memory is refused by TextDecoder: copy it.
  const plain = bytes.buffer instanceof ArrayBuffer ? bytes : bytes.slice()
  try {
    return {
      text: new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(plain),
      encoding,
      bom,
      replaced: false,
    }
  } catch {
    return { text: new TextDecoder(encoding, { ignoreBOM: true }).decode(plain), encoding, bom, replaced: true }
  }
}
