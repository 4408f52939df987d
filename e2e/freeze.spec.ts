// A track is frozen by its menu, plays its recording in place of its voices, refuses edits aloud, and is thawed (Playwright).
import { AxeBuilder } from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import { complaints, open, peakDb, sounds, voices } from './app.ts'

const run = (page: Page, id: string, args: object = {}): Promise<unknown> =>
  page.evaluate(([name, given]) => window.soundloom!.run(name, given), [id, args] as const)
const frozen = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const { project } = window.soundloom!.state() as { project: { tracks: readonly { frozen?: object }[] } }
    return project.tracks.some((track) => track.frozen !== undefined)
  })

test('a frozen track plays its recording without a voice', async ({ page }) => {
  const said = complaints(page)
  await open(page)
  const [first] = await sounds(page)
  const { trackId } = (await run(page, 'track.add', { name: 'Pad', presetId: first!.id })) as { trackId: string }
  const notes = [0, 1, 2, 3].map((beat) => ({ beat, lengthBeats: 1, note: 57, velocity: 0.9 }))
  await run(page, 'clip.add', { trackId, startBeat: 0, lengthBeats: 4, notes })
  await run(page, 'transport.setLoop', { startBeat: 0, endBeat: 4, enabled: true })

  const row = page.getByRole('group', { name: 'Pad', exact: true })
  await row.getByRole('button', { name: /^Pad,/ }).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Freeze' }).click()
  const thaw = row.getByRole('button', { name: 'Unfreeze Pad' })
  await expect(thaw).toBeVisible()
  await row.getByRole('button', { name: /^Pad,/ }).click()
  await run(page, 'transport.play')
  await expect.poll(() => peakDb(page), { timeout: 10_000 }).toBeGreaterThan(-50)
  expect(await voices(page)).toBe(0)

  // What the recording holds is refused in words.
  await page.getByRole('switch', { name: / on$/ }).first().click()
  await expect(page.getByText('“Pad” is frozen')).toBeVisible()
  expect((await new AxeBuilder({ page }).include('.arows').include('.devices').analyze()).violations).toEqual([])
  if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/frozen.png` })

  await thaw.click()
  await expect.poll(() => frozen(page)).toBe(false)
  await expect.poll(() => voices(page), { timeout: 10_000 }).toBeGreaterThan(0)
  expect(said).toEqual([])
})
