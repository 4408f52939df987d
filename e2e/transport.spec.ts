// The transport's answers and its stores on three threads, over the real engine (Playwright).
import { expect, test, type Page } from '@playwright/test'
import { complaints, open } from './app.ts'

const run = (page: Page, id: string, args: object = {}): Promise<Record<string, unknown>> =>
  page.evaluate(([id, args]) => window.soundloom!.run(id, args), [id, args] as const) as Promise<never>

test('commands answer with what the engine then holds, also before any sound may start', async ({ page }) => {
  await open(page)
  expect(await run(page, 'transport.seek', { beats: 6.5 })).toMatchObject({
    beatPos: 6.5,
    bar: 2,
    beat: 3,
    status: 'stopped',
  })
  expect(await page.evaluate(() => window.soundloom!.state().transport)).toMatchObject({
    beatPos: 6.5,
    timeFormatted: '00:03.250',
    samplePos: 156_000,
    bpm: 120,
  })
  expect(await run(page, 'transport.play')).toMatchObject({ playing: true, status: 'playing' })
  expect(await run(page, 'transport.pause')).toMatchObject({ playing: false, status: 'paused' })
  expect(await run(page, 'transport.toStart')).toMatchObject({ samplePos: 0, timeFormatted: '00:00.000' })
  for (const args of [{ beats: -1 }, { seconds: Number.NaN }, { frames: 0.5 }, {}])
    await expect(run(page, 'transport.seek', args)).rejects.toThrow()
  expect(await run(page, 'transport.stop')).toMatchObject({ samplePos: 0, status: 'stopped' })
})

test('the stores of all threads follow the song, and the next engine after a rebuild', async ({ page }) => {
  const said = complaints(page)
  await open(page)
  const panel = page.getByRole('region', { name: 'Diagnostics' })
  const figure = (group: string, name: string) =>
    panel
      .getByRole('table', { name: group, exact: true })
      .locator('tr', { has: page.getByRole('rowheader', { name, exact: true }) })
      .locator('td')
      .first()
  await page.keyboard.press('F9')
  for (const group of ['Transport store', 'Transport store, search worker']) {
    await expect(figure(group, 'Sample rate')).toHaveText('48,000 Hz')
    await expect(figure(group, 'Subscribers')).not.toHaveText('0')
    await expect(figure(group, 'Actual rate')).toHaveText(/^[\d.]+ Hz$/)
  }
  await run(page, 'project.setSampleRate', { sampleRate: 44100 })
  for (const group of ['Transport store', 'Transport store, search worker'])
    await expect(figure(group, 'Sample rate')).toHaveText('44,100 Hz')
  // The new engine speaks: playing moves on in its frames.
  await page.keyboard.press('Shift')
  expect(await run(page, 'transport.play')).toMatchObject({ playing: true })
  await expect
    .poll(() => page.evaluate(() => (window.soundloom!.state().transport as { samplePos: number }).samplePos))
    .toBeGreaterThan(0)
  await run(page, 'transport.stop')
  expect(said).toEqual([])
})
