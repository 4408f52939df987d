// Pictures that are edited: a band dragged, a curve drawn by keys, each one undo step (Playwright).
import { AxeBuilder } from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import { complaints, open, sounds } from './app.ts'

type Values = Readonly<Record<string, number | string>>

const run = (page: Page, id: string, args: object = {}): Promise<unknown> =>
  page.evaluate(([name, given]) => window.soundloom!.run(name, given), [id, args] as const)
const values = (page: Page, place: number): Promise<Values> =>
  page.evaluate(async (at) => {
    const { project } = (await window.soundloom!.state()) as {
      project: { tracks: { devices: { values: Values }[] }[] }
    }
    return project.tracks[0]!.devices.at(at)!.values
  }, place)

test('a band of the equaliser is dragged, a point of the waveshaper moved by keys', async ({ page }) => {
  const said = complaints(page)
  await open(page)
  const { trackId } = (await run(page, 'track.add', { presetId: (await sounds(page))[0]!.id })) as { trackId: string }
  for (const type of ['eq8', 'waveshaper']) await run(page, 'device.add', { trackId, type })
  await run(page, 'track.select', { trackId })

  const equaliser = page.getByRole('article', { name: /^Equaliser, eight bands/ })
  const picture = equaliser.locator('.handles')
  await picture.scrollIntoViewIfNeeded()
  const { x, y, width, height } = (await picture.boundingBox())!
  // Band 4 rests at 800 Hz on the middle line; three decades are the width, 42 dB the height.
  const from = { x: x + (Math.log10(800 / 20) / 3) * width, y: y + height / 2 }
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move(from.x + width / 12, from.y - height / 7, { steps: 4 })
  await page.mouse.up()
  await expect.poll(async () => (await values(page, -2)).band4Gain).toBeCloseTo(6, 0)
  expect(Number((await values(page, -2)).band4Frequency)).toBeGreaterThan(1300)
  await expect(equaliser.getByRole('tab', { name: 'Band 4' })).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Control+z')
  await expect.poll(async () => (await values(page, -2)).band4Gain ?? 0).toBe(0)
  expect((await values(page, -2)).band4Frequency ?? 800).toBe(800)

  const curve = page.getByRole('slider', { name: 'Curve of Waveshaper' })
  await curve.focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowUp')
  await expect.poll(async () => (await values(page, -1)).point1).toBeCloseTo(-0.9, 9)
  await expect(curve).toHaveAttribute('aria-valuetext', /^Point 1 of \d+: in −100 %, out −90 %$/)
  expect((await new AxeBuilder({ page }).include('.devices').analyze()).violations).toEqual([])
  await page.keyboard.press('Control+z')
  await expect.poll(async () => (await values(page, -1)).point1 ?? -1).toBe(-1)
  expect(said).toEqual([])
})
