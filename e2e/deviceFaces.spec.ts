// What a face says and takes: help on a knob by keyboard, a point dragged on a recording, pads added and removed (Playwright).
import { AxeBuilder } from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import { complaints, open } from './app.ts'

const run = (page: Page, id: string, args: object = {}): Promise<unknown> =>
  page.evaluate(([name, given]) => window.soundloom!.run(name, given), [id, args] as const)

interface Instrument {
  readonly values: Readonly<Record<string, number>>
  readonly patch: { readonly pads?: readonly { readonly name: string }[] }
}
const instrument = (page: Page, track: number): Promise<Instrument> =>
  page.evaluate(async (at) => {
    const { project } = (await window.soundloom!.state()) as { project: { tracks: { devices: Instrument[] }[] } }
    return project.tracks[at]!.devices[0]!
  }, track)

test('help is there for keys, a sampler’s end is dragged on its recording, a pad comes and goes', async ({ page }) => {
  const said = complaints(page)
  await open(page)
  const patch = {
    version: 1,
    units: { tape: { type: 'sampler' } },
    mods: [],
    out: { left: 'tape.left', right: 'tape.right' },
    voices: { max: 4, mode: 'poly', glideSeconds: 0 },
    groups: [],
  }
  const { trackId } = (await run(page, 'track.add', { presetId: 'circuit-kit' })) as { trackId: string }
  const { trackId: tape } = (await run(page, 'track.add', { presetId: 'silver-tines' })) as { trackId: string }
  await run(page, 'patch.load', { trackId: tape, patch })
  await run(page, 'track.select', { trackId: tape })

  const level = page.getByRole('slider', { name: 'Tape level' })
  await level.focus()
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Tab')
  await expect(level).toBeFocused()
  await expect(page.locator('.tip')).toContainText('0 % to 100 %, default 100 %')
  await expect(level).toHaveAccessibleDescription(/Output amplitude\.$/)

  const handles = page.locator('.instrument .handles').first()
  const { x, y, width } = (await handles.boundingBox())!
  await page.mouse.move(x + width - 5, y + 8)
  await page.mouse.down()
  await page.mouse.move(x + width / 2, y + 8, { steps: 4 })
  await page.mouse.up()
  await expect.poll(async () => (await instrument(page, 1)).values['tape.end']).toBeCloseTo(0.5, 1)
  await page.keyboard.press('Control+z')
  await expect.poll(async () => (await instrument(page, 1)).values['tape.end'] ?? 1).toBe(1)

  await run(page, 'track.select', { trackId })
  await page.getByRole('button', { name: 'Add pad' }).click()
  await page.getByRole('combobox', { name: 'Find a sound' }).fill('clay')
  await page.keyboard.press('Enter')
  const pad = page.getByRole('button', { name: /^Clay tom, A sharp 5/ })
  await expect(pad).toHaveAttribute('aria-pressed', 'true')
  expect((await new AxeBuilder({ page }).include('.pads').include('.padset').analyze()).violations).toEqual([])
  await pad.focus()
  await page.keyboard.press('Delete')
  await expect(pad).toHaveCount(0)
  await expect(page.locator('.pads .pad:focus')).toHaveCount(1)
  await page.keyboard.press('Control+z')
  await expect(pad).toHaveCount(1)
  expect(said).toEqual([])
})
