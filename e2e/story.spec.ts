// The first user story: drop a file, see tiles, press one, hear it, play it from the keyboard, reload, all still there.
import { expect, test } from '@playwright/test'
import { GROUP, complaints, drop, expectNoVoices, expectSound, imported, open, sounds, stored, voices } from './app.ts'

test.describe('the story', () => {
  test('drop group.json, press a tile, play it, reload: its sounds are kept and play', async ({ page }) => {
    const said = complaints(page)
    await open(page)
    await drop(page, [GROUP.file])
    await expect.poll(() => imported(page)).toBe(GROUP.sounds)

    const grid = page.getByRole('grid', { name: 'Sounds' })
    const [first] = (await sounds(page)).filter(({ source }) => source.kind === 'import')
    const tile = grid.locator(`[data-preset="${first!.id}"]`)
    // Factory sounds come first in the list; the file's name filters.
    await page.getByRole('textbox', { name: 'Search sounds' }).fill('group.json')
    await expect(page.getByText(`${GROUP.sounds} sounds`, { exact: true })).toBeVisible()
    await tile.hover()
    await page.mouse.down()
    await expectSound(page)
    await expect(tile).toHaveAttribute('aria-selected', 'true')
    await page.mouse.up()
    await expectNoVoices(page)

    await page.getByRole('tab', { name: 'Keyboard' }).click()
    await page.keyboard.down('KeyZ')
    await page.keyboard.down('KeyC')
    await expect.poll(() => voices(page)).toBeGreaterThanOrEqual(2)
    await expect(page.locator('.piano .lit')).toHaveCount(2)
    await page.keyboard.up('KeyZ')
    await page.keyboard.up('KeyC')
    await expectNoVoices(page)

    const before = await sounds(page)
    // What is selected is saved a second later.
    await expect.poll(() => stored(page)).toContain(`"selectedPresetId":"${first!.id}"`)
    await page.reload()
    await page.waitForFunction(() => window.soundloom !== undefined)
    await page.evaluate(() => window.soundloom!.ready)
    expect(await sounds(page)).toEqual(before)
    await page.getByRole('textbox', { name: 'Search sounds' }).fill('group.json')
    await expect(tile).toHaveAttribute('aria-selected', 'true')
    await page.getByRole('heading', { name: 'Sounds' }).click()
    await page.keyboard.down('KeyZ')
    await expectSound(page)
    await page.keyboard.up('KeyZ')
    await expectNoVoices(page)
    expect(said).toEqual([])
  })

  test('the project is edited, undone by name, and kept over a reload', async ({ page }) => {
    await open(page)
    await drop(page, [GROUP.file])
    await expect.poll(() => imported(page)).toBe(GROUP.sounds)
    const [first] = (await sounds(page)).filter(({ source }) => source.kind === 'import')
    await page.evaluate(async (presetId) => {
      const { run } = window.soundloom!
      await run('audition.select', { presetId })
      await run('project.rename', { name: 'Evening' })
      await run('master.setVolume', { gainDb: -6 })
    }, first!.id)
    await expect(page.getByRole('button', { name: /Undo Master volume/ })).toBeEnabled()
    await page.keyboard.press('Control+z')
    await expect(page.getByRole('button', { name: /Undo Rename project/ })).toBeEnabled()
    const state = () =>
      page.evaluate(() => window.soundloom!.state() as { project: { name: string; master: { gainDb: number } } })
    expect((await state()).project.master.gainDb).toBe(0)
    await expect.poll(() => stored(page)).toContain('Evening')
    await expect(page.getByText('Saved on this device')).toBeVisible()
    await page.reload()
    await page.waitForFunction(() => window.soundloom !== undefined)
    await page.evaluate(() => window.soundloom!.ready)
    expect((await state()).project.name).toBe('Evening')
  })

  test('a knob turned by keys is heard as one undo step, and the edited sound is there after a reload', async ({
    page,
  }) => {
    await open(page)
    await drop(page, [GROUP.file])
    await expect.poll(() => imported(page)).toBe(GROUP.sounds)
    const first = (await sounds(page)).find(({ name }) => name === 'Pad_Warm_Calm')
    await page.evaluate((presetId) => window.soundloom!.run('audition.select', { presetId }), first!.id)
    const cutoff = page.getByRole('slider', { name: /cutoff/i }).first()
    const own = await cutoff.getAttribute('aria-valuetext')
    await cutoff.focus()
    await page.keyboard.press('ArrowUp')
    const edited = await cutoff.getAttribute('aria-valuetext')
    expect(edited).not.toBe(own)
    await expect(page.getByRole('button', { name: /Undo Cutoff/ })).toBeEnabled()
    await expect.poll(() => stored(page)).toContain(`"copies":{"${first!.id}"`)
    await page.reload()
    await page.waitForFunction(() => window.soundloom !== undefined)
    await page.evaluate(() => window.soundloom!.ready)
    await expect(cutoff).toHaveAttribute('aria-valuetext', edited!)
    await page.evaluate(() => window.soundloom!.run('audition.revert'))
    await expect(cutoff).toHaveAttribute('aria-valuetext', own!)
    await page.keyboard.press('Control+z')
    await expect(cutoff).toHaveAttribute('aria-valuetext', edited!)
  })

  test('undo of the import hides its sounds, redo brings them back', async ({ page }) => {
    await open(page)
    const before = (await sounds(page)).length
    await drop(page, [GROUP.file])
    await expect.poll(async () => (await sounds(page)).length).toBe(before + GROUP.sounds)
    await page.keyboard.press('Control+z')
    await expect.poll(async () => (await sounds(page)).length).toBe(before)
    await page.keyboard.press('Control+Shift+z')
    await expect.poll(async () => (await sounds(page)).length).toBe(before + GROUP.sounds)
  })

  test('no note stays: the window loses the focus, a text field takes it, Panic', async ({ page }) => {
    await open(page)
    await drop(page, [GROUP.file])
    await expect.poll(() => imported(page)).toBe(GROUP.sounds)
    const [first] = (await sounds(page)).filter(({ source }) => source.kind === 'import')
    await page.evaluate((presetId) => window.soundloom!.run('audition.select', { presetId }), first!.id)
    await page.getByRole('tab', { name: 'Keyboard' }).click()
    await page.keyboard.down('KeyZ')
    await expect.poll(() => voices(page)).toBeGreaterThan(0)
    await expect(page.locator('.piano .lit')).toHaveCount(1)
    await page.evaluate(() => window.dispatchEvent(new Event('blur')))
    await expect(page.locator('.piano .lit')).toHaveCount(0)
    await expectNoVoices(page)
    await page.keyboard.up('KeyZ')

    await page.keyboard.down('KeyZ')
    await expect.poll(() => voices(page)).toBeGreaterThan(0)
    await page.getByRole('textbox', { name: 'Search sounds' }).focus()
    await expect(page.locator('.piano .lit')).toHaveCount(0)
    await page.keyboard.up('KeyZ')
    await expectNoVoices(page)

    await page.evaluate(() => window.soundloom!.run('note.on', { note: 60, velocity: 1, source: 'test' }))
    await expect.poll(() => voices(page)).toBeGreaterThan(0)
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await expect(page.locator('.piano .lit')).toHaveCount(0)
    await expectNoVoices(page)
  })

  test('where the browser refuses storage the page works, and says that nothing is kept', async ({ page }) => {
    await page.addInitScript(() => {
      Object.defineProperty(window, 'indexedDB', {
        value: {
          open: () => {
            throw new DOMException('refused', 'SecurityError')
          },
        },
      })
    })
    const said = complaints(page)
    await open(page)
    await expect(page.getByText('Not kept')).toBeVisible()
    const [first] = await sounds(page)
    await page.evaluate((presetId) => window.soundloom!.run('audition.select', { presetId }), first!.id)
    await page.keyboard.down('KeyZ')
    await expectSound(page)
    await page.keyboard.up('KeyZ')
    expect(said).toEqual([])
  })
})
