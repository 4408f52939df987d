// Recordings inside exported files, so that a sound or a song is whole on another device (main thread).
import { assetId } from '../presets/assets/record.ts'
import type { Assets } from '../project/assets.ts'

/** Of all recordings of one file, before they are written as text; more stay out, and that is said. */
export const EMBEDDED_BYTES = 24 * 2 ** 20
const MEMBER = '"assets":'
/** Numbers of a call that a browser surely takes. */
const CHUNK = 0x8000

interface Embedded {
  readonly name: string
  readonly base64: string
}

function toBase64(bytes: Uint8Array): string {
  const parts: string[] = []
  for (let at = 0; at < bytes.length; at += CHUNK) parts.push(String.fromCharCode(...bytes.subarray(at, at + CHUNK)))
  return btoa(parts.join(''))
}

export interface Embedding {
  readonly json: string
  /** Names of what was left out. */
  readonly left: readonly string[]
}

/** `json`: an object as the exporters write it; the recordings become its last member. */
export async function embedAssets(
  json: string,
  ids: readonly string[],
  assets: Pick<Assets, 'read' | 'store'>,
): Promise<Embedding> {
  const inside: Record<string, Embedded> = {}
  const left: string[] = []
  let total = 0
  for (const id of new Set(ids)) {
    const name = assets.store.getState().known.get(id)?.name ?? id
    const bytes = await assets.read(id)
    if (!bytes || total + bytes.length > EMBEDDED_BYTES) {
      left.push(name)
      continue
    }
    total += bytes.length
    inside[id] = { name, base64: toBase64(bytes) }
  }
  if (Object.keys(inside).length === 0) return { json, left }
  return { json: json.replace(/\s*\}\s*$/, `,\n  ${MEMBER} ${JSON.stringify(inside)}\n}\n`), left }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** Keeps what a file brings, each only if its content is what its id says. The text without it; unchanged where there is none. */
export async function keepEmbedded(text: string, assets: Pick<Assets, 'keep'>): Promise<string> {
  if (!text.includes(MEMBER)) return text
  let file: unknown
  try {
    file = JSON.parse(text)
  } catch {
    return text
  }
  if (!isObject(file) || !isObject(file.assets)) return text
  const { assets: inside, ...rest } = file
  for (const [id, entry] of Object.entries(inside as Record<string, unknown>)) {
    if (!isObject(entry) || typeof entry.base64 !== 'string') continue
    try {
      const bytes = Uint8Array.from(atob(entry.base64), (character) => character.charCodeAt(0))
      const name = typeof entry.name === 'string' ? entry.name.slice(0, 100) : id
      if ((await assetId(bytes)) === id) await assets.keep(name, bytes)
    } catch {
      // Damaged: the sound says that its recording is missing.
    }
  }
  return `${JSON.stringify(rest, null, 2)}\n`
}

/** What an export tells of recordings that were too large for it. */
export const leftOut = (left: readonly string[]): string =>
  `Without ${left.join(', ')}: a file carries at most ${String(EMBEDDED_BYTES / 2 ** 20)} MB of recordings.`
