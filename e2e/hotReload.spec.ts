// Saving engine sources while the app runs: sound swaps without a page reload, errors show, a changed spec reloads. Own dev server.
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, sep } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import type {} from '../src/api.ts' // declares window.soundloom
import type { EngineStatus } from '../src/engine/types.ts'
import { createServer, type ViteDevServer } from 'vite'
import { oneOf } from './slice.ts'

const NEEDED = ['index.html', 'package.json', 'vite.config.ts', 'public', 'src', 'wasm', 'worklets']
const PATIENCE_MS = 60_000 // a compile on a busy machine
const root = process.cwd()
let folder: string
let server: ViteDevServer
let address: string

interface Message {
  type: string
  event?: string
  err?: { message: string; loc?: { file: string; line: number } }
}

test.describe.configure({ timeout: 3 * PATIENCE_MS })

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'soundloom-dev-'))
  const out = join(root, 'wasm', 'out') + sep
  const needed = [...NEEDED, ...readdirSync(root).filter((name) => name.startsWith('tsconfig.'))]
  for (const name of needed.filter((entry) => existsSync(join(root, entry))))
    cpSync(join(root, name), join(folder, name), { recursive: true, filter: (path) => !path.startsWith(out) })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  const inline = { root: folder, configFile: join(folder, 'vite.config.ts'), cacheDir: join(folder, '.vite') }
  const allow = [folder, join(root, 'node_modules')]
  process.chdir(folder)
  server = await createServer({ ...inline, logLevel: 'error', server: { host: '127.0.0.1', port: 0, fs: { allow } } })
  await server.listen()
  process.chdir(root)
  address = server.resolvedUrls!.local[0]!
})
test.afterAll(async () => {
  await server?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Everything that Vite tells the page. */
function messages(page: Page): Message[] {
  const list: Message[] = []
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => list.push(JSON.parse(String(payload)) as Message)),
  )
  return list
}
const edit = (path: string, change: (text: string) => string) => {
  const file = join(folder, 'wasm', path)
  writeFileSync(file, change(readFileSync(file, 'utf8')))
}
async function open(page: Page) {
  const list = messages(page)
  await page.goto(address)
  await expect.poll(() => list.some((message) => message.type === 'connected')).toBe(true)
  await page.waitForLoadState('networkidle')
  await page.evaluate(() => Object.assign(window, { sameDocument: true }))
  list.length = 0
  return list
}
const sameDocument = (page: Page) => page.evaluate(() => 'sameDocument' in window)

const generation = (page: Page) => page.evaluate(() => (window.soundloom!.status() as EngineStatus).generation)

test('a change of sound alone rebuilds the engine of the running page, without a reload', async ({ page }) => {
  oneOf(0, 3)
  const list = await open(page)
  await page.evaluate(() => window.soundloom!.ready)
  const before = await generation(page)
  edit('core/libc.cpp', (text) => text.replace('kNotSupported = 52', 'kNotSupported = 53'))
  edit('describe.cpp', (text) => text.replace('return json.length();', 'asm volatile("nop"); return json.length();'))
  await expect
    .poll(() => list.find((message) => message.event === 'engine:wasm'), { timeout: PATIENCE_MS })
    .toBeTruthy()
  await expect.poll(() => generation(page), { timeout: PATIENCE_MS }).toBe(before + 1)
  expect(list.filter((message) => message.type === 'full-reload')).toEqual([])
  expect(await sameDocument(page)).toBe(true)
})

test('a compile error shows in the overlay with file and line, the last good module stays, and mending it clears it', async ({
  page,
}) => {
  oneOf(1, 3)
  const list = await open(page)
  const module = readFileSync(join(folder, 'wasm', 'out', 'engine.wasm'))
  edit('core/libc.cpp', (text) => text.replace('extern "C" {', 'extern "C" { nonsense;'))
  const error = () => list.find((message) => message.type === 'error')
  await expect.poll(error, { timeout: PATIENCE_MS }).toBeTruthy()
  expect(error()!.err!.loc).toMatchObject({ file: join(folder, 'wasm', 'core', 'libc.cpp'), line: 5 })
  const overlay = page.locator('vite-error-overlay')
  await expect(overlay).toContainText('libc.cpp:5')
  await expect(overlay).toContainText('nonsense')
  expect(readFileSync(join(folder, 'wasm', 'out', 'engine.wasm')).equals(module)).toBe(true)
  expect(await sameDocument(page)).toBe(true)

  edit('core/libc.cpp', (text) => text.replace(' nonsense;', ''))
  await expect(overlay).toHaveCount(0, { timeout: PATIENCE_MS })
})

test('a changed spec writes src/generated anew and reloads the page', async ({ page }) => {
  oneOf(2, 3)
  const list = await open(page)
  edit('core/describe.h', (text) =>
    text.replace('json.field("costNs", spec.costNs);', 'json.field("costNs", 123456.f);'),
  )
  await expect.poll(() => list.find((message) => message.type === 'full-reload'), { timeout: PATIENCE_MS }).toBeTruthy()
  expect(readFileSync(join(folder, 'src', 'generated', 'units.ts'), 'utf8')).toContain('costNs: 123456')
  await expect(async () => expect(await sameDocument(page)).toBe(false)).toPass({ timeout: PATIENCE_MS })
  await page.waitForLoadState('networkidle')
})
