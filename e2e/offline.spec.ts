// Hosting, offline and updates: a host without headers, no network after the first visit, version 1 open while version 2 waits.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, expect, test, type Page } from '@playwright/test'
import { complaints } from './app.ts'
import { plainHost, type Host } from './hosting.ts'
import { oneOf } from './slice.ts'

test.use({ serviceWorkers: 'allow' })

const DIST = 'dist'
let host: Host
test.beforeEach(async () => void (host = await plainHost(DIST, '/sub/studio/')))
test.afterEach(() => host.close())

/** The app runs, isolated, and its service worker has everything. */
async function settle(page: Page): Promise<void> {
  await page.waitForFunction(() => window.soundloom !== undefined && globalThis.crossOriginIsolated)
  await page.evaluate(() => window.soundloom!.ready)
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready
    const { active } = registration
    if (active && active.state !== 'activated')
      await new Promise((resolve) => active.addEventListener('statechange', resolve, { once: true }))
  })
}

/** Files of this version that the page cannot have. */
const missing = (page: Page): Promise<string[]> =>
  page.evaluate(
    async (names) => {
      const answers = await Promise.all(names.map((name) => fetch(`./assets/${name}`).catch(() => null)))
      return names.filter((_, i) => !answers[i]?.ok)
    },
    readdirSync(join(DIST, 'assets')),
  )

/** Panels that are fetched when they are first opened. */
async function openLazyPanels(page: Page): Promise<void> {
  await page.keyboard.press('F9')
  await expect(page.getByRole('region', { name: 'Diagnostics' })).toBeVisible()
  await page.keyboard.press('Escape')
  // A press on the tab that is open folds the panel: this tab may have opened with it.
  const panic = page.getByRole('button', { name: 'Panic' })
  if (!(await panic.isVisible())) await page.getByRole('tab', { name: 'Keyboard' }).click()
  await expect(panic).toBeVisible()
}

const render = (page: Page, id: string): Promise<{ sha256: string; peak: number }> =>
  page.evaluate(async (presetId) => {
    const { channels, sha256 } = await window.soundloom!.renderPreset(presetId, { duration: 0.5, tail: 0.25 })
    return { sha256, peak: Math.max(...channels[0]!.map(Math.abs)) }
  }, id)

test('a host that sends no headers, under a sub-path: one reload, then isolated and running', async ({ page }) => {
  const said = complaints(page)
  let navigations = 0
  page.on('framenavigated', (frame) => void (frame === page.mainFrame() && navigations++))
  await page.goto(host.url)
  await settle(page)
  expect(navigations).toBe(2)
  await page.reload()
  await settle(page)
  expect(navigations).toBe(3)
  expect(said).toEqual([])
})

test('after the first visit every factory sound, the demo and every file of the app is there without a network', async ({
  page,
}) => {
  await page.goto(host.url)
  await settle(page)
  const ids = await page.evaluate(() => window.soundloom!.presets().map(({ id }) => id))
  expect(ids.length).toBeGreaterThanOrEqual(100)
  const before = await render(page, ids[0]!)
  host.serve(null)
  await page.reload()
  await settle(page)
  // Each sound is rendered by the engine, so module, workers and library all came from the device.
  const heard = ids.filter((_, index) => process.env.VERIFY || index % 5 === 2)
  for (const id of heard) expect((await render(page, id)).peak, id).toBeGreaterThan(0.001)
  expect(await render(page, ids[0]!)).toEqual(before)
  expect(await missing(page)).toEqual([])
  await page.getByRole('button', { name: 'Play the demo' }).click()
  await page.waitForFunction(
    () => ((window.soundloom!.status() as { activeVoices: number | null }).activeVoices ?? 0) > 0,
  )
  expect(await page.evaluate(() => (window.soundloom!.state().project as { tracks: object[] }).tracks.length)).toBe(8)
})

