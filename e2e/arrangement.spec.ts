// The arrangement by pointer, keyboard and drag: the song on the screen is the song in the document (Playwright).
import { expect, test, type Locator, type Page } from '@playwright/test'
import { complaints, open, sounds } from './app.ts'
import { axeFinds } from './axe.ts'
import { testOneOf } from './slice.ts'

const HEAD_WIDTH = 208

interface State {
  readonly transport: { readonly beatPos: number; readonly playing: boolean }
  readonly session: {
    readonly selectedTrackId: string | null
    readonly selectedClipId: string | null
    readonly arrangement: {
      readonly pixelsPerBeat: number | null
      readonly follow: boolean
      readonly openLanes: string[]
    }
  }
  readonly project: {
    readonly loop: { readonly startTick: number; readonly endTick: number; readonly enabled: boolean }
    readonly tracks: readonly {
      readonly id: string
      readonly name: string
      readonly mute: boolean
      readonly solo: boolean
      readonly gainDb: number
      readonly pan: number
      readonly devices: readonly { readonly presetId?: string }[]
      readonly clips: readonly { readonly id: string; readonly startTick: number }[]
    }[]
  }
}
const BEAT = 15_360

const state = (page: Page): Promise<State> => page.evaluate(() => window.soundloom!.state() as never)
const run = (page: Page, id: string, args: object = {}): Promise<unknown> =>
  page.evaluate(([name, given]) => window.soundloom!.run(name, given), [id, args] as const)

/** Two tracks of 16 bars: Bass with two clips, Pad with one and a lane. */
async function song(page: Page): Promise<{ bass: string; pad: string; clips: string[] }> {
  const [first] = await sounds(page)
  const added = async (name: string): Promise<string> =>
    ((await run(page, 'track.add', { name, presetId: first!.id })) as { trackId: string }).trackId
  const bass = await added('Bass')
  const pad = await added('Pad')
  const notes = Array.from({ length: 32 }, (_, i) => ({
    beat: i / 2,
    lengthBeats: 0.4,
    note: 40 + (i % 5),
    velocity: 0.8,
  }))
  const clips: string[] = []
  for (const [trackId, name, startBeat] of [
    [bass, 'Verse', 16],
    [bass, 'Chorus', 40],
    [pad, 'Long', 0],
  ] as const) {
    const args = { trackId, name, startBeat, lengthBeats: 16, notes }
    clips.push(((await run(page, 'clip.add', args)) as { clipId: string }).clipId)
  }
  const lane = (await run(page, 'automation.add', { trackId: pad, target: 'gain' })) as { laneId: string }
  await run(page, 'automation.addPoint', { laneId: lane.laneId, beat: 0, value: -12 })
  await run(page, 'automation.addPoint', { laneId: lane.laneId, beat: 32, value: 0 })
  await run(page, 'view.setZoom', { pixelsPerBeat: 10 })
  await run(page, 'view.setSnap', { snap: 'bar' })
  return { bass, pad, clips }
}

/** The place of a beat on the screen, with the song scrolled to its start. */
async function beatX(page: Page, beat: number): Promise<number> {
  const box = (await page.locator('.arr').boundingBox())!
  const perBeat = (await state(page)).session.arrangement.pixelsPerBeat!
  return box.x + HEAD_WIDTH + beat * perBeat
}
const middle = async (of: Locator): Promise<{ x: number; y: number }> => {
  const { x, y, width, height } = (await of.boundingBox())!
  return { x: x + width / 2, y: y + height / 2 }
}
/** On the brace itself: below it is the ruler. */
const grip = async (of: Locator): Promise<{ x: number; y: number }> => {
  const { x } = await middle(of)
  return { x, y: (await of.boundingBox())!.y + 5 }
}
const beatPos = async (page: Page): Promise<number> => (await state(page)).transport.beatPos
const track = async (page: Page, id: string) => (await state(page)).project.tracks.find((one) => one.id === id)!

test.beforeEach(async ({ page }) => {
  await open(page)
})

