// Builds engine.wasm: compile what changed, link, check, describe. Node; used by the CLI, Vite, Vitest and the fixtures.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openCache } from './cache.mjs'
import { describeModule, checkModule } from './module.mjs'
import { COMPILE, LINK } from './flags.mjs'
import { optimise, OPTIMISER } from './optimise.mjs'
import { createPool } from './pool.mjs'
import { scanSources, sha256 } from './sources.mjs'

export const outputFolder = (root) => join(root, 'wasm', 'out')

/**
 * Output: wasm/out/engine.wasm, description.json and status.json. When the build fails, the last good module stays and status.json says why.
 * @param {object} options
 * @param {string} options.root folder that holds wasm/
 * @param {boolean} [options.shipped] as users get it: optimised once more, which takes seconds. One that is, serves both.
 * @param {ReturnType<typeof createPool>} [options.pool] warm compilers to use; else a pool for this build only
 * @param {ReturnType<typeof openCache>} [options.cache]
 * @param {(line: string) => void} [options.log]
 * @returns {Promise<{ok: true, changed: boolean, descriptionChanged: boolean, hash: string, bytes: number, compiled: number} | {ok: false, text: string}>}
 */
export async function buildEngine({ root, shipped = false, pool, cache = openCache(), log = () => {} }) {
  const out = outputFolder(root)
  mkdirSync(out, { recursive: true })
  const statusPath = join(out, 'status.json')
  const status = existsSync(statusPath) ? JSON.parse(readFileSync(statusPath, 'utf8')) : {}
  const fail = (text) => {
    writeAtomic(statusPath, JSON.stringify({ ok: false, text }))
    return { ok: false, text }
  }
  const { units, texts, key } = scanSources(root)
  if (status.ok && status.key === key && (status.shipped || !shipped) && existsSync(join(out, 'engine.wasm'))) {
    return { ...status, changed: false, descriptionChanged: false, compiled: 0 }
  }
  if (units.length === 0) return fail('wasm/ holds no .cpp file')
  const made = await makeModule({ units, texts, key }, pool, cache, log)
  if (!made.wasm) return fail(made.text)
  const wasm = shipped ? await optimised(made.wasm, key, cache) : made.wasm
  const problem = checkModule(wasm)
  if (problem) return fail(problem)

  const description = describeModule(wasm)
  const descriptionPath = join(out, 'description.json')
  const before = existsSync(descriptionPath) ? readFileSync(descriptionPath, 'utf8') : ''
  const hash = sha256(wasm).slice(0, 16)
  const changed = status.hash !== hash
  writeAtomic(join(out, 'engine.wasm'), wasm)
  writeAtomic(descriptionPath, description)
  const next = { ok: true, key, shipped, hash, bytes: wasm.length }
  writeAtomic(statusPath, JSON.stringify(next))
  if (made.compiled > 0) cache.prune()
  return { ...next, changed, descriptionChanged: before !== description, compiled: made.compiled }
}

/**
 * A module of its own from a few sources, for a test or a bench: same flags, same cache, same imports as the engine.
 * @param {string} root folder that holds wasm/
 * @param {string[]} sources paths within wasm/, for example `['test/units/unit_rig.cpp', 'kernels/units/']`; a folder
 *   stands for all sources in it
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export async function buildRig(root, sources, cache = openCache()) {
  const { wasm, text } = await makeModule(
    scanSources(
      root,
      (path) =>
        path.endsWith('.cpp') && sources.some((name) => (name.endsWith('/') ? path.startsWith(name) : path === name)),
    ),
    undefined,
    cache,
    () => {},
  )
  if (!wasm) throw new Error(text)
  return wasm
}

/** Compiles what the cache lacks and links: `{wasm, compiled}`, or `{text}` with what the tools said. */
async function makeModule({ units, texts, key }, pool, cache, log) {
  const linked = cache.get(key)
  if (linked) return { wasm: linked, compiled: 0 }
  const own = pool ?? createPool()
  try {
    const missing = units.filter((unit) => (unit.object = cache.get(unit.key)) === null)
    const results = await Promise.all(missing.map((unit) => compile(unit, texts, own, cache, log)))
    const errors = results.filter((text) => text !== null)
    if (errors.length > 0) return { text: errors.join('\n\n') }
    const files = Object.fromEntries(units.map((unit, index) => [`${index}.o`, unit.object]))
    const { output, text } = await own.run(['clang++', ...LINK, ...Object.keys(files), '-o', 'out'], files)
    if (!output) return { text: `link: ${text}` }
    cache.put(key, output)
    return { wasm: output, compiled: missing.length }
  } finally {
    if (!pool) own.close()
  }
}

async function optimised(wasm, key, cache) {
  const own = sha256(key, OPTIMISER)
  const known = cache.get(own)
  if (known) return known
  const better = await optimise(wasm)
  cache.put(own, better)
  return better
}

/** Compiles one source; null when it went well, else what the compiler said. */
async function compile(unit, texts, pool, cache, log) {
  const begin = performance.now()
  const files = Object.fromEntries(unit.files.map((path) => [`wasm/${path}`, texts.get(path)]))
  const { output, text } = await pool.run(['clang++', ...COMPILE, '-c', `wasm/${unit.path}`, '-o', 'out'], files)
  if (!output) return text
  log(`  ${unit.path}  ${((performance.now() - begin) / 1000).toFixed(1)} s`)
  if (text) log(text)
  unit.object = output
  cache.put(unit.key, output)
  return null
}

function writeAtomic(path, content) {
  const temporary = `${path}.${process.pid}`
  writeFileSync(temporary, content)
  renameSync(temporary, path)
}
