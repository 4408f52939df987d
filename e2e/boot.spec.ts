// How long the page takes until a drop works, with nothing cached, and how much script it loads. Bars of issue 2.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { expect, test } from '@playwright/test'

const READY_MS = 2000
const SCRIPT_BYTES = 350_000
const WASM_BYTES = 400_000
const ASSETS = 'dist/assets'

test('ready within 2 s of a navigation with a cold HTTP cache, median of 5', async ({ browser, baseURL }) => {
  const times: number[] = []
  for (let run = 0; run < 5; run++) {
    // A new context has an empty cache and an empty database.
    const context = await browser.newContext({ baseURL: baseURL!, serviceWorkers: 'block' })
    const page = await context.newPage()
    await page.goto('/', { waitUntil: 'commit' })
    await page.waitForFunction(() => window.soundloom !== undefined, undefined, { polling: 10 })
    times.push(await page.evaluate(() => window.soundloom!.ready.then(() => performance.now())))
    await context.close()
  }
  const median = times.sort((a, b) => a - b)[2]!
  test.info().annotations.push({ type: 'ready', description: times.map((ms) => `${ms.toFixed(0)} ms`).join(', ') })
  console.log(`ready, ms: ${times.map((ms) => ms.toFixed(0)).join(' ')}; median ${median.toFixed(0)}`)
  expect(median).toBeLessThanOrEqual(READY_MS)
})

test('all scripts together, workers and worklet included, are within 350 kB gzip; the engine within 400 kB', () => {
  const files = readdirSync(ASSETS)
  const gzipped = files
    .filter((file) => file.endsWith('.js'))
    .reduce((sum, file) => sum + gzipSync(readFileSync(`${ASSETS}/${file}`), { level: 9 }).length, 0)
  const engine = files.find((file) => /^engine-.*\.wasm$/.test(file))!
  console.log(
    `scripts ${(gzipped / 1000).toFixed(1)} kB gzip, engine ${(statSync(`${ASSETS}/${engine}`).size / 1000).toFixed(1)} kB`,
  )
  expect(gzipped).toBeLessThanOrEqual(SCRIPT_BYTES)
  expect(statSync(`${ASSETS}/${engine}`).size).toBeLessThanOrEqual(WASM_BYTES)
})