test('a press on the ruler and one on an empty lane go there, on the grid; Alt leaves it', async ({ page }) => {
  await song(page)
  const top = (await page.getByRole('slider', { name: 'Song position' }).boundingBox())!.y
  await page.mouse.click(await beatX(page, 8.7), top + 16)
  await expect.poll(() => beatPos(page)).toBe(8)
  const bass = await middle(page.getByRole('group', { name: 'Bass', exact: true }))
  await page.mouse.click(await beatX(page, 34), bass.y)
  await expect.poll(() => beatPos(page)).toBe(36)
  await page.keyboard.down('Alt')
  await page.mouse.click(await beatX(page, 9.5), bass.y)
  await page.keyboard.up('Alt')
  await expect.poll(() => beatPos(page)).toBeCloseTo(9.5, 1)
})

test('the loop goes where its brace is dragged, start, end and whole, in one undo step each', async ({ page }) => {
  await song(page)
  await run(page, 'transport.setLoop', { startBeat: 8, endBeat: 24, enabled: true })
  const loop = async () => {
    const { startTick, endTick } = (await state(page)).project.loop
    return [startTick / BEAT, endTick / BEAT]
  }
  // One move each: a pause of a second, as a busy machine makes, would end the gesture.
  const drag = async (part: string, toBeat: number) => {
    const { x, y } = await grip(page.getByRole('slider', { name: part, exact: true }))
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x + (await beatX(page, toBeat)) - (await beatX(page, 0)), y)
    await page.mouse.up()
  }
  await drag('Loop end', 8)
  expect(await loop()).toEqual([8, 32])
  await drag('Loop start', 4)
  expect(await loop()).toEqual([12, 32])
  await drag('Loop', 8)
  expect(await loop()).toEqual([20, 40])
  for (const before of [
    [12, 32],
    [8, 32],
    [8, 24],
  ]) {
    await run(page, 'history.undo')
    expect(await loop()).toEqual(before)
  }
  await page.getByRole('slider', { name: 'Loop', exact: true }).press('Enter')
  expect((await state(page)).project.loop.enabled).toBe(false)
})

test('heads mute, solo, set volume and pan, rename; each by pointer and by keys', async ({ page }) => {
  const { bass } = await song(page)
  await page.getByRole('button', { name: 'Mute Bass' }).click()
  await page.getByRole('button', { name: 'Solo Bass' }).click()
  expect(await track(page, bass)).toMatchObject({ mute: true, solo: true })
  await expect(page.getByRole('button', { name: 'Mute Bass' })).toHaveAttribute('aria-pressed', 'true')

  const volume = page.getByRole('slider', { name: 'Volume of Bass' })
  const { x, y } = await middle(volume)
  await page.mouse.click(x - 20, y)
  expect((await track(page, bass)).gainDb).toBeLessThan(-6)
  await volume.press('Home')
  await expect(volume).toHaveAttribute('aria-valuetext', 'silent')
  await volume.press('Delete')
  await volume.press('ArrowDown')
  expect((await track(page, bass)).gainDb).toBe(-0.5)

  const pan = page.getByRole('slider', { name: 'Pan of Bass' })
  const at = await middle(pan)
  await page.mouse.move(at.x, at.y)
  await page.mouse.down()
  await page.mouse.move(at.x, at.y - 30, { steps: 3 })
  await page.mouse.up()
  expect((await track(page, bass)).pan).toBeCloseTo(0.3, 6)
  await expect(pan).toHaveAttribute('aria-valuetext', '30 % right')

  await page.getByRole('button', { name: /^Bass, 2 clips/ }).dblclick()
  await page.keyboard.type('Low end')
  await page.keyboard.press('Enter')
  expect((await track(page, bass)).name).toBe('Low end')
})

