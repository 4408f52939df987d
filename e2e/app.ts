// What end-to-end tests share: opening the app, dropping files, asking the engine (Playwright).
import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { expect, type Page } from '@playwright/test'

/** Everything that a page must not say while a test runs: errors, unhandled rejections, policy violations. */
export function complaints(page: Page): string[] {
  const list: string[] = []
  page.on('pageerror', (error) => list.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error') list.push(message.text())
  })
  return list
}

/** Opens the app and waits until a drop works. */
export async function open(page: Page, path = '/'): Promise<void> {
  await page.goto(path)
  await page.waitForFunction(() => window.soundloom !== undefined)
  await page.evaluate(() => window.soundloom!.ready)
}

export interface Dropped {
  readonly name: string
  readonly text: string
}

export const fromDisk = (path: string): Dropped => ({ name: basename(path), text: readFileSync(path, 'utf8') })

const group = '../shared/real-input/presets/group.json'
const own = (name: string, wave: string): object => ({
  name,
  oscillators: [{ type: wave, volume: 1 }],
  filter: { type: 'lowpass', cutoff: 900, resonance: 0.3 },
  adsr: { attack: 10, decay: 100, sustain: 0.7, release: 150 },
})

/** The file that users drop, where it is here; else a small one of our own with the same first sound. */
export const GROUP: { readonly file: Dropped; readonly sounds: number } = existsSync(group)
  ? { file: fromDisk(group), sounds: 24 }
  : {
      file: {
        name: 'group.json',
        text: JSON.stringify({
          instruments: [own('Pad_Warm_Calm', 'saw'), own('Lead_Bright', 'square'), own('Bass_Round', 'sine')],
        }),
      },
      sounds: 3,
    }

/** Drags the files over the page and drops them, as a hand would. */
export async function drop(page: Page, files: readonly Dropped[]): Promise<void> {
  const transfer = await page.evaluateHandle((dropped) => {
    const data = new DataTransfer()
    for (const { name, text } of dropped) data.items.add(new File([text], name, { type: 'application/json' }))
    return data
  }, files)
  for (const type of ['dragenter', 'dragover', 'drop'])
    await page.dispatchEvent('body', type, { dataTransfer: transfer })
}

/** Voices that sound now, by the engine's own count. */
export const voices = (page: Page): Promise<number | null> =>
  page.evaluate(() => (window.soundloom!.status() as { activeVoices: number | null }).activeVoices)

export const sounds = (page: Page): Promise<{ id: string; name: string; source: { kind: string } }[]> =>
  page.evaluate(() => window.soundloom!.presets() as never)

export const imported = async (page: Page): Promise<number> =>
  (await sounds(page)).filter(({ source }) => source.kind === 'import').length

/** The peak that the levels dock shows, in dBFS; -Infinity while nothing sounded. */
export async function peakDb(page: Page): Promise<number> {
  const text = (await page.getByLabel('Levels').locator('dd').first().textContent()) ?? ''
  const value = Number(text.replace('\u2212', '-').replace(/[^\d.-]/g, ''))
  return text.includes('∞') || text.trim() === '' || Number.isNaN(value) ? -Infinity : value
}

export async function expectSound(page: Page): Promise<void> {
  await expect.poll(() => voices(page), { timeout: 10_000 }).toBeGreaterThan(0)
  await expect.poll(() => peakDb(page), { timeout: 10_000 }).toBeGreaterThan(-60)
}

export const expectNoVoices = (page: Page): Promise<void> =>
  expect.poll(() => voices(page), { timeout: 20_000 }).toBe(0)

/** Everything of the project that the browser has stored, as text. */
export const stored = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const asked = <Result>(request: IDBRequest<Result>) =>
      new Promise<Result>((done, fail) => {
        request.onsuccess = () => done(request.result)
        request.onerror = () => fail(request.error ?? new Error('refused'))
      })
    const database = await asked(indexedDB.open('soundloom-project'))
    const all = await Promise.all(
      ['documents', 'user'].map((name) => asked(database.transaction(name).objectStore(name).getAll())),
    )
    database.close()
    return JSON.stringify(all)
  })

/** Tab presses between two looks at where the focus is. */
const BURST = 8

/** Presses Tab until the wanted control has the focus, as somebody without a pointer would. */
export async function tabTo(page: Page, role: Parameters<Page['getByRole']>[0], name: RegExp | string) {
  const wanted = page.getByRole(role, { name }).first()
  const find = async () => ((await wanted.count()) > 0 ? wanted.elementHandle() : null)
  // Finding by role reads the whole page: once, and again only when the element is another one.
  let element = await find()
  for (let presses = 0; presses < 200;) {
    let place = await element?.evaluate(watchFocus)
    if (place !== 'here' && place !== 'there') {
      element = await find()
      place = await element?.evaluate(watchFocus)
    }
    if (place === 'here') return wanted
    const burst = place === 'there' ? BURST : 1
    await Promise.all(Array.from({ length: burst }, () => page.keyboard.press('Tab')))
    presses += burst
    if (!(await page.evaluate(() => window.focusPassed))) continue
    // The burst went past it: back, one by one.
    for (let back = 0; back <= burst; back++) {
      if ((await element?.evaluate(watchFocus)) === 'here') return wanted
      await page.keyboard.press('Shift+Tab')
    }
  }
  throw new Error(`Tab never reached ${role} "${String(name)}"`)
}

declare global {
  interface Window {
    /** Whether the focus has been on the wanted control since `watchFocus`. */
    focusPassed?: boolean
    focusWanted?: Element
  }
}

function watchFocus(it: Node): 'here' | 'there' | 'gone' {
  if (!window.focusWanted)
    document.addEventListener('focusin', ({ target }) => {
      if (target === window.focusWanted) window.focusPassed = true
    })
  window.focusWanted = it as Element
  window.focusPassed = false
  return it === document.activeElement ? 'here' : it.isConnected ? 'there' : 'gone'
}
