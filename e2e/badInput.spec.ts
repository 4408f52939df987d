// Whatever is dropped, the page answers: a report for each file, no error in the console, no long task on the main thread.
import { expect, test } from '@playwright/test'
import { complaints, open, sounds } from './app.ts'

/** The main thread may be busy for this long at a time; a shared machine gives the page a part of its time only. */
const LONGEST_TASK_MS = process.env.VERIFY ? 100 : 400

test('bad, huge and foreign files are answered with reports while the page stays responsive', async ({ page }) => {
  test.setTimeout(180_000)
  const said = complaints(page)
  await open(page)
  const before = (await sounds(page)).length
  const { reports, longestMs } = await page.evaluate(async () => {
    const tasks: number[] = []
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: 'longtask',
    })
    const instrument = (name: string): string =>
      `{"name":"${name}","oscillators":[{"type":"saw"}],"adsr":{"attack":5,"decay":9,"sustain":0.5,"release":9}}`
    const list = (count: number): string => Array.from({ length: count }, (_, i) => instrument(`Lead_${i}`)).join(',')
    const files = [
      new File(['hello'], 'not.json'),
      new File([], 'empty.json'),
      new File([`{"instruments":[${list(3)},{"name":"Cut`], 'truncated.json'),
      new File(['['.repeat(100_000)], 'deep.json'),
      new File([new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70])], 'picture.json'),
      new File([new Uint8Array(200 * 2 ** 20)], 'huge.json'),
      new File(['{"__proto__":{"polluted":1},"instruments":[{"name":"x","oscillators":7,"adsr":"no"}]}'], 'types.json'),
      new File([new Uint8Array([77, 84, 104, 100, 0, 0, 0, 6])], 'song.mid'),
      new File([`{"instruments":[${list(20_500).replaceAll('Lead_', 'Bass_')}]}`], 'many.json'),
    ]
    await new Promise((done) => setTimeout(done, 500))
    tasks.length = 0
    const reports = await window.soundloom!.import(files)
    await new Promise((done) => setTimeout(done, 1000))
    return {
      reports: reports.map(({ file, error, counts }) => [
        file.name,
        error?.code ?? 'read',
        counts.imported,
        counts.refused,
      ]),
      longestMs: Math.max(0, ...tasks),
    }
  })
  console.log(`longest task of the main thread: ${longestMs.toFixed(0)} ms`)
  console.log(reports.map((report) => report.join(' ')).join('\n'))
  expect(reports.map(([name]) => name)).toHaveLength(9)
  const by = Object.fromEntries(reports.map(([name, ...rest]) => [name, rest]))
  expect(by['truncated.json']).toEqual(['read', 3, 1])
  expect(by['huge.json']![0]).toBe('limit-exceeded')
  expect(by['song.mid']![0]).toBe('unsupported-format')
  expect(by['many.json']!.slice(1)).toEqual([20_000 - 4, 504])
  expect((await sounds(page)).length).toBe(before + 20_000)
  expect(await page.evaluate(() => ({}) as { polluted?: number }).then(({ polluted }) => polluted)).toBeUndefined()
  expect(said).toEqual([])
  expect(longestMs).toBeLessThanOrEqual(LONGEST_TASK_MS)
})
