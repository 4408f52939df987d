// Where something is missing, the page says which and what to do (Playwright).
import { expect, test, type Page } from '@playwright/test'

async function expectMissing(page: Page, id: string, text: RegExp): Promise<void> {
  await page.goto('/')
  const section = page.locator(`[data-missing="${id}"]`)
  await expect(section).toContainText(text, { timeout: 20_000 })
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Soundloom cannot start here')
  await expect(page.getByRole('button', { name: 'Reload' })).toBeVisible()
}

test('without isolation: names the headers', async ({ page }) => {
  await page.route('/', async (route) => {
    const response = await route.fetch()
    const headers = { ...response.headers() }
    delete headers['cross-origin-opener-policy']
    delete headers['cross-origin-embedder-policy']
    await route.fulfill({ response, headers })
  })
  await expectMissing(page, 'shared-memory', /Cross-Origin-Opener-Policy/)
})

test('without AudioWorklet', async ({ page }) => {
  await page.addInitScript(() => delete (window as Partial<Window & typeof globalThis>).AudioWorkletNode)
  await expectMissing(page, 'audio-worklet', /Chrome or Edge/)
})

test('without SIMD', async ({ page }) => {
  await page.addInitScript(() => void (WebAssembly.validate = () => false))
  await expectMissing(page, 'simd', /four voices/)
})

test('without memory: only after the ladder has tried 32 MiB', async ({ page }) => {
  await page.addInitScript(() => {
    const asked: number[] = []
    Object.assign(window, { asked })
    WebAssembly.Memory = function ({ initial }: { initial: number }) {
      asked.push(initial / 16)
      throw new RangeError('could not allocate memory')
    } as unknown as typeof WebAssembly.Memory
  })
  await expectMissing(page, 'memory', /Close other tabs/)
  expect(await page.evaluate(() => (window as unknown as { asked: number[] }).asked)).toEqual([128, 64, 32])
})
