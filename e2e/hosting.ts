// A plain web server for tests of hosting, updates, going offline and what is fetched when (Node).
import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
}

export interface Host {
  /** Where the app is, with a slash at the end. */
  readonly url: string
  /** What is asked for from now on comes from another folder; null: the host is gone. */
  serve(folder: string | null): void
  /** Paths asked for so far, below the app's folder. */
  readonly asked: string[]
  close(): Promise<void>
}

/** What isolates a page without help from a service worker. */
export const ISOLATED = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
}

/** Serves `folder` at `path`, without any header of ours unless some are given. */
export async function plainHost(folder: string, path = '/', headers: Record<string, string> = {}): Promise<Host> {
  let from: string | null = folder
  const asked: string[] = []
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    if (from === null) return void response.destroy()
    const inside = normalize(pathname.startsWith(path) ? pathname.slice(path.length) : '..')
    const file = join(from, inside === '.' || inside === '' ? 'index.html' : inside)
    asked.push(inside)
    if (inside.startsWith('..') || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404, { 'Content-Type': 'text/plain' }).end('not here')
      return
    }
    response.writeHead(200, { ...headers, 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream' })
    createReadStream(file).pipe(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    serve: (next) => void (from = next),
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
