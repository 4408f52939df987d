// The whole story by keyboard alone: each step is done with keys and checked in the accessibility tree (Playwright).
import { expect, test } from '@playwright/test'
import { complaints, expectNoVoices, expectSound, imported, open, tabTo } from './app.ts'
import { oneOf } from './slice.ts'

/** Two sounds of our own: a filtered saw with a delay, and a sine with a value that can't be read. */
const FILE = JSON.stringify(
  {
    groups: {
      Pad_Slow_Test: {
        synthesis_type: 'subtractive',
        oscillator: { types: ['sawtooth'] },
        envelope: { attack: '5ms', decay: '100ms', sustain: 0.8, release: '100ms' },
        filter: { type: 'low-pass', cutoff: '800Hz', resonance: 0.2 },
        fx: [{ type: 'delay', time: '200ms', feedback: 0.2, mix: 0.2 }],
      },
      Bass_Round_Test: {
        synthesis_type: 'subtractive',
        oscillator: { types: ['sine'] },
        envelope: { attack: '5ms', decay: '100ms', sustain: 0.8, release: '100ms' },
        filter: { type: 'low-pass', cutoff: 'automated', resonance: 0.1 },
      },
    },
  },
  null,
  2,
)

test('import by button, play, edit, type a value, undo and save with keys alone', async ({ page }) => {
  oneOf(0, 3)
  test.slow()
  const said = complaints(page)
  await open(page)
  await expect(page.getByRole('main')).toMatchAriaSnapshot(`
    - main "Start":
      - button "Play the demo"
      - heading "Press play to hear the demo" [level=2]
      - search "Describe a sound":
        - textbox "Describe a sound"
        - button "Find it"
      - button "Import a file"
  `)

  const chooser = page.waitForEvent('filechooser')
  await tabTo(page, 'button', 'Import')
  await page.keyboard.press('Enter')
  await (await chooser).setFiles([{ name: 'two.json', mimeType: 'application/json', buffer: Buffer.from(FILE) }])
  await expect.poll(() => imported(page)).toBe(2)
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('2 sounds imported')

  // One tab stop for all tiles; Enter held sounds, letting go ends it.
  const tile = await tabTo(page, 'gridcell', /Pad Slow Test/)
  await page.keyboard.down('Enter')
  await expectSound(page)
  await expect(tile).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.up('Enter')
  await expectNoVoices(page)
  await page.keyboard.press('ArrowRight')
  const second = page.getByRole('gridcell', { name: /Bass Round Test/ })
  await expect(second).toBeFocused()
  await expect(second).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('*')
  await expect(page.getByRole('gridcell', { name: /Pad Slow Test.*favourite/ })).toBeFocused()

  await expect(page.getByRole('region', { name: 'Devices and keyboard' })).toMatchAriaSnapshot(`
    - tablist "Lower panel":
      - tab "Devices" [selected]
      - tab "Keyboard"
    - heading "Pad Slow Test" [level=2]
    - tabpanel "Devices":
      - article "Instrument":
        - group "Filter":
          - slider "Filter cutoff"
      - article "Delay, effect 1":
        - switch "Delay on" [checked]
  `)
  const cutoff = await tabTo(page, 'slider', 'Filter cutoff')
  await expect(cutoff).toHaveAttribute('aria-valuetext', '800 hertz')
  await page.keyboard.press('Enter')
  await page.keyboard.type('1.2k')
  await page.keyboard.press('Enter')
  await expect(cutoff).toHaveAttribute('aria-valuetext', '1.2 kilohertz')
  await expect(cutoff).toBeFocused()
  await page.keyboard.press('PageUp')
  await expect(cutoff).not.toHaveAttribute('aria-valuetext', '1.2 kilohertz')
  await page.keyboard.press('Delete')
  await expect(cutoff).toHaveAttribute('aria-valuetext', '800 hertz')
  await page.keyboard.press('Control+z')
  await expect(cutoff).not.toHaveAttribute('aria-valuetext', '800 hertz')

  await tabTo(page, 'switch', 'Delay on')
  await page.keyboard.press('Space')
  await expect(page.getByRole('switch', { name: 'Delay on' })).not.toBeChecked()

  // From here Save lies behind: Shift-Tab would do; Tab comes round.
  await tabTo(page, 'button', 'Save as preset')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Save as preset' })).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toBeFocused()
  await page.keyboard.type('Mine')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByRole('gridcell', { name: /^Mine, pad/ })).toHaveAttribute('aria-selected', 'true')
  expect(said).toEqual([])
})

