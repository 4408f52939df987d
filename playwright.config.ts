// Playwright: the production build in a real Chromium, as `vite preview` serves it.
import { createHash } from 'node:crypto'
import { defineConfig, devices } from '@playwright/test'
import { findBrowser } from './scripts/browser.mjs'

// Checkouts side by side must never test each other's build: each has its own port.
const checkout = createHash('sha256')
  .update(import.meta.dirname)
  .digest()
  .readUInt16BE(0)
const port = Number(process.env.E2E_PORT ?? 5200 + (checkout % 1000))
const baseURL = `http://127.0.0.1:${port}`
const isRoot = process.getuid?.() === 0
const executablePath = findBrowser()

/** What is heard, timed or counted against the clock runs alone; the rest two at a time. */
const HEARD = [
  'analyzer',
  'badInput',
  'clock',
  'diagnostics',
  'firstMinute',
  'hotReload',
  'latency',
  'overload',
  'rebuild',
  'render',
]
const ALONE = [...HEARD, 'replay', 'song', 'underrun'].map((name) => `**/${name}.spec.ts`)

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  workers: 2,
  projects: [
    { name: 'page', testIgnore: ALONE, workers: 2, use: { trace: 'retain-on-failure' } },
    // Snapshots of every action would disturb what is timed.
    { name: 'heard', testMatch: ALONE, workers: 1, use: { trace: 'off' } },
  ],
  retries: 0,
  timeout: process.env.VERIFY ? 600_000 : 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: 'list',
  use: {
    ...devices['Desktop Chrome'],
    baseURL,
    viewport: { width: 1440, height: 900 },
    serviceWorkers: 'block',
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      chromiumSandbox: !isRoot,
      args: [
        ...(isRoot ? ['--no-sandbox'] : []),
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
        '--use-fake-ui-for-media-stream',
        '--use-fake-device-for-media-stream',
      ],
    },
  },
  webServer: {
    command: `node node_modules/vite/bin/vite.js preview --host 127.0.0.1 --port ${port} --strictPort`,
    url: baseURL,
    reuseExistingServer: false,
  },
})
