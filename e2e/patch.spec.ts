// A patch is edited while it plays: a modulation by keys alone, then its text; what is wrong is shown by its place (Playwright).
import { expect, test } from '@playwright/test'
import { complaints, open } from './app.ts'

test('a modulation is added and turned with the keyboard, a faulty text is refused, a good one plays', async ({
  page,
}) => {
  const said = complaints(page)
  await open(page)
  await page.evaluate(async () => {
    const { run } = window.soundloom!
    const { trackId } = (await run('track.add', { name: 'Bare' })) as { trackId: string }
    const patch = {
      version: 1,
      units: {
        osc: { type: 'saw' },
        filter: { type: 'svf', in: { in: ['osc'] } },
        env: { type: 'env' },
        amp: { type: 'gain', in: { in: ['filter'], mod: ['env'] } },
      },
      mods: [],
      out: { left: 'amp', right: 'amp' },
      voices: { max: 8, mode: 'poly', glideSeconds: 0 },
      groups: [],
    }
    await run('patch.load', { trackId, patch })
    await run('track.select', { trackId })
  })
  const patch = () =>
    page.evaluate(() => {
      const { project } = window.soundloom!.state() as {
        project: { tracks: { devices: { patch: { mods: object[] }; values: object }[] }[] }
      }
      const { patch, values } = project.tracks[0]!.devices[0]!
      return { mods: patch.mods, values }
    })

  await page.getByRole('button', { name: 'Add modulation' }).press('Enter')
  await expect(page.getByRole('button', { name: 'Source: none yet' })).toBeFocused()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'Mod wheel' }).press('Enter')
  await page.getByRole('button', { name: 'Target: none yet' }).press('Enter')
  await page.getByRole('menuitem', { name: 'Cutoff' }).press('Enter')
  const amount = page.getByRole('slider', { name: 'Mod wheel to filter cutoff amount' })
  await expect(amount).toBeFocused()
  await page.keyboard.press('Enter')
  await page.keyboard.type('2')
  await page.keyboard.press('Enter')
  await expect(amount).toHaveAttribute('aria-valuetext', '2 octaves')
  expect(await patch()).toEqual({
    mods: [{ id: 'm1', from: 'wheel', to: 'filter.cutoff', amount: 0 }],
    values: { 'amount.m1': 2 },
  })

  await page.getByRole('button', { name: 'Instrument menu' }).click()
  await page.getByRole('menuitem', { name: 'Edit patch…' }).click()
  const text = page.getByLabel('Patch as JSON')
  const written = await text.inputValue()
  await text.fill(written.replace('"saw"', '"sow"'))
  await text.press('Control+Enter')
  await expect(page.getByRole('button', { name: /^4:\d+ Unit "osc": There is no unit "sow"/ })).toBeVisible()
  expect((await patch()).values).toEqual({ 'amount.m1': 2 })
  await text.fill(written.replace('"wheel"', '"velocity"'))
  await text.press('Control+Enter')
  await expect(page.getByText('It plays now.')).toBeVisible()
  expect(await patch()).toEqual({
    mods: [{ id: 'm1', from: 'velocity', to: 'filter.cutoff', amount: 2 }],
    values: {},
  })
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Remove Velocity to filter cutoff' }).press('Enter')
  await expect(page.getByText('Nothing is moved yet.')).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(page.getByRole('slider', { name: 'Velocity to filter cutoff amount' })).toBeVisible()
  expect(said).toEqual([])
})
