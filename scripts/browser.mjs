// Finds a Chromium or Chrome for the end-to-end tests, or gets one: Playwright's download first, then apt-get. Node.
import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const PLACES = [
  '/usr/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
]
const ADVICE = 'Install Chromium or Chrome, or name one in the environment variable CHROMIUM_BIN.'

function runs(path) {
  try {
    accessSync(path, constants.X_OK)
  } catch {
    return false
  }
  // Chrome on Windows opens a window for --version instead of answering.
  return process.platform === 'win32' || spawnSync(path, ['--version'], { timeout: 30_000 }).status === 0
}

/** Path of a browser that is already here, or null. `$CHROMIUM_BIN` wins and must work. */
export function findBrowser(env = process.env) {
  if (env.CHROMIUM_BIN) {
    if (runs(env.CHROMIUM_BIN)) return env.CHROMIUM_BIN
    throw new Error(`CHROMIUM_BIN is ${env.CHROMIUM_BIN}, which does not run.`)
  }
  const onPath = (env.PATH ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)))
  return [...onPath, ...PLACES].find(runs) ?? null
}

async function playwrightBrowser() {
  const { chromium } = await import('@playwright/test')
  const path = chromium.executablePath()
  return path && runs(path) ? path : null
}

/** Path of a browser, installing one when there is none; throws with what to do. */
export async function obtainBrowser() {
  const found = findBrowser() ?? (await playwrightBrowser())
  if (found) return found
  console.log("No Chromium or Chrome here: trying Playwright's download.")
  spawnSync(process.execPath, [join('node_modules', '@playwright', 'test', 'cli.js'), 'install', 'chromium'], {
    stdio: 'inherit',
    timeout: 300_000,
  })
  const downloaded = await playwrightBrowser()
  if (downloaded) return downloaded

  const isRoot = process.getuid?.() === 0
  const hasApt = spawnSync('apt-get', ['--version']).status === 0
  if (hasApt && (isRoot || spawnSync('sudo', ['-n', 'true']).status === 0)) {
    console.log('Trying apt-get.')
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const apt = (...args) =>
      spawnSync(isRoot ? 'apt-get' : 'sudo', isRoot ? args : ['apt-get', ...args], { stdio: 'inherit', env })
    apt('update', '-qq')
    apt('install', '-y', '--no-install-recommends', 'chromium', 'fonts-dejavu-core')
    const installed = findBrowser()
    if (installed) return installed
  }
  throw new Error(`The end-to-end tests need a browser, and none could be installed. ${ADVICE}`)
}
