// Groups and side chains by menu and keyboard: what the screen shows is what the document and the engine hold (Playwright).
import { AxeBuilder } from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import { complaints, open, sounds } from './app.ts'

interface State {
  readonly session: { readonly arrangement: { readonly folded: string[] } }
  readonly project: {
    readonly tracks: readonly {
      readonly id: string
      readonly name: string
      readonly kind: string
      readonly output?: string
      readonly devices: readonly { readonly sidechain?: { readonly source: string; readonly pre: boolean } }[]
    }[]
  }
}

const state = (page: Page): Promise<State> => page.evaluate(() => window.soundloom!.state() as never)
const run = (page: Page, id: string, args: object = {}): Promise<unknown> =>
  page.evaluate(([name, given]) => window.soundloom!.run(name, given), [id, args] as const)

test('tracks are grouped, folded and sent elsewhere; an effect listens to another track', async ({ page }) => {
  const said = complaints(page)
  await open(page)
  const [first] = await sounds(page)
  const ids: string[] = []
  for (const name of ['Kick', 'Bass'])
    ids.push(((await run(page, 'track.add', { name, presetId: first!.id })) as { trackId: string }).trackId)
  const rows = page.getByRole('group', { name: 'Tracks' })
  const nameOf = (name: string) => rows.getByRole('button', { name: new RegExp(`^${name},`) })

  await nameOf('Bass').focus()
  await page.keyboard.press('Control+g')
  await expect(nameOf('Group 1')).toBeVisible()
  const grouped = (await state(page)).project.tracks
  expect(grouped.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
    'Kick instrument',
    'Group 1 group',
    'Bass instrument',
  ])
  expect(grouped[2]!.output).toBe(grouped[1]!.id)

  // The other one by its menu.
  await nameOf('Kick').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Play to Group 1' }).click()
  await expect.poll(async () => (await state(page)).project.tracks[0]!.output).toBe(grouped[1]!.id)

  const fold = rows.getByRole('button', { name: 'Tracks of Group 1' })
  await expect(fold).toHaveAttribute('aria-expanded', 'true')
  await fold.click()
  await expect(nameOf('Bass')).toBeHidden()
  await expect(nameOf('Kick')).toBeHidden()
  expect((await new AxeBuilder({ page }).include('.arows').analyze()).violations).toEqual([])
  await fold.click()
  await expect(nameOf('Bass')).toBeVisible()

  await nameOf('Bass').click()
  await run(page, 'device.add', { trackId: ids[1], type: 'compressor' })
  const card = page.getByRole('article', { name: /^Compressor, effect/ })
  await card.getByRole('button', { name: /Side chain of Compressor/ }).click()
  await page.getByRole('option', { name: 'Kick' }).click()
  await card.getByRole('button', { name: /Where Compressor listens/ }).click()
  await page.getByRole('option', { name: 'Before its fader' }).click()
  await expect
    .poll(async () => (await state(page)).project.tracks[2]!.devices.at(-1)!.sidechain)
    .toEqual({ source: ids[0], pre: true })
  expect((await new AxeBuilder({ page }).include('.devices').analyze()).violations).toEqual([])

  await page.getByRole('button', { name: 'Add effect' }).last().click()
  await page.getByRole('option', { name: 'Rack', exact: true }).click()
  const rack = page.getByRole('group', { name: /^Rack, effect/ })
  const branch = rack.getByRole('region', { name: 'Branch 2' })
  await branch.getByRole('button', { name: 'Add effect' }).click()
  await page.getByRole('option', { name: 'Chorus', exact: true }).click()
  await expect(branch.getByRole('article', { name: /^Chorus/ })).toBeVisible()
  await rack.getByRole('button', { name: 'Add branch' }).click()
  await rack.getByRole('region', { name: 'Branch 1' }).getByRole('button', { name: 'Remove Branch 1' }).click()
  await expect(rack.getByRole('region')).toHaveCount(2)
  expect((await new AxeBuilder({ page }).include('.rack').analyze()).violations).toEqual([])
  if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/routing.png` })
  expect(said).toEqual([])
})
