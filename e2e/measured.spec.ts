// Tiles are measured once on a device: after a reload they are drawn without a render worker (Playwright).
import { expect, test, type Page } from '@playwright/test'
import { open } from './app.ts'
import { catchEngine, openWithSounds } from './engine.ts'

const kept = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('soundloom-measured')
        opening.onerror = () => reject(opening.error)
        opening.onsuccess = () => {
          const counting = opening.result.transaction('measured').objectStore('measured').count()
          counting.onsuccess = () => {
            opening.result.close()
            resolve(counting.result)
          }
        }
      }),
  )

test('a reload draws the same tiles without rendering them again', async ({ page }) => {
  await catchEngine(page)
  await openWithSounds(page)
  const tiles = await page.getByRole('gridcell').count()
  expect(tiles).toBeGreaterThan(4)
  await expect.poll(() => kept(page), { timeout: 30_000 }).toBeGreaterThanOrEqual(tiles)
  expect(await page.evaluate(() => window.caught.workers.has('render'))).toBe(true)
  await page.reload()
  await open(page)
  await page.waitForTimeout(2000)
  expect(await page.getByRole('gridcell').count()).toBe(tiles)
  expect(await page.evaluate(() => window.caught.workers.has('render'))).toBe(false)
})
