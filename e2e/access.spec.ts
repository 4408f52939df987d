// Accessibility of every state in both themes, forced colours, small and zoomed windows (Playwright with axe).
import { expect, test, type Page } from '@playwright/test'
import { drop, open } from './app.ts'
import { axeFinds } from './axe.ts'
import { oneOf } from './slice.ts'
import { hasTurn } from '../wasm/test/turn.ts'

let small = 0

const FILE = {
  name: 'one.json',
  text: JSON.stringify({
    groups: {
      Lead_Bright_Test: {
        oscillator: { types: ['sawtooth', 'pulse'], mix_ratios: [0.6, 0.4] },
        envelope: { attack: '5ms', decay: 80, sustain: 0.7, release: '200ms' },
        filter: { type: 'low-pass', cutoff: 'automated' },
        fx: [{ type: 'chorus' }, { type: 'reverb', decay: '2s' }],
      },
    },
  }),
}

/** What depends on the theme; everything else is judged once, in the dark one. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block']

/**
 * `colours`: only what another theme can change, and only where a state is `rich` in surfaces; the long run judges everything in
 * each theme.
 */
async function expectClean(page: Page, colours = false, rich = true) {
  // Small states take turns.
  if (!rich && !hasTurn(small++, 3)) return
  if (colours && !rich && !process.env.VERIFY) return
  // Fades are over: contrast is judged as it stays.
  await page.waitForTimeout(300)
  expect(await axeFinds(page, [], colours && !process.env.VERIFY ? COLOUR_RULES : undefined)).toEqual([])
}

async function walk(page: Page, colours: boolean) {
  test.slow()
  await open(page)
  await expectClean(page, colours)
  await page.getByRole('button', { name: 'Settings', exact: true }).click()
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible()
  await expectClean(page, colours, false)
  expect(await badTargets(page, '[role=dialog]')).toEqual([])
  await page.keyboard.press('Escape')
  for (const [button, dialog] of [
    [/^Time signature/, 'Time signature'],
    [/^Key /, 'Key'],
    ['Metronome options', 'Metronome'],
  ] as const) {
    await page.getByRole('button', { name: button }).click()
    await expect(page.getByRole('dialog', { name: dialog })).toBeVisible()
    await expectClean(page, colours, false)
    expect(await badTargets(page, '[role=dialog]')).toEqual([])
    await page.keyboard.press('Escape')
  }
  await drop(page, [FILE])
  const tile = page.getByRole('gridcell', { name: /Lead Bright Test/ })
  await tile.click()
  await expect(page.getByRole('tabpanel', { name: 'Devices' })).toBeVisible()
  await expectClean(page, colours)
  await page.getByRole('button', { name: 'Import report' }).click()
  await expect(page.getByRole('dialog', { name: 'Import report' })).toBeVisible()
  await expectClean(page, colours)
  await page.keyboard.press('Escape')
  await page
    .getByRole('button', { name: 'Amp envelope curve' })
    .or(page.getByRole('button', { name: /curve/ }))
    .first()
    .click()
  await expect(page.getByRole('listbox')).toBeVisible()
  await expectClean(page, colours, false)
  await page.keyboard.press('Escape')

  await page.evaluate(() => window.soundloom!.run('project.openDemo'))
  await expect(page.getByRole('main', { name: 'Arrangement' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Add effect' })).toBeVisible()
  await expectClean(page, colours)
  await page.getByRole('button', { name: /^Project Slow tide/ }).click()
  await expect(page.getByRole('menu')).toBeVisible()
  await expectClean(page, colours, false)
  await page.getByRole('menuitem', { name: 'Open…' }).click()
  await expect(page.getByRole('dialog', { name: 'Projects' })).toBeVisible()
  await expectClean(page, colours, false)
  await page.keyboard.press('Escape')
  await page.getByRole('tab', { name: 'Keyboard' }).click()
  await expectClean(page, colours, false)
}

for (const colorScheme of ['dark', 'light'] as const) {
  test(`axe finds nothing in any state, ${colorScheme}`, async ({ page }) => {
    if (colorScheme === 'light') oneOf(0, 2)
    await page.emulateMedia({ colorScheme })
    await walk(page, colorScheme === 'light')
  })
}

test('axe finds nothing in forced colours, and what is chosen keeps an outline', async ({ page }) => {
  oneOf(1, 2)
  await page.emulateMedia({ forcedColors: 'active' })
  await walk(page, true)
  await page.keyboard.press('Escape')
  const chosen = page.getByRole('button', { name: 'All', exact: true, pressed: true })
  expect(await chosen.evaluate((element) => getComputedStyle(element).outlineStyle)).toBe('solid')
})

/** Every control that the page shows: at least 24 x 24, inside the window or reachable by scrolling its panel. */
async function badTargets(page: Page, within = 'body'): Promise<string[]> {
  return page.evaluate((scope) => {
    const controls = [
      ...document
        .querySelector(scope)!
        .querySelectorAll<HTMLElement>('button, [role=slider], [role=switch], [role=gridcell], input'),
    ]
    const seen = controls.filter(
      (element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest('[aria-hidden=true]'),
    )
    return seen.flatMap((element) => {
      const { width, height } = element.getBoundingClientRect()
      const inName = element.matches('.pn, .input input')
      return width >= 23.9 && height >= (inName ? 20 : 23.9)
        ? []
        : [`${element.outerHTML.slice(0, 120)} ${width} x ${height}`]
    })
  }, within)
}

const WINDOWS = [
  { width: 1024, height: 640, why: 'the smallest window' },
  { width: 720, height: 450, why: '1440 x 900 at 200 % zoom' },
]
for (const [index, { width, height, why }] of WINDOWS.entries()) {
  test(`everything can be reached at ${width} x ${height}, ${why}`, async ({ page }) => {
    oneOf(index, WINDOWS.length)
    await page.setViewportSize({ width, height })
    await open(page)
    await drop(page, [FILE])
    await page.getByRole('gridcell', { name: /Lead Bright Test/ }).click()
    const reached = async (names: readonly string[]) => {
      for (const name of names) {
        const button = page.getByRole('button', { name, exact: true })
        await button.scrollIntoViewIfNeeded()
        await expect(button).toBeInViewport({ ratio: 0.99 })
      }
    }
    await reached(['Import', 'Save as preset', 'Mute', 'Dice'])
    const last = page.getByRole('article').last().getByRole('slider').last()
    await last.scrollIntoViewIfNeeded()
    await expect(last).toBeInViewport({ ratio: 0.9 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
    expect(await badTargets(page)).toEqual([])
    await page.getByRole('tab', { name: 'Keyboard' }).click()
    await reached(['Panic'])
    expect(await badTargets(page)).toEqual([])
  })
}
