// When the sound may stop by itself, and what happens when it is taken away (Playwright; the page's clock is moved by hand).
import { expect, test, type Page } from '@playwright/test'

const audio = (page: Page): Promise<string> =>
  page.evaluate(() => (window.soundloom!.status() as { audio: string }).audio)

/** The page believes that nobody looks at it. */
const hide = (page: Page, hidden: boolean): Promise<void> =>
  page.evaluate((value) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => value })
    Object.defineProperty(document, 'visibilityState', {
      configurable: true,
      get: () => (value ? 'hidden' : 'visible'),
    })
    document.dispatchEvent(new Event('visibilitychange'))
  }, hidden)

/** The page's timers find that a minute has passed; each fires once, so nothing seems to stand still. */
const aMinute = (page: Page): Promise<void> => page.clock.fastForward(61_000)

/** The engine's own check has run in the hidden page: it reads the master level, so somebody has leased it. */
const checked = (page: Page): Promise<void> => page.clock.fastForward(1000)

test.beforeEach(async ({ page }) => {
  await page.clock.install()
  await page.goto('/')
  await page.waitForFunction(() => window.soundloom !== undefined)
  await page.evaluate(() => window.soundloom!.ready)
  await page.mouse.click(5, 5)
  await expect.poll(() => audio(page)).toBe('running')
})

test('a hidden, silent page lets the audio sleep after a minute, and the next gesture wakes it', async ({ page }) => {
  await hide(page, true)
  await checked(page)
  await page.clock.fastForward(50_000)
  expect(await audio(page)).toBe('running')
  await aMinute(page)
  await expect.poll(() => audio(page)).toBe('suspended')
  await hide(page, false)
  await expect(page.getByRole('button', { name: 'Resume' })).toHaveCount(0)
  await page.mouse.click(5, 5)
  await expect.poll(() => audio(page)).toBe('running')
})

test('a hidden page that sounds stays awake', async ({ page }) => {
  await page.evaluate(async () => {
    const [first] = window.soundloom!.presets().filter(({ id }) => id === 'cellar-drone')
    await window.soundloom!.run('audition.press', { presetId: first!.id })
  })
  await hide(page, true)
  await checked(page)
  await aMinute(page)
  await checked(page)
  await aMinute(page)
  expect(await audio(page)).toBe('running')
})