test.describe('with a new version on the host', () => {
  let second: string
  /** Version 2: every script has another name and another content, as after a real build. */
  test.beforeEach(() => {
    second = mkdtempSync(join(tmpdir(), 'soundloom-v2-'))
    cpSync(DIST, second, { recursive: true })
    const assets = join(second, 'assets')
    const renamed = new Map(
      readdirSync(assets)
        .filter((name) => /-[\w-]{8}\.(js|css)$/.test(name))
        .map((name) => [name, name.replace(/-[\w-]{8}\.(js|css)$/, '-version2.$1')] as const)
        .map(([from, to], i) => [from, to.replace('version2', `vers${String(i).padStart(2, '0')}v2`)] as const),
    )
    const files = [
      ...readdirSync(assets).map((name) => join(assets, name)),
      join(second, 'index.html'),
      join(second, 'sw.js'),
    ]
    for (const file of files) {
      if (!/\.(js|css|html)$/.test(file)) continue
      let text = readFileSync(file, 'utf8')
      for (const [from, to] of renamed) text = text.replaceAll(from, to)
      if (file.endsWith('index.html')) text = text.replace('<title>Soundloom', '<title>Soundloom 2')
      const name = file.split('/').at(-1)!
      rmSync(file)
      writeFileSync(join(file.slice(0, -name.length), renamed.get(name) ?? name), text)
    }
    // The page's own revision in the list of files is what tells the browser that it changed.
    const sw = join(second, 'sw.js')
    writeFileSync(
      sw,
      readFileSync(sw, 'utf8').replace(
        /(url:["'`]index\.html["'`],revision:["'`]|revision:["'`])[0-9a-f]{8}/g,
        '$1deadbeef',
      ),
    )
  })
  test.afterEach(() => rmSync(second, { recursive: true, force: true }))

  test('"Update ready" is shown, every file of the open version still loads, and a click starts the new one', async ({
    page,
  }) => {
    oneOf(0, 2)
    await page.goto(host.url)
    await settle(page)
    host.serve(second)
    await page.evaluate(async () => (await navigator.serviceWorker.ready).update())
    await expect(page.getByText('Update ready')).toBeVisible()
    expect(await missing(page)).toEqual([])
    await openLazyPanels(page)
    await page.evaluate(() => window.soundloom!.run('track.add', { presetId: 'tine-piano' }))
    await expect(page.getByRole('slider', { name: 'Song position' })).toBeVisible()
    expect(await page.title()).toBe('Soundloom')
    const other = await page.context().newPage()
    await other.goto(host.url)
    await settle(other)
    expect(await other.title(), 'another tab opens the version that runs').toBe('Soundloom')

    await page.getByRole('button', { name: 'Restart now' }).click()
    await expect(page).toHaveTitle('Soundloom 2')
    await settle(page)
    // The other tab keeps running and is told; what it has not loaded yet is still there.
    await expect(other.getByText('updated in another tab')).toBeVisible()
    await openLazyPanels(other)
    expect(await missing(other)).toEqual([])
  })

  test('without a click the new version starts with the next cold start', async ({ page, context }) => {
    oneOf(1, 2)
    await page.goto(host.url)
    await settle(page)
    host.serve(second)
    await page.evaluate(async () => (await navigator.serviceWorker.ready).update())
    await expect(page.getByText('Update ready')).toBeVisible()
    await page.close()
    const next = await context.newPage()
    await expect(async () => {
      await next.goto(host.url)
      expect(await next.title()).toBe('Soundloom 2')
    }).toPass()
    await settle(next)
  })
})

test('the browser finds nothing that keeps the app from being installed', async ({ baseURL, launchOptions }) => {
  const profile = mkdtempSync(join(tmpdir(), 'soundloom-profile-'))
  const context = await chromium.launchPersistentContext(profile, launchOptions)
  try {
    const page = await context.newPage()
    await page.goto(baseURL!)
    await settle(page)
    const session = await context.newCDPSession(page)
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors')
    expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([])
    const { errors, url } = await session.send('Page.getAppManifest')
    expect(errors).toEqual([])
    expect(url).toContain('manifest.webmanifest')
  } finally {
    await context.close()
    rmSync(profile, { recursive: true, force: true })
  }
})
