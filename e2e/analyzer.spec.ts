// Live analysis in the page: right numbers of a known tone, and no work for anyone who is not there (Playwright).
import { expect, test, type Page } from '@playwright/test'
import { complaints, open } from './app.ts'

const SINE = {
  name: 'sine.json',
  text: JSON.stringify({
    instruments: [
      {
        name: 'Lead_Sine',
        oscillators: [{ type: 'sine', volume: 1 }],
        adsr: { attack: 5, decay: 10, sustain: 1, release: 50 },
      },
    ],
  }),
}

interface Statistics {
  readonly computations: number
  readonly taps: readonly { readonly source: string | null; readonly on: boolean }[]
  readonly streams: readonly {
    readonly type: string
    readonly source: string
    readonly computations: number
    readonly subscribers: number
    readonly lastDurationMs: number | null
  }[]
}

const statistics = (page: Page): Promise<Statistics> =>
  page.evaluate(() => window.soundloom!.streams.statistics() as Statistics)
const streamTypes = async (page: Page): Promise<string[]> =>
  (await statistics(page)).streams.map(({ type }) => type).sort()
const tapsOn = async (page: Page): Promise<boolean[]> => (await statistics(page)).taps.map(({ on }) => on)
const frames = (page: Page): Promise<number> =>
  page.evaluate(() => (window.soundloom!.state().transport as { frameCount: number }).frameCount)

/** Waits until the engine has rendered another second. */
async function oneSecond(page: Page): Promise<void> {
  const until = (await frames(page)) + 48_000
  await expect.poll(() => frames(page), { timeout: 20_000 }).toBeGreaterThan(until)
}

/** Nothing is computed and nothing is tapped while the engine runs on. */
async function expectStill(page: Page): Promise<void> {
  await expect.poll(() => tapsOn(page)).toEqual([false, false, false, false])
  const { computations, streams } = await statistics(page)
  expect(streams).toEqual([])
  await oneSecond(page)
  expect((await statistics(page)).computations).toBe(computations)
}

async function expectMoving(page: Page): Promise<void> {
  const { computations } = await statistics(page)
  await expect.poll(async () => (await statistics(page)).computations).toBeGreaterThan(computations)
}

const panel = (page: Page, shown: boolean): Promise<unknown> =>
  page.evaluate((open) => window.soundloom!.run('view.setPanel', { panel: 'analysers', open }), shown)

/** A full sine of 440 Hz sounds on the audition strip. */
async function playSine(page: Page): Promise<void> {
  await page.mouse.click(5, 5)
  const presetId = await page.evaluate(async ({ name, text }) => {
    const [report] = await window.soundloom!.import([new File([text], name)])
    return (report as unknown as { presetIds?: string[] }).presetIds?.[0] ?? null
  }, SINE)
  const id =
    presetId ??
    (await page.evaluate(() => window.soundloom!.presets().find(({ name }) => /sine/i.test(name))?.id ?? null))
  await page.evaluate((presetId) => window.soundloom!.run('audition.select', { presetId }), id)
  await page.evaluate(() => window.soundloom!.run('note.on', { note: 69, velocity: 1, source: 'test' }))
}

/** The values of the first result that `wanted` accepts. */
const valuesOf = (
  page: Page,
  type: string,
  source: string,
  options: Record<string, number | string>,
  reading: string,
): Promise<Record<string, number>> =>
  page.evaluate(
    ({ type, source, options, reading }) =>
      new Promise<Record<string, number>>((resolve) => {
        const end = window.soundloom!.streams.subscribe({ type, source }, { rateHz: 30, options }, ({ values }) => {
          const found = values as Record<string, number>
          if (!(Math.abs(found[reading] ?? 0) > 0.01)) return
          end()
          resolve(Object.fromEntries(Object.entries(found).filter(([, value]) => typeof value === 'number')))
        })
      }),
    { type, source, options, reading },
  )

