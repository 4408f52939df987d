// The page itself: isolated, under its policy without a violation, small and quick to be ready.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test, type Page } from '@playwright/test'
import type {} from '../src/api.ts' // declares window.soundloom
import { ISOLATED, plainHost } from './hosting.ts'

/** 350 kB before the song, the search and the analysers came, 400 before the tables of fifty more units and effects did. */
const SCRIPT_BAR_BYTES = 530_000
/** 400 kB with 20 units and 12 effects, 1.15 MB with 41 and 46, before a voice that sounds alone and what stands still had forms of their own. */
const ENGINE_BAR_BYTES = 1_250_000

const ready = (page: Page) =>
  page.waitForFunction(() => window.soundloom).then(() => page.evaluate(() => window.soundloom!.ready))

/** Violations of the policy and errors of the page, collected from its first script on. */
async function watchFaults(page: Page): Promise<string[]> {
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(`page error: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`)
  })
  await page.addInitScript(() =>
    addEventListener('securitypolicyviolation', (event) =>
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`),
    ),
  )
  return faults
}

/** Presses the first tile until it sounds: on a busy machine the browser may start audio too late for the first press. */
async function playFirstTile(page: Page) {
  const tile = page.getByRole('gridcell').first()
  const sounds = () => ((window.soundloom!.status() as { activeVoices: number | null }).activeVoices ?? 0) > 0
  await expect(async () => {
    await tile.hover()
    await page.mouse.down()
    await page.waitForFunction(sounds, null, { timeout: 3000 }).finally(() => page.mouse.up())
  }).toPass()
}

test('is cross-origin isolated and plays a sound without an error or a violation of its policy', async ({ page }) => {
  const faults = await watchFaults(page)
  const response = await page.goto('/')
  expect(response!.headers()['content-security-policy']).toContain("script-src 'self' 'wasm-unsafe-eval'")
  await ready(page)
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true)
  await playFirstTile(page)
  expect(faults).toEqual([])
})

// Playwright does not report the requests of a worklet and of modules inside workers; the host itself does.
test('fetches at most 530 kB of gzipped scripts before a press can sound, workers and worklet included', async ({
  page,
}) => {
  const host = await plainHost('dist', '/', ISOLATED)
  try {
    // The page itself marks in the host's list when it can be played: what comes later draws tiles, cards, measurements.
    const mark = 'can-be-played'
    await page.addInitScript((mark) => {
      let api: typeof window.soundloom
      const set = (made: NonNullable<typeof window.soundloom>): void => {
        api = made
        void made.ready.then(() => fetch(mark))
      }
      Object.defineProperty(window, 'soundloom', { configurable: true, get: () => api, set })
    }, mark)
    await page.goto(host.url)
    await ready(page)
    await page.getByRole('gridcell').first().hover()
    await page.mouse.down()
    await page.waitForFunction(() => (window.soundloom!.status() as { activeVoices: number | null }).activeVoices! > 0)
    const markedAt = host.asked.findIndex((name) => name.includes(mark))
    expect(markedAt).toBeGreaterThan(0)
    const before = new Set(host.asked.slice(0, markedAt))
    const needed = (name: string): boolean => before.has(name) || name.includes('worklet')
    const scripts = [...new Set(host.asked.filter((name) => name.endsWith('.js') && needed(name)))]
    const sizes = scripts.map((name) => gzipSync(readFileSync(join('dist', name))).length)
    const total = sizes.reduce((sum, size) => sum + size, 0)
    console.log(`before a press can sound: ${(total / 1000).toFixed(1)} kB gzip in ${scripts.length} scripts`)
    if (process.env.VERIFY) scripts.forEach((name, i) => console.log(`  ${name} ${(sizes[i]! / 1000).toFixed(1)} kB`))
    expect(scripts.some((name) => name.includes('engine.worklet'))).toBe(true)
    expect(total).toBeLessThanOrEqual(SCRIPT_BAR_BYTES)
    await page.mouse.up()
  } finally {
    await host.close()
  }
})

test('brings an engine of at most 1.25 MB', () => {
  const folder = join('dist', 'assets')
  const [name, ...more] = readdirSync(folder).filter((file) => file.endsWith('.wasm'))
  expect(more).toEqual([])
  expect(statSync(join(folder, name!)).size).toBeLessThanOrEqual(ENGINE_BAR_BYTES)
})

test('publishes its schemas', async ({ request }) => {
  for (const name of ['patch', 'preset']) {
    const schema = (await (await request.get(`/schema/${name}-1.schema.json`)).json()) as { $id: string }
    expect(schema.$id).toBe(`urn:soundloom:schema:${name}:1`)
  }
})
