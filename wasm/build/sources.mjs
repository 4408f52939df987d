// Finds the engine's sources and everything each one includes, and names each object by its content. Node.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { COMPILE, LINK, TOOLCHAIN } from './flags.mjs'
import { kernelSources } from './kernels.mjs'

const INCLUDE = /^[ \t]*#[ \t]*include[ \t]*(.+)$/gm

export const sha256 = (...parts) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(typeof part === 'string' ? `${part.length}:${part}` : part)
  return hash.digest('hex')
}

/** Test rigs and benches are modules of their own. */
const ofEngine = (path) => path.endsWith('.cpp') && !/^(test|bench)\//.test(path)

/**
 * Every source of one module with its key and the files that the compiler gets to see. A file that the scan misses is not
 * given to the compiler either, so an incomplete key is a compile error and never a stale object.
 * @param {string} root folder that holds wasm/
 * @param {(path: string) => boolean} [wanted] picks the sources by their path within wasm/; default: the engine's
 */
export function scanSources(root, wanted = ofEngine) {
  const folder = join(root, 'wasm')
  const texts = new Map()
  for (const name of readdirSync(folder, { recursive: true })) {
    const path = name.replaceAll('\\', '/')
    if (/\.(h|cpp|inc)$/.test(path) && !path.startsWith('out/'))
      texts.set(path, readFileSync(join(folder, path), 'utf8'))
  }
  for (const [path, text] of kernelSources(texts)) texts.set(path, text)
  const direct = new Map()
  for (const [path, text] of texts) direct.set(path, includesOf(path, text, texts))

  const sources = [...texts.keys()].filter(wanted).sort()
  const units = sources.map((path) => {
    const seen = new Set([path])
    for (const file of seen) for (const next of direct.get(file)) seen.add(next)
    const files = [...seen].sort()
    const key = sha256(TOOLCHAIN, ...COMPILE, path, ...files.flatMap((file) => [file, texts.get(file)]))
    return { path, key, files }
  })
  return { units, texts, key: sha256(TOOLCHAIN, ...LINK, ...units.map((unit) => unit.key)) }
}

function includesOf(path, text, texts) {
  const found = []
  for (const [, argument] of text.matchAll(INCLUDE)) {
    const quoted = /^"([^"]+)"/.exec(argument)?.[1]
    if (quoted === undefined) {
      if (argument.startsWith('<')) continue
      throw new Error(`wasm/${path}: computed #include ${argument} cannot be cached`)
    }
    const candidates = [posix.join(dirname(path), quoted), posix.normalize(quoted)]
    const hit = candidates.find((candidate) => texts.has(candidate))
    if (hit) found.push(hit)
  }
  return found
}