test.describe('nobody listens', () => {
  test('before the first listener no analyzer runs: 0 computations, taps off', async ({ page }) => {
    await page.addInitScript(() => {
      const workers: string[] = []
      Object.assign(window, { workers })
      const Original = window.Worker
      window.Worker = class extends Original {
        constructor(url: string | URL, options?: WorkerOptions) {
          super(url, options)
          workers.push(options?.name ?? '')
        }
      }
    })
    await page.setViewportSize({ width: 1200, height: 800 })
    await open(page)
    await playSine(page)
    await oneSecond(page)
    expect((await statistics(page)).computations).toBe(0)
    await expectStill(page)
    expect(await page.evaluate(() => (window as unknown as { workers: string[] }).workers)).not.toContain('analyzer')
  })

  test('docks stop when folded, when the window is narrow and when the page is hidden, and go on afterwards', async ({
    page,
  }) => {
    await open(page)
    await playSine(page)
    const all = ['levels', 'scope', 'spectrum']
    await expect.poll(() => streamTypes(page)).toEqual(all)
    await expectMoving(page)

    await panel(page, false)
    await expectStill(page)
    await panel(page, true)
    await expect.poll(() => streamTypes(page)).toEqual(all)
    await expectMoving(page)

    await page.setViewportSize({ width: 1200, height: 800 })
    await expectStill(page)
    await page.setViewportSize({ width: 1440, height: 900 })
    await expectMoving(page)

    const hide = (hidden: boolean): Promise<void> =>
      page.evaluate((hidden) => {
        Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden })
        document.dispatchEvent(new Event('visibilitychange'))
      }, hidden)
    await hide(true)
    await expectStill(page)
    await hide(false)
    await expectMoving(page)
  })

  test('a dock that is scrolled away does nothing', async ({ page }) => {
    await page.setViewportSize({ width: 1440, height: 560 })
    await open(page)
    await playSine(page)
    const docks = page.locator('.docks')
    await expect.poll(() => docks.evaluate((element) => element.scrollHeight > element.clientHeight + 40)).toBe(true)
    await docks.evaluate((element) => element.scrollTo(0, element.scrollHeight))
    await expect.poll(() => streamTypes(page)).not.toContain('levels')
    await docks.evaluate((element) => element.scrollTo(0, 0))
    await expect.poll(() => streamTypes(page)).toContain('levels')
  })
})

test.describe('subscriptions', () => {
  test.beforeEach(async ({ page }) => {
    await open(page)
    await panel(page, false)
    await playSine(page)
  })

  test('levels and spectrum of a sine agree, and its frequency is that of the note', async ({ page }) => {
    const levels = await valuesOf(page, 'levels', 'audition', { window: 0.1 }, 'peakLeft')
    expect(levels.clips).toBe(0)
    // A window that overlaps the tone's beginning, or samples that a busy machine left out, is not of this tone: the next one is.
    await expect(async () => {
      const spectrum = await valuesOf(page, 'spectrum', 'audition', { window: 'flatTop', size: 8192 }, 'peakHz')
      const steady = await valuesOf(page, 'levels', 'audition', { window: 0.1 }, 'peakLeft')
      expect(Math.abs(spectrum.peakHz! - 440)).toBeLessThan(0.5)
      expect(Math.abs(spectrum.peakDb! - 20 * Math.log10(steady.peakLeft!))).toBeLessThan(0.2)
      expect(steady.rmsLeft! / steady.peakLeft!).toBeCloseTo(Math.SQRT1_2, 2)
      const { centroid } = await valuesOf(page, 'centroid', 'audition', {}, 'centroid')
      expect(Math.abs(centroid! - 440)).toBeLessThan(40)
    }).toPass({ timeout: 20_000 })
    await expectStill(page)
  })

  test('results are stamped with engine frame and song position, in order', async ({ page }) => {
    const seen = await page.evaluate(
      () =>
        new Promise<{ frame: number; songFrame: number; generation: number }[]>((resolve) => {
          const results: { frame: number; songFrame: number; generation: number }[] = []
          const end = window.soundloom!.streams.subscribe(
            { type: 'levels', source: 'master' },
            { rateHz: 30 },
            (one) => {
              results.push(one)
              if (results.length < 10) return
              end()
              resolve(results)
            },
          )
        }),
    )
    for (let i = 1; i < seen.length; i++) expect(seen[i]!.frame).toBeGreaterThan(seen[i - 1]!.frame)
    expect(new Set(seen.map(({ generation }) => generation))).toEqual(new Set([1]))
    expect(Math.abs((await frames(page)) - seen.at(-1)!.frame)).toBeLessThan(5 * 48_000)
  })

  test('streams survive a rebuild: results come from the new engine', async ({ page }) => {
    await page.evaluate(() => {
      const generations: number[] = []
      Object.assign(window, { generations })
      window.soundloom!.streams.subscribe({ type: 'levels', source: 'audition' }, { rateHz: 30 }, ({ generation }) => {
        if (generations.at(-1) !== generation) generations.push(generation)
      })
    })
    const generations = (): Promise<number[]> =>
      page.evaluate(() => (window as unknown as { generations: number[] }).generations)
    await expect.poll(generations).toEqual([1])
    await page.evaluate(() => window.soundloom!.run('project.setSampleRate', { sampleRate: 44_100 }))
    await expect.poll(generations, { timeout: 20_000 }).toEqual([1, 2])
  })

  test('what does not fit is refused and names the field', async ({ page }) => {
    const refusal = (request: object, options: { rateHz?: number } = {}): Promise<{ code: string; field: string }> =>
      page.evaluate(
        ({ request, options }) => {
          try {
            window.soundloom!.streams.subscribe(request as never, options, () => undefined)
            return { code: 'none', field: '' }
          } catch (error) {
            const { code, field } = error as { code: string; field: string }
            return { code, field }
          }
        },
        { request, options },
      )
    const invalid = (field: string): object => ({ code: 'invalid-argument', field })
    expect(await refusal({ type: 'smell', source: 'master' })).toEqual(invalid('type'))
    expect(await refusal({ type: 'levels', source: 'kitchen' })).toEqual(invalid('source'))
    expect(await refusal({ type: 'levels', source: 'master' }, { rateHz: -1 })).toEqual(invalid('rateHz'))
    expect(await refusal({ type: 'levels', source: 'track:none' })).toEqual({ code: 'unknown-id', field: 'source' })
    await expectStill(page)
  })

  test('the transport is a stream too', async ({ page }) => {
    const values = await page.evaluate(
      () =>
        new Promise<object>((resolve) => {
          const end = window.soundloom!.streams.subscribe(
            { type: 'transport', source: 'transport' },
            { rateHz: 30 },
            (result) => {
              end()
              resolve(result.values)
            },
          )
        }),
    )
    expect(values).toMatchObject({ playing: false, bpm: 120 })
  })
})