test('by keys alone: tracks, M and S while letters play notes, clips, places', async ({ page }) => {
  const { bass, pad, clips } = await song(page)
  await run(page, 'track.select', { trackId: bass })
  await page.getByRole('button', { name: 'Follow' }).focus()
  const focused = page.locator(':focus')
  for (let presses = 0; presses < 40 && !(await focused.getAttribute('aria-label'))?.startsWith('Bass'); presses++)
    await page.keyboard.press('Tab')
  await page.keyboard.press('ArrowDown')
  await expect(focused).toHaveAccessibleName(/^Pad, 1 clip/)
  await page.keyboard.press('m')
  await page.keyboard.press('s')
  expect(await track(page, pad)).toMatchObject({ mute: true, solo: true })
  await page.keyboard.press('Enter')
  expect((await state(page)).session.selectedTrackId).toBe(pad)

  while ((await focused.getAttribute('role')) !== 'option') await page.keyboard.press('Tab')
  await expect(focused).toHaveAccessibleName('Pad, clip Long, bar 1 to 5, 32 notes')
  await page.keyboard.press('ArrowUp')
  await expect(focused).toHaveAccessibleName('Bass, clip Verse, bar 5 to 9, 32 notes')
  await page.keyboard.press('ArrowRight')
  await expect(focused).toHaveAccessibleName('Bass, clip Chorus, bar 11 to 15, 32 notes')
  await page.keyboard.press('Enter')
  await expect(focused).toHaveAttribute('aria-selected', 'true')
  expect((await state(page)).session.selectedClipId).toBe(clips[1])
  await page.keyboard.press('Alt+ArrowRight')
  await expect(focused).toHaveAccessibleName(/bar 12 to 16/)
  await page.keyboard.press('Control+d')
  await expect(focused).toHaveAccessibleName(/bar 16 to 20/)
  await page.keyboard.press('Delete')
  await expect(focused).toHaveAccessibleName(/bar 12 to 16/)
  expect((await track(page, bass)).clips).toHaveLength(2)
  await page.keyboard.press('ArrowDown')
  await expect(focused).toHaveAccessibleName(/^Pad, clip Long/)

  const ruler = page.getByRole('slider', { name: 'Song position' })
  await ruler.press('Home')
  await ruler.press('PageUp')
  await ruler.press('ArrowRight')
  await expect.poll(() => beatPos(page)).toBe(5)
  await expect(ruler).toHaveAttribute('aria-valuetext', 'bar 2 beat 2')
})

test('a track is moved, duplicated and removed by its keys and its menu, and the focus stays on a track', async ({
  page,
}) => {
  await song(page)
  const names = async () => (await state(page)).project.tracks.map(({ name }) => name)
  const focused = page.locator(':focus')
  await page.getByRole('button', { name: /^Bass/ }).focus()
  await page.keyboard.press('Alt+ArrowDown')
  expect(await names()).toEqual(['Pad', 'Bass'])
  await expect(focused).toHaveAccessibleName(/^Bass/)
  await page.keyboard.press('Control+d')
  expect(await names()).toEqual(['Pad', 'Bass', 'Bass copy'])
  await page.keyboard.press('Delete')
  expect(await names()).toEqual(['Pad', 'Bass copy'])
  await expect(focused).toHaveAccessibleName(/clips?$/)
  await page.getByRole('button', { name: /^Pad/ }).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Automate pan' }).click()
  await expect(page.getByRole('group', { name: 'Automation of Pad' })).toHaveCount(2)
  await page.getByRole('button', { name: /^Pad/ }).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Remove' }).click()
  await page.getByRole('button', { name: /^Bass copy/ }).press('Delete')
  await expect(page.getByText('Drop a sound here to make a track')).toBeVisible()
  await run(page, 'history.undo')
  await expect(page.getByRole('group', { name: 'Bass copy', exact: true })).toBeVisible()
})

