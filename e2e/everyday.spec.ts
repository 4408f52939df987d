// Everyday work on the demo by keyboard, and sounds by drag (Playwright).
import { expect, test, type Page } from '@playwright/test'
import { complaints, open, sounds, tabTo, voices } from './app.ts'
import { oneOf } from './slice.ts'

interface State {
  readonly transport: { playing: boolean; beatPos: number; samplePos: number }
  readonly project: {
    id: string
    name: string
    tracks: { id: string; name: string; mute: boolean; devices: { id: string; type: string; presetId?: string }[] }[]
  }
  readonly session: { selectedTrackId: string | null }
}
const state = (page: Page): Promise<State> => page.evaluate(() => window.soundloom!.state() as unknown as State)

test('by keyboard alone: the demo is played, sought and muted, a sound is found and placed on a track, and undone', async ({
  page,
}) => {
  oneOf(0, 2)
  test.slow()
  const said = complaints(page)
  await open(page)
  await tabTo(page, 'button', 'Play the demo')
  await page.keyboard.press('Enter')
  await expect.poll(() => voices(page)).toBeGreaterThan(0)
  await expect.poll(async () => (await state(page)).transport.beatPos).toBeGreaterThan(1)
  await expect(page.getByRole('group', { name: 'Transport' })).toMatchAriaSnapshot(`
    - group "Transport":
      - button "To the start"
      - button "Pause"
      - button "Stop"
      - button "Loop" [pressed]
      - button /Position/
      - slider "Tempo"
      - button "Time signature 4/4"
      - button "Key D dorian"
      - button "Metronome"
      - button "Metronome options"
  `)

  // Paused, the place is typed: bar 9 is where its drums begin.
  await tabTo(page, 'button', 'Pause')
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await state(page)).transport.playing).toBe(false)
  await tabTo(page, 'button', /^Position/)
  await page.keyboard.press('Enter')
  await page.keyboard.type('9')
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await state(page)).transport.beatPos).toBe(32)
  await expect(page.getByRole('button', { name: /^Position/ })).toBeFocused()

  await tabTo(page, 'slider', 'Tempo')
  await page.keyboard.press('Enter')
  await page.keyboard.type('97.5')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('slider', { name: 'Tempo' })).toHaveAttribute('aria-valuetext', '97.5 beats per minute')
  await page.keyboard.press('Control+z')
  await expect(page.getByRole('slider', { name: 'Tempo' })).toHaveAttribute('aria-valuetext', '100 beats per minute')

  const [first] = (await state(page)).project.tracks
  const mute = await tabTo(page, 'button', new RegExp(`^Mute ${first!.name}`))
  await page.keyboard.press('Enter')
  await expect(mute).toHaveAttribute('aria-pressed', 'true')
  expect((await state(page)).project.tracks[0]!.mute).toBe(true)

  const found = (await sounds(page)).find(({ name }) => name === 'Lantern')!
  await tabTo(page, 'textbox', /sounds/i)
  await page.keyboard.type('lantern')
  const tile = page.locator(`[data-preset="${found.id}"]`)
  await expect(tile).toBeVisible()
  await tabTo(page, 'gridcell', /Lantern/)
  await page.keyboard.press('Shift+Enter')
  const soundOf = async (at: number) => (await state(page)).project.tracks[at]!.devices[0]!.presetId
  const before = first!.devices[0]!.presetId
  await expect.poll(() => soundOf(0)).toBe(found.id)
  await page.keyboard.press('Control+z')
  await expect.poll(() => soundOf(0)).toBe(before)

  const tracks = (await state(page)).project.tracks.length
  await tabTo(page, 'gridcell', /Lantern/)
  await page.keyboard.press('Control+Enter')
  await expect.poll(async () => (await state(page)).project.tracks.length).toBe(tracks + 1)
  expect(await soundOf(tracks)).toBe(found.id)
  await expect(
    page.getByRole('region', { name: 'Devices and keyboard' }).getByRole('heading', { level: 2 }),
  ).toHaveText('Lantern')

  // Space plays from anywhere that does not take it itself.
  await page.keyboard.press('Home')
  await tabTo(page, 'slider', 'Tempo')
  await page.keyboard.press('Space')
  await expect.poll(async () => (await state(page)).transport.playing).toBe(true)
  await page.keyboard.press('Space')
  await expect.poll(async () => (await state(page)).transport.playing).toBe(false)
  expect(said).toEqual([])
})

test('effects of a track are added, moved and removed with keys, each one undo step', async ({ page }) => {
  oneOf(1, 2)
  test.slow()
  await open(page)
  const presetId = (await sounds(page))[0]!.id
  await page.evaluate((id) => window.soundloom!.run('track.add', { presetId: id }), presetId)
  const types = async () => (await state(page)).project.tracks[0]!.devices.slice(1).map(({ type }) => type)
  const own = await types()
  await tabTo(page, 'button', 'Add effect')
  await page.keyboard.press('Enter')
  // The field finds by name, category or what else an effect is called; arrows walk through what it found.
  await expect(page.getByRole('combobox', { name: 'Find an effect' })).toBeFocused()
  await page.keyboard.type('echo')
  const name = await page.getByRole('option').nth(1).innerText()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await types()).length).toBe(own.length + 1)
  const added = (await types()).at(-1)!
  const power = await tabTo(page, 'switch', `${name} on`)
  await page.keyboard.press('ArrowLeft')
  await expect.poll(types).toEqual([...own.slice(0, -1), added, ...own.slice(-1)])
  await power.focus()
  await page.keyboard.press('Delete')
  await expect.poll(types).toEqual(own)
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  await expect.poll(types).toEqual([...own, added])
  await page.keyboard.press('Control+z')
  await expect.poll(types).toEqual(own)
})

test('a sound is dragged to the devices of a track and takes their place, and to the empty page as its first track', async ({
  page,
}) => {
  await open(page)
  const tiles = page.getByRole('gridcell')
  await tiles.nth(0).dragTo(page.getByRole('main', { name: 'Start' }))
  await expect.poll(async () => (await state(page)).project.tracks.length).toBe(1)
  const first = (await state(page)).project.tracks[0]!.devices[0]!.presetId
  expect(first).toBe(await tiles.nth(0).getAttribute('data-preset'))
  await tiles.nth(1).dragTo(page.getByRole('tabpanel', { name: 'Devices' }))
  const soundNow = async () => (await state(page)).project.tracks[0]!.devices[0]!.presetId
  await expect.poll(soundNow).toBe(await tiles.nth(1).getAttribute('data-preset'))
  await page.keyboard.press('Control+z')
  await expect.poll(soundNow).toBe(first)
})

test('F1 lists the shortcuts, those of the commands among them, and Escape leaves', async ({ page }) => {
  await open(page)
  await page.keyboard.press('F1')
  const sheet = page.getByRole('dialog', { name: 'Shortcuts' })
  await expect(sheet).toContainText('Ctrl Shift Z')
  await expect(sheet).toContainText('Play or pause')
  await page.keyboard.press('Escape')
  await expect(sheet).toHaveCount(0)
})
