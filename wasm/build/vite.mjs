// Vite plugin: builds the engine, rebuilds it on save, tells the page, and shows compiler errors in the overlay. Node.
import { existsSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { buildEngine, outputFolder } from './engine.mjs'
import { writeGenerated } from './gen.mjs'
import { createPool } from './pool.mjs'

const SETTLE_MS = 60
const LOCATION = /^wasm\/(\S+?):(\d+):(\d+): (?:fatal )?error: (.*)$/m

/** The first error of clang's text in the form of Vite's overlay: message, file and line. */
export function overlayError(root, text) {
  const found = LOCATION.exec(text)
  const base = { message: text, stack: '', plugin: 'engine' }
  if (!found) return base
  const [, path, line, column] = found
  const file = join(root, 'wasm', path)
  return { ...base, id: `${file}:${line}:${column}`, loc: { file, line: Number(line), column: Number(column) } }
}

/**
 * A save under wasm/ that changes only sound sends the HMR event `engine:wasm` `{hash}`; the app answers with a rebuild of the
 * engine and no page reload. A changed description rewrites src/generated and reloads. When clang refuses, the last good module stays.
 * @returns {import('vite').Plugin}
 */
export function engine() {
  let root = process.cwd()
  let failure = null
  return {
    name: 'engine',
    configResolved(config) {
      root = config.root
    },
    async buildStart() {
      if (this.meta.watchMode) return
      const result = await buildEngine({ root, shipped: true, log: (line) => this.info(line) })
      if (!result.ok) this.error(result.text)
    },
    async configureServer(server) {
      const folder = join(root, 'wasm')
      const pool = createPool()
      const log = (line) => server.config.logger.info(line, { timestamp: true })
      const rebuild = async () => {
        const begin = performance.now()
        const result = await buildEngine({ root, pool, log })
        if (!result.ok) {
          failure = overlayError(root, result.text)
          server.config.logger.error(result.text, { timestamp: true })
          server.ws.send({ type: 'error', err: failure })
          return
        }
        const healed = failure !== null
        failure = null
        const wrote = writeGenerated(root, readFileSync(join(outputFolder(root), 'description.json'), 'utf8'))
        if (!result.changed && !healed && wrote.length === 0) return
        log(`engine.wasm ${result.hash} in ${((performance.now() - begin) / 1000).toFixed(1)} s`)
        if (wrote.length > 0 || healed) server.ws.send({ type: 'full-reload' })
        else server.ws.send({ type: 'custom', event: 'engine:wasm', data: { hash: result.hash } })
      }

      let timer = null
      let running = Promise.resolve()
      const onFile = (path) => {
        const name = relative(folder, path)
        if (name.startsWith('..') || name.startsWith('out') || !/\.(h|cpp|inc)$/.test(name)) return
        clearTimeout(timer)
        timer = setTimeout(() => {
          running = running.then(rebuild).catch((error) => server.config.logger.error(String(error?.stack ?? error)))
        }, SETTLE_MS)
      }
      server.watcher.add(folder)
      for (const event of ['add', 'change', 'unlink']) server.watcher.on(event, onFile)
      server.ws.on('connection', () => {
        if (failure) server.ws.send({ type: 'error', err: failure })
      })
      server.httpServer?.once('close', () => pool.close())
      await rebuild()
      if (failure && !existsSync(join(outputFolder(root), 'engine.wasm'))) throw new Error(failure.message)
    },
  }
}