test('a press on a clip selects it, a drag moves it to another bar and track, in one undo step', async ({ page }) => {
  const { bass, pad, clips } = await song(page)
  const verse = page.getByRole('option', { name: /clip Verse/ })
  const { x, y } = await middle(verse)
  await page.mouse.move(x, y)
  await page.mouse.down()
  expect((await state(page)).session.selectedClipId).toBe(clips[0])
  const padY = (await middle(page.getByRole('group', { name: 'Pad', exact: true }))).y
  await page.mouse.move(x + 85, padY, { steps: 5 })
  await page.keyboard.press('Escape')
  await page.mouse.up()
  expect((await track(page, bass)).clips).toHaveLength(2)
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + 85, padY, { steps: 5 })
  await page.mouse.up()
  expect((await track(page, pad)).clips.map(({ startTick }) => startTick / BEAT)).toContain(24)
  expect((await track(page, bass)).clips).toHaveLength(1)
  await run(page, 'history.undo')
  expect((await track(page, bass)).clips.map(({ startTick }) => startTick / BEAT)).toEqual([16, 40])
})

test('zoom keeps what is under the pointer; plus, minus and fit; the view is kept over a reload', async ({ page }) => {
  await song(page)
  const x = await beatX(page, 32)
  const beatAt = (at: number) =>
    page.evaluate(
      ([screenX, head]) => {
        const song = document.querySelector<HTMLElement>('.arrsong')!
        const perBeat = Number.parseFloat(song.style.getPropertyValue('--ppb'))
        return (screenX! - song.getBoundingClientRect().x - head!) / perBeat
      },
      [at, HEAD_WIDTH],
    )
  await page.mouse.move(x, 300)
  await page.keyboard.down('Control')
  await page.mouse.wheel(0, -240)
  await page.mouse.wheel(0, -240)
  await page.keyboard.up('Control')
  await expect.poll(async () => (await state(page)).session.arrangement.pixelsPerBeat).toBeCloseTo(40, 6)
  await expect.poll(() => beatAt(x)).toBeCloseTo(32, 1)
  await page.getByRole('button', { name: /^Bass/ }).focus()
  await page.keyboard.press('-')
  await expect.poll(async () => (await state(page)).session.arrangement.pixelsPerBeat).toBeCloseTo(32, 6)
  await page.getByRole('button', { name: 'Zoom to the whole song' }).click()
  await expect.poll(async () => (await state(page)).session.arrangement.pixelsPerBeat).toBeNull()
  await page.getByRole('button', { name: 'Automation of Pad' }).click()
  await expect(page.getByRole('group', { name: 'Automation of Pad' })).toContainText('−12.0 dB')
  await expect(page.getByText('Saved on this device')).toBeVisible()
  await page.waitForFunction(() => !document.querySelector('.dot.dim'))
  await page.reload()
  await page.waitForFunction(() => window.soundloom !== undefined)
  await page.evaluate(() => window.soundloom!.ready)
  await expect(page.getByRole('group', { name: 'Automation of Pad' })).toBeVisible()
})

test('the page turns with the playhead, and stays where the user scrolls', async ({ page }) => {
  await song(page)
  await run(page, 'view.setZoom', { pixelsPerBeat: 160 })
  const scrolled = () => page.locator('.arr').evaluate((element) => element.scrollLeft)
  await page.getByRole('button', { name: 'Mute Pad' }).click()
  await run(page, 'transport.setTempo', { bpm: 300 })
  await run(page, 'transport.play')
  await expect.poll(scrolled).toBeGreaterThan(300)
  await page.mouse.move(700, 300)
  await page.mouse.wheel(-5000, 0)
  await expect.poll(async () => (await state(page)).session.arrangement.follow).toBe(false)
  await expect(page.getByRole('button', { name: 'Follow' })).toHaveAttribute('aria-pressed', 'false')
  await run(page, 'transport.stop')
  await run(page, 'view.setFollow', { on: true })
  await run(page, 'transport.seek', { beats: 30 })
  await expect.poll(scrolled).toBeGreaterThan(3000)
  await run(page, 'transport.toStart')
  await expect.poll(scrolled).toBe(0)
})

