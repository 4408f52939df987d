// Projects in a real browser: saved with their history, opened again, shared between two tabs (Playwright).
import { expect, test, type Page } from '@playwright/test'
import { complaints, open } from './app.ts'

const run = <Result = unknown>(page: Page, id: string, args: object = {}): Promise<Result> =>
  page.evaluate(([id, args]) => window.soundloom!.run(id, args), [id, args] as const) as Promise<Result>
/** The code of the refusal; null where the command was done. */
const refusal = (page: Page, id: string, args: object = {}): Promise<string | null> =>
  page.evaluate(
    ([id, args]) =>
      window.soundloom!.run(id, args).then(
        () => null,
        (error: unknown) => (error as { code: string }).code,
      ),
    [id, args] as const,
  )

interface Seen {
  readonly id: string
  readonly name: string
  readonly tracks: readonly { readonly id: string; readonly name: string; readonly gainDb: number }[]
}
const project = (page: Page): Promise<Seen> =>
  page.evaluate(() => window.soundloom!.state().project) as Promise<unknown> as Promise<Seen>
const saved = (page: Page): Promise<void> => expect(page.getByText('Saved on this device')).toBeVisible()

async function again(page: Page): Promise<void> {
  await page.reload()
  await page.waitForFunction(() => window.soundloom !== undefined)
  await page.evaluate(() => window.soundloom!.ready)
}

test.describe('projects', () => {
  test('an edited song is there after a reload, and its edits can still be undone and redone', async ({ page }) => {
    const said = complaints(page)
    await open(page)
    const [sound] = await page.evaluate(() => window.soundloom!.presets())
    const { trackId } = await run<{ trackId: string }>(page, 'track.add', { presetId: sound!.id })
    await run(page, 'track.setGain', { trackId, gainDb: -6 })
    const notes = [{ beat: 0, lengthBeats: 1, note: 60, velocity: 0.8 }]
    await run(page, 'clip.add', { trackId, startBeat: 0, lengthBeats: 4, notes })
    await run(page, 'history.undo')
    await saved(page)
    const before = await project(page)
    await again(page)
    expect(await project(page)).toEqual(before)
    expect(await run(page, 'history.redo')).toEqual({ done: 'Add clip' })
    for (const done of ['Add clip', `Volume ${sound!.name}`, `Add ${sound!.name}`])
      expect(await run(page, 'history.undo')).toEqual({ done })
    expect((await project(page)).tracks).toEqual([])
    expect(said).toEqual([])
  })

  test('the open project is saved before another one opens, and what is in the bin comes back', async ({ page }) => {
    await open(page)
    await run(page, 'track.add', { name: 'Bass' })
    const first = await project(page)
    await run(page, 'project.new', { name: 'Second' })
    expect((await project(page)).tracks).toEqual([])
    await run(page, 'project.delete', { projectId: first.id })
    expect(await refusal(page, 'project.open', { projectId: first.id })).toBe('conflict')
    await again(page)
    expect((await project(page)).name).toBe('Second')
    await run(page, 'project.restore', { projectId: first.id })
    await run(page, 'project.open', { projectId: first.id })
    expect(await project(page)).toEqual(first)
  })

  test('a second tab is read-only, sees what is saved, and takes over with nothing lost', async ({ context, page }) => {
    await open(page)
    const { trackId } = await run<{ trackId: string }>(page, 'track.add', { name: 'Bass' })
    await saved(page)
    const other = await context.newPage()
    const said = complaints(other)
    await open(other)
    expect(await project(other)).toEqual(await project(page))
    const edit = (gainDb: number) => ['track.setGain', { trackId, gainDb }] as const
    expect(await refusal(other, ...edit(-1))).toBe('conflict')

    await run(page, ...edit(-3))
    await expect.poll(async () => (await project(other)).tracks[0]!.gainDb).toBe(-3)

    // Not saved yet when the other one asks.
    await run(page, ...edit(-6))
    expect(await run(other, 'project.takeOver')).toMatchObject({ readOnly: false })
    expect((await project(other)).tracks[0]!.gainDb).toBe(-6)
    expect(await refusal(page, ...edit(-1))).toBe('conflict')
    await run(other, ...edit(-9))
    await expect.poll(async () => (await project(page)).tracks[0]!.gainDb).toBe(-9)

    // The one that stays goes on.
    await other.close()
    await expect.poll(() => refusal(page, ...edit(-2))).toBeNull()
    expect(said).toEqual([])
  })

  test('a second tab goes on with a copy', async ({ context, page }) => {
    await open(page)
    await run(page, 'project.rename', { name: 'Evening' })
    await saved(page)
    const other = await context.newPage()
    await open(other)
    expect(await run(other, 'project.openCopy')).toMatchObject({ name: 'Evening copy', readOnly: false })
    expect(await refusal(other, 'project.rename', { name: 'Mine' })).toBeNull()
    expect(await refusal(page, 'project.rename', { name: 'Still mine' })).toBeNull()
  })
})
