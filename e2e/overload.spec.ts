// A real overload: quality is given up, the event names what costs most, and it comes back when the budget is raised (Playwright).
import { expect, test } from '@playwright/test'
import { voicePatch } from '../src/compile/benchWorks.ts'
import type { Patch } from '../src/presets/model.ts'
import { MAX_CPU } from '../src/params/budget.ts'
import { complaints, open } from './app.ts'

interface Event {
  readonly level: number
  readonly before: number
  readonly load: number | null
  readonly frame: number
}

/** Four stacks of sixteen saws: a few dozen voices are too much for the smallest budget of any computer, one at a time none. */
const heavy = (): Patch => {
  const { units, ...patch } = voicePatch(64)
  const stacks = ['a', 'b', 'c', 'd'].map((name) => [name, { type: 'unison', values: { voices: 16 } }])
  const amp = { type: 'gain', in: { in: ['a', 'b', 'c', 'd'].map((name) => `${name}.left`), mod: ['env'] } }
  return {
    ...patch,
    units: { ...Object.fromEntries(stacks), env: units.env!, amp },
    mods: [],
    out: { left: 'amp', right: 'amp' },
  } as Patch
}
/** Struck at a time, so that the load grows past the budget by little. */
const HANDFUL = 4

test('an overload costs quality and names the track; with a larger budget the quality returns', async ({ page }) => {
  const said = complaints(page)
  await open(page)
  await page.mouse.click(5, 5)
  const run = (id: string, args: object): Promise<unknown> =>
    page.evaluate(([name, given]) => window.soundloom!.run(name, given), [id, args] as const)
  const events = (): Promise<readonly Event[]> =>
    page.evaluate(() => (window.soundloom!.status() as { governor: { events: Event[] } }).governor.events)
  for (const [name, patch] of [
    ['Light', voicePatch(4)],
    ['Heavy', heavy()],
  ] as const) {
    const { trackId } = (await run('track.add', { name })) as { trackId: string }
    await run('patch.load', { trackId, patch })
    await run('track.setGain', { trackId, gainDb: -40 })
    const notes = [{ beat: 0, lengthBeats: 100, note: 60, velocity: 0.5 }]
    if (name === 'Light') await run('clip.add', { trackId, startBeat: 0, lengthBeats: 100, notes })
  }
  await run('transport.play', {})
  await run('engine.setMaxCpu', { maxCpu: MAX_CPU.min })
  expect(await events()).toEqual([])

  // The load itself is what grows, until this computer has too much.
  let struck = 0
  await expect
    .poll(
      async () => {
        const told = await events()
        if (told.length === 0 && struck < 64)
          for (const last = struck + HANDFUL; struck < last; struck++)
            await run('note.on', { note: 24 + (struck % 80), velocity: 0.5, source: `test ${struck}`, apart: true })
        return told.length
      },
      { intervals: [300] },
    )
    .toBeGreaterThan(0)
  const raised = (await events()).at(-1)!
  expect(raised).toMatchObject({ level: 1, before: 0 })
  expect(raised.load).toBeGreaterThan(MAX_CPU.min)
  await expect(page.getByText(/The sound takes more than 30 % of the CPU time\. .+ on Heavy: \d+ %/)).toBeVisible()

  await run('engine.setMaxCpu', { maxCpu: MAX_CPU.max })
  await expect.poll(async () => (await events()).some(({ level, before }) => level < before)).toBe(true)
  const frames = (await events()).map(({ frame }) => frame)
  expect(frames).toEqual(frames.toSorted((a, b) => b - a))
  expect(said).toEqual([])
})