test('a track is a source: chosen in the docks, followed while it lives, the master when it goes', async ({ page }) => {
  await open(page)
  await page.mouse.click(5, 5)
  const trackId = await page.evaluate(async () => {
    const [preset] = window.soundloom!.presets()
    const run = window.soundloom!.run
    const { trackId } = (await run('track.add', { name: 'Violet', presetId: preset!.id })) as { trackId: string }
    const { clipId } = (await run('clip.add', { trackId, startBeat: 0, lengthBeats: 64 })) as { clipId: string }
    await run('note.add', { clipId, beat: 0, lengthBeats: 64, note: 57, velocity: 1 })
    await run('transport.play')
    return trackId
  })
  await page.getByRole('button', { name: 'Source of the analysers' }).click()
  await page.getByRole('option', { name: 'Violet', exact: true }).click()
  await expect
    .poll(async () => (await statistics(page)).taps.map(({ source, on }) => on && source))
    .toContain(`track:${trackId}`)
  const level = await valuesOf(page, 'levels', `track:${trackId}`, {}, 'peakLeft')
  expect(level.peakLeft).toBeGreaterThan(0.01)
  await expect(page.getByRole('region', { name: 'Spectrum' }).locator('.reading')).toHaveText(/^peak /)

  await page.evaluate((trackId) => window.soundloom!.run('track.remove', { trackId }), trackId)
  await expect
    .poll(async () => [...new Set((await statistics(page)).streams.map(({ source }) => source))])
    .toEqual(['master'])
})

test('a fifth source at once is refused until one of the four ends', async ({ page }) => {
  await open(page)
  await panel(page, false)
  const refused = await page.evaluate(async () => {
    const run = window.soundloom!.run
    const ids: string[] = []
    for (let i = 0; i < 3; i++) ids.push(((await run('track.add', { name: `${i}` })) as { trackId: string }).trackId)
    const listen = (source: string) =>
      window.soundloom!.streams.subscribe({ type: 'levels', source }, {}, () => undefined)
    const ends = ['master', 'audition', ...ids.slice(0, 2).map((id) => `track:${id}`)].map(listen)
    const attempt = (): { code: string; field: string } | null => {
      try {
        listen(`track:${ids[2]}`)()
        return null
      } catch (error) {
        const { code, field } = error as { code: string; field: string }
        return { code, field }
      }
    }
    const before = attempt()
    ends[0]!()
    return [before, attempt()]
  })
  expect(refused).toEqual([{ code: 'limit-exceeded', field: 'source' }, null])
})

test('the docks say in words what they show, and their source can be chosen', async ({ page }) => {
  const said = complaints(page)
  await open(page)
  await playSine(page)
  const spectrum = page.getByRole('region', { name: 'Spectrum' })
  await expect(spectrum.locator('.reading')).toHaveText(/^peak 440 Hz, −\d+\.\d dB$/)
  await expect(spectrum.getByRole('img', { name: 'Spectrum of Master' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Scope' }).locator('.reading')).toHaveText(/^20 ms, ×\d+$/)
  await expect(page.getByRole('region', { name: 'Levels' }).locator('dd').first()).toHaveText(/^−\d+\.\d$/)

  await page.getByRole('button', { name: 'Source of the analysers' }).click()
  await page.getByRole('option', { name: 'Audition' }).click()
  await expect(spectrum.getByRole('img', { name: 'Spectrum of Audition' })).toBeVisible()
  await expect
    .poll(async () => (await statistics(page)).streams.map(({ source }) => source))
    .toEqual(['audition', 'audition', 'audition'])

  await spectrum.getByRole('button', { name: 'Spectrum options' }).click()
  await page.getByRole('button', { name: 'Size' }).click()
  await page.getByRole('option', { name: '16384' }).click()
  await page.keyboard.press('Escape')
  await expect
    .poll(() =>
      page.evaluate(
        () =>
          (
            window.soundloom!.streams.statistics() as { streams: { type: string; options: { size: string } }[] }
          ).streams.find(({ type }) => type === 'spectrum')?.options.size,
      ),
    )
    .toBe('16384')
  expect(said).toEqual([])
})
