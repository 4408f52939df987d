// The production build in a headless Chromium, for benches that measure in the page. Node.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chromium, type Page } from '@playwright/test'
import { obtainBrowser } from '../../scripts/browser.mjs'

const PORT = 5190

/** Builds and serves. */
export async function withPages<Result>(work: (newPage: () => Promise<Page>) => Promise<Result>): Promise<Result> {
  const vite = (...args: string[]) =>
    spawn(process.execPath, ['node_modules/vite/bin/vite.js', ...args], { stdio: ['ignore', 'ignore', 'inherit'] })
  await once(vite('build', '--logLevel', 'warn'), 'exit')
  const server = vite('preview', '--host', '127.0.0.1', '--port', `${PORT}`, '--strictPort')
  const baseURL = `http://127.0.0.1:${PORT}`
  const browser = await chromium.launch({
    executablePath: await obtainBrowser(),
    args: ['--disable-gpu', '--disable-background-networking', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  })
  try {
    await answers(baseURL)
    return await work(() => browser.newPage({ baseURL, serviceWorkers: 'block' }))
  } finally {
    await browser.close()
    server.kill()
  }
}

async function answers(url: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await fetch(url)
      return
    } catch (error) {
      if (tries === 100) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}