test('while it plays only playhead and meters move: the song is not drawn again', async ({ page }) => {
  const said = complaints(page)
  await page.addInitScript(() => {
    const counts = { clips: 0, frames: 0 }
    Object.assign(window, { counts })
    const { roundRect } = CanvasRenderingContext2D.prototype
    CanvasRenderingContext2D.prototype.roundRect = function (...box) {
      counts.clips++
      return roundRect.apply(this, box)
    }
    const frame = () => {
      counts.frames++
      requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
  })
  await open(page)
  await song(page)
  await run(page, 'view.setZoom', { pixelsPerBeat: null })
  await page.getByRole('button', { name: 'Solo Bass' }).click()
  await run(page, 'transport.seek', { beats: 16 })
  await run(page, 'transport.play')
  const playhead = () => page.locator('.playhead').evaluate((element) => element.style.transform)
  const before = await playhead()
  await expect.poll(playhead).not.toBe(before)
  const counts = () =>
    page.evaluate(() => ({ ...(window as unknown as { counts: { clips: number; frames: number } }).counts }))
  const start = await counts()
  await expect.poll(async () => (await counts()).frames, { timeout: 20_000 }).toBeGreaterThan(start.frames + 60)
  expect((await counts()).clips).toBe(start.clips)
  expect(start.clips).toBeGreaterThan(0)
  // The meter of what plays has colour at its foot; that of what is left out has none.
  const lit = (name: string) =>
    page
      .getByRole('group', { name, exact: true })
      .locator('canvas')
      .evaluate((canvas: HTMLCanvasElement) => {
        const [r, g, b] = canvas.getContext('2d')!.getImageData(1, canvas.height - 2, 1, 1).data
        return Math.max(r!, g!, b!) - Math.min(r!, g!, b!) > 30
      })
  await expect.poll(() => lit('Bass')).toBe(true)
  expect(await lit('Pad')).toBe(false)
  await run(page, 'transport.stop')
  expect(said).toEqual([])
})

test('a sound dragged onto a track replaces its sound, below the tracks it makes a new one', async ({ page }) => {
  const { bass } = await song(page)
  const other = (await sounds(page))[5]!
  const transfer = await page.evaluateHandle((id) => {
    const data = new DataTransfer()
    data.setData('application/x-soundloom-preset', id)
    return data
  }, other.id)
  const hover = async (name: string, clientX: number, clientY: number) =>
    page.dispatchEvent('.arr', name, { dataTransfer: transfer, clientX, clientY, bubbles: true, cancelable: true })
  const { x, y } = await middle(page.getByRole('group', { name: 'Bass', exact: true }))
  await hover('dragover', x, y)
  await expect(page.getByText('Replace the sound of Bass')).toBeVisible()
  await hover('drop', x, y)
  await expect.poll(async () => (await track(page, bass)).devices[0]!.presetId).toBe(other.id)
  await hover('dragover', x, y + 300)
  await expect(page.getByText('New track with this sound')).toBeVisible()
  await hover('drop', x, y + 300)
  await expect.poll(async () => (await state(page)).project.tracks.length).toBe(3)
  expect((await state(page)).project.tracks[2]!.devices[0]!.presetId).toBe(other.id)
})

const LOOKS = {
  dark: { colorScheme: 'dark' },
  light: { colorScheme: 'light' },
  'forced colours': { forcedColors: 'active' },
} as const
for (const [index, [name, media]] of Object.entries(LOOKS).entries()) {
  testOneOf(index, 3)(`axe finds nothing in the arrangement, ${name}`, async ({ page }) => {
    await page.emulateMedia(media)
    const { pad, clips } = await song(page)
    await run(page, 'marker.add', { beat: 0, name: 'Intro' })
    await run(page, 'marker.add', { beat: 16, name: 'Verse' })
    await run(page, 'view.setLane', { lane: pad, open: true })
    await run(page, 'clip.select', { clipId: clips[0] })
    await page.waitForTimeout(300)
    expect(await axeFinds(page, ['.arrangement'])).toEqual([])
  })
}
