// Who a sound is: the hash of its canonical source, so that the same sound in another file, layout or spelling is the same (any thread).
import type { JsonNode } from './json/node.ts'
import { sectionKey } from './rules/keys.ts'

/** Facts about the file or the way it was made, not about the sound. */
const NOT_THE_SOUND = new Set(['metadata', 'ai_control', 'comment', 'comments', 'author', 'category', 'config'])

/**
 * Canonical text of an instrument: its name, keys in canonical spelling and sorted, numbers as JavaScript writes them, strings
 * trimmed; repeated keys: the last one; metadata and layout wrappers left out.
 */
export function canonicalSource(name: string, node: JsonNode): string {
  return `${JSON.stringify(name)}:${canonical(node, true)}`
}

function canonical(node: JsonNode, top: boolean): string {
  switch (node.kind) {
    case 'object': {
      const members = new Map<string, JsonNode>()
      for (const { key, node: value } of node.entries()) {
        const canonicalKey = sectionKey(key)
        // The name stands before the object, wherever the layout keeps it.
        if (!NOT_THE_SOUND.has(canonicalKey) && !(top && (canonicalKey === 'name' || canonicalKey === 'title')))
          members.set(canonicalKey, value)
      }
      const keys = [...members.keys()].sort()
      return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(members.get(key) ?? node, false)}`).join(',')}}`
    }
    case 'array':
      return `[${node
        .entries()
        .map((entry) => canonical(entry.node, false))
        .join(',')}]`
    case 'string':
      return JSON.stringify(node.string().trim())
    case 'number':
      return String(node.number())
    case 'boolean':
      return String(node.boolean())
    case 'null':
      return 'null'
    default:
      return node.raw()
  }
}

const encoder = new TextEncoder()

/** `imp-` and the first 16 hex figures of the SHA-256. */
export async function importedId(canonicalText: string): Promise<string> {
  return `imp-${(await sha256Hex(encoder.encode(canonicalText))).slice(0, 16)}`
}

export async function sha256Hex(bytes: Uint8Array): Promise<string> {
  // Shared memory cannot be hashed: copy it.
  const plain = bytes.buffer instanceof ArrayBuffer ? (bytes as Uint8Array<ArrayBuffer>) : bytes.slice()
  const digest = await crypto.subtle.digest('SHA-256', plain)
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** 53-bit hash of a text, for look-ups within one library (cyrb53, public domain). */
export function hashText(text: string): number {
  let a = 0xdeadbeef
  let b = 0x41c6ce57
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    a = Math.imul(a ^ code, 2654435761)
    b = Math.imul(b ^ code, 1597334677)
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return 4294967296 * (2097151 & b) + (a >>> 0)
}
