// When the sound may stop by itself, and what happens when it is taken away (Playwright; the page's clock is moved by hand).
import { expect, test, type Page } from '@playwright/test'

const audio = (page: Page): Promise<string> =>
  page.evaluate(() => (window.soundloom!.status() as { audio: string }).audio)

const transport = (page: Page): Promise<{ playing: boolean; samplePos: number }> =>
  page.evaluate(() => window.soundloom!.state().transport as { playing: boolean; samplePos: number })

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

/** The page's AudioContexts, so that a test can take the sound away as a system does. */
const watchContexts = (): void => {
  const contexts: AudioContext[] = []
  Object.assign(globalThis, { contexts })
  globalThis.AudioContext = class extends AudioContext {
    constructor(options?: AudioContextOptions) {
      super(options)
      contexts.push(this)
    }
  }
}
declare global {
  var contexts: AudioContext[]
}

test.beforeEach(async ({ page }) => {
  await page.addInitScript(watchContexts)
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

test('sound that is taken away is told in one banner, and Resume brings it back where the song stood', async ({
  page,
}) => {
  await page.evaluate(() => window.soundloom!.run('transport.play'))
  await page.evaluate(() => globalThis.contexts.at(-1)!.suspend())
  const resume = page.getByRole('button', { name: 'Resume' })
  await expect(resume).toHaveCount(1)
  const before = (await transport(page)).samplePos
  await resume.click()
  await expect.poll(() => audio(page)).toBe('running')
  await expect(resume).toHaveCount(0)
  await expect.poll(async () => (await transport(page)).samplePos).toBeGreaterThan(before)
  expect(await page.evaluate(() => globalThis.contexts.length)).toBe(1)
})

test('a device that is gone gets another context, and the song plays on', async ({ page }) => {
  await page.evaluate(() => window.soundloom!.run('transport.play'))
  await page.evaluate(async () => {
    const context = globalThis.contexts.at(-1)!
    context.dispatchEvent(new Event('error'))
    // A context without a device does not start again.
    context.resume = () => Promise.reject(new Error('no device'))
    await context.suspend()
  })
  await expect(page.getByText('The sound device is gone')).toBeVisible()
  const generationOf = () => page.evaluate(() => (window.soundloom!.status() as { generation: number }).generation)
  const generation = await generationOf()
  await page.getByRole('button', { name: 'Resume' }).click()
  await expect.poll(() => page.evaluate(() => globalThis.contexts.length)).toBe(2)
  await expect.poll(() => audio(page)).toBe('running')
  // The new context runs before the engine in it is whole.
  await expect.poll(generationOf).toBe(generation + 1)
  await expect.poll(async () => (await transport(page)).playing).toBe(true)
})
