// Finding sounds by describing them, in the built page (Playwright).
import { expect, test, type Page } from '@playwright/test'
import { complaints, drop, expectSound, imported, open } from './app.ts'

const field = (page: Page) => page.getByRole('textbox', { name: 'Search sounds' })
const tiles = (page: Page) => page.getByRole('grid', { name: 'Sounds' }).getByRole('gridcell')
const first = (page: Page) => tiles(page).first()

test('a description finds the sound, says why, and takes words back', async ({ page }) => {
  const said = complaints(page)
  await open(page)
  await field(page).fill('warm pad slow attack')
  await expect(first(page)).toHaveAccessibleName(/^Harbour, pad.*slow attack 900 ms/)
  await expect(page.getByRole('status').filter({ hasText: 'by best match' })).toContainText(/\d+ sounds? by best match/)

  const heard = page.getByRole('group', { name: 'Heard' })
  await expect(heard.getByRole('button')).toHaveCount(3)
  await heard.getByRole('button', { name: /^Take back slow attack/ }).click()
  await expect(field(page)).toHaveValue('warm pad')

  // A slip of the finger is corrected and said so; what no sound is like is said, too.
  await field(page).fill('kalmba zither')
  await expect(first(page)).toHaveAccessibleName(/^Kalimba drop/)
  await expect(heard.getByRole('button', { name: /^Take back kalimba: .*you typed “kalmba”/ })).toBeVisible()
  await expect(heard.getByRole('button', { name: /^Take back zither: No sound/ })).toBeVisible()

  await field(page).fill('xqzvvkj')
  await expect(page.getByText('No sound matches.')).toBeVisible()
  await page.getByRole('button', { name: 'Show all' }).click()
  await expect(field(page)).toHaveValue('')
  expect(said).toEqual([])
})

test('roles narrow what was found, show how many there are, and never hide what was typed', async ({ page }) => {
  await open(page)
  await field(page).fill('warm')
  const bass = page.getByRole('group', { name: 'Roles' }).getByRole('button', { name: /^BASS \d/ })
  await bass.click()
  await expect(field(page)).toHaveValue('warm')
  await expect.poll(() => tiles(page).count()).toBeGreaterThan(0)
  for (const tile of await tiles(page).all()) await expect(tile).toHaveAccessibleName(/, bass,/)

  await field(page).fill('glass meadow')
  await page.getByRole('button', { name: /without filters$/ }).click()
  await expect(first(page)).toHaveAccessibleName(/^Glass meadow/)
})

test('by keyboard alone: to the field, to the results, sounding, and back to everything', async ({ page }) => {
  await open(page)
  await page.keyboard.press('Control+f')
  await expect(field(page)).toBeFocused()
  await page.keyboard.type('singing bowl')
  await expect(first(page)).toHaveAccessibleName(/^Temple bowl/)
  await page.keyboard.press('ArrowDown')
  await expect(first(page)).toBeFocused()
  await page.keyboard.down('Enter')
  await expectSound(page)
  await page.keyboard.up('Enter')
  await page.keyboard.press('Control+f')
  await expect(field(page)).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(field(page)).toHaveValue('')
  await expect(page.getByRole('group', { name: 'Heard' })).toBeHidden()
})

test('scripts search the same way, also right after an import, and bad questions are refused', async ({ page }) => {
  await open(page)
  const sounds = ['Velvet Foghorn', 'Tiny Foghorn'].map((name) => ({
    name,
    oscillators: [{ type: 'saw', volume: 1 }],
    adsr: { attack: 10, decay: 100, sustain: 0.7, release: 150 },
  }))
  await drop(page, [{ name: 'horns.json', text: JSON.stringify({ instruments: sounds }) }])
  await expect.poll(() => imported(page)).toBe(2)
  const names = (query: string, options = {}) =>
    page.evaluate(async ([text, more]) => (await window.soundloom!.search(text, more)).map(({ name }) => name), [
      query,
      options,
    ] as const)
  expect((await names('foghorn')).sort()).toEqual(['Tiny Foghorn', 'Velvet Foghorn'])
  expect(await names('velvet foghorn')).toEqual(['Velvet Foghorn'])
  expect(await names('pad no noise', { role: 'PAD', limit: 1 })).toHaveLength(1)
  expect(await names('', { limit: 1000 })).toHaveLength((await page.evaluate(() => window.soundloom!.presets())).length)
  for (const options of [{ limit: 0 }, { role: 'TUBA' }]) {
    const code = page.evaluate(
      (more) => window.soundloom!.search('pad', more).catch((error: { code: string }) => error.code),
      options,
    )
    expect(await code).toBe('invalid-argument')
  }
  // Undo takes them out of the index, too.
  await page.evaluate(() => window.soundloom!.run('history.undo'))
  expect(await names('velvet foghorn')).toEqual([])
})