test('the report is read, a value is set and the import is undone with keys alone', async ({ page }) => {
  oneOf(1, 3)
  test.slow()
  await open(page)
  const chooser = page.waitForEvent('filechooser')
  await tabTo(page, 'button', 'Import')
  await page.keyboard.press('Enter')
  await (await chooser).setFiles([{ name: 'two.json', mimeType: 'application/json', buffer: Buffer.from(FILE) }])
  await expect.poll(() => imported(page)).toBe(2)
  await tabTo(page, 'button', 'Import report')
  await page.keyboard.press('Enter')
  const report = page.getByRole('dialog', { name: 'Import report' })
  await expect(report).toBeVisible()
  await expect(report.getByRole('button', { name: 'Done' })).toBeFocused()
  await expect(report).toContainText('"automated"')
  await tabTo(page, 'button', 'Set a value')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('333 Hz')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await expect(report).toHaveCount(0)
  await tabTo(page, 'gridcell', /Test/)
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('gridcell', { name: /Bass Round Test/ })).toBeFocused()
  await expect(page.getByRole('slider', { name: 'Filter cutoff' })).toHaveAttribute('aria-valuetext', '333 hertz')
  await tabTo(page, 'button', 'Import report')
  await page.keyboard.press('Enter')
  await tabTo(page, 'button', 'Undo import')
  await page.keyboard.press('Enter')
  await expect.poll(() => imported(page)).toBe(0)
})

test('settings open, act and close with keys; single-letter shortcuts go, the limiter can be undone', async ({
  page,
}) => {
  oneOf(2, 3)
  test.slow()
  await open(page)
  const button = await tabTo(page, 'button', /^Settings$/)
  const settings = page.getByRole('dialog', { name: 'Settings' })
  await page.keyboard.press('Space')
  await expect(settings).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(settings).toHaveCount(0)
  await expect(button).toBeFocused()

  await page.keyboard.press('Enter')
  await expect(settings).toMatchAriaSnapshot(`
    - dialog "Settings":
      - group "Theme":
        - button "System" [pressed]
        - button "Dark"
        - button "Light"
      - switch "Single-letter shortcuts" [checked]
      - switch "Main limiter" [checked]
  `)
  await expect(settings).toContainText('Ceiling \u22121.0 dBTP, 1.5 ms')
  await tabTo(page, 'button', 'Light')
  await page.keyboard.press('Space')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')
  const limiter = await tabTo(page, 'switch', 'Main limiter')
  await page.keyboard.press('Space')
  await expect(limiter).not.toBeChecked()
  await page.keyboard.press('Control+z')
  await expect(limiter).toBeChecked()
  const shortcuts = await tabTo(page, 'switch', 'Single-letter shortcuts')
  await page.keyboard.press('Space')
  await expect(shortcuts).not.toBeChecked()
  await page.keyboard.press('Escape')
  await expect(button).toBeFocused()

  const tile = await tabTo(page, 'gridcell', /./)
  await page.keyboard.press('*')
  await expect(tile).not.toHaveAccessibleName(/favourite/)
  await tabTo(page, 'button', /^Settings$/)
  await page.keyboard.press('Enter')
  await tabTo(page, 'switch', 'Single-letter shortcuts')
  await page.keyboard.press('Space')
  await page.keyboard.press('Escape')
  await tabTo(page, 'gridcell', /./)
  await page.keyboard.press('*')
  await expect(tile).toHaveAccessibleName(/favourite/)
})
