// The diagnostics panel: opened from the keyboard and the figures it explains, timing only while it is open (Playwright).
import { expect, test, type Page } from '@playwright/test'
import { constants, enums } from '../src/generated/wire.ts'
import { LOAD_WORDS, SAMPLE_EVERY, SLOW_WORDS, slowRing, Stat } from '../worklets/stats.ts'
import { complaints, open, sounds } from './app.ts'
import { catchEngine } from './engine.ts'
import { axeFinds } from './axe.ts'
import { oneOf } from './slice.ts'

const panel = (page: Page) => page.getByRole('region', { name: 'Diagnostics' })
const figure = (page: Page, name: string) =>
  panel(page)
    .locator('tr', { has: page.getByRole('rowheader', { name, exact: true }) })
    .locator('td')
    .first()
const word = (page: Page, index: number): Promise<number> =>
  page.evaluate((at) => Atomics.load(new Int32Array(window.caught.stats), at), index)

async function openPlaying(page: Page): Promise<void> {
  await catchEngine(page)
  await open(page)
  const [first] = await sounds(page)
  await page.getByRole('gridcell').first().focus()
  await page.evaluate((presetId) => window.soundloom!.run('audition.press', { presetId }), first!.id)
  await page.keyboard.press('Shift')
  await expect.poll(() => page.evaluate(() => window.caught.context.state)).toBe('running')
}

test('every call is timed while the panel is open and one in sixteen when it is not', async ({ page }) => {
  const faults = complaints(page)
  await openPlaying(page)
  expect(await word(page, Stat.sampleEvery)).toBe(SAMPLE_EVERY)
  await page.keyboard.press('F9')
  await expect(panel(page)).toBeFocused()
  expect(await word(page, Stat.sampleEvery)).toBe(1)
  await expect
    .poll(async () => Number((await figure(page, 'Calls timed').textContent())!.replace(/,/g, '')))
    .toBeGreaterThan(500)
  for (const name of ['Average', '99 % take at most', 'Longest', 'Time for each'])
    await expect(figure(page, name)).toHaveText(/^[\d.]+ (µs|ms)$/)
  await expect(figure(page, 'Block')).toHaveText('128 frames')
  await expect(figure(page, 'Actual rate')).toHaveText(/Hz|nobody watches/)
  await page.keyboard.press('Escape')
  await expect(panel(page)).toBeHidden()
  expect(await word(page, Stat.sampleEvery)).toBe(SAMPLE_EVERY)
  await expect(page.getByRole('gridcell').first()).toBeFocused()
  expect(faults).toEqual([])
})

test('a slow call is listed with what cost most, and everything can be copied', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openPlaying(page)
  await page.getByRole('button', { name: /^(Dropouts \d+, d|D)iagnostics$/ }).click()
  await expect(panel(page)).toContainText('None since this panel was opened')
  // What the audio thread writes when a call has taken too long.
  const load = new Int32Array(LOAD_WORDS)
  const floats = new Float32Array(load.buffer)
  load[enums.loadWord.frameLow] = 63 * 48000
  load[enums.loadWord.strip] = constants.strips
  load[enums.loadWord.device] = 1
  floats[enums.loadWord.totalNs] = 1000
  floats[enums.loadWord.deviceNs] = 750
  const ring = slowRing(new SharedArrayBuffer(1 << 16))
  await page.evaluate(
    ({ at, record, slowBlocks }) => {
      const words = new Int32Array(window.caught.stats)
      words.set(record, at)
      Atomics.add(words, slowBlocks, 1)
    },
    { at: ring.byteOffset / 4, record: [2400, ...load], slowBlocks: Stat.slowBlocks },
  )
  await expect(panel(page).getByRole('row', { name: '1:03.000 2.4 ms 90 % Main, Limiter (75 %)' })).toBeVisible()
  expect(SLOW_WORDS).toBe(1 + LOAD_WORDS)
  await panel(page).getByRole('button', { name: 'Copy' }).click()
  await expect(panel(page).getByRole('button', { name: 'Copied' })).toBeVisible()
  const text = await page.evaluate(() => navigator.clipboard.readText())
  expect(text).toContain('Calls of the audio thread')
  expect(text).toContain('1:03.000  2.4 ms  90 %  Main, Limiter (75 %)')
})

for (const colorScheme of ['dark', 'light'] as const) {
  test(`axe finds nothing in the panel, ${colorScheme}`, async ({ page }) => {
    oneOf(colorScheme === 'dark' ? 0 : 1, 2)
    await page.emulateMedia({ colorScheme })
    await openPlaying(page)
    await page.keyboard.press('F9')
    await expect(figure(page, 'Average')).toHaveText(/µs|ms/)
    expect(await axeFinds(page, ['.diagnostics', '.status'])).toEqual([])
  })
}
