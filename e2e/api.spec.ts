// window.soundloom as the contract has it, in the built page: members, renders, refusals.
import { expect, test } from '@playwright/test'
import { open, sounds } from './app.ts'

const PRESET = {
  instruments: [
    {
      name: 'Lead_Test_Sine',
      oscillators: [{ type: 'sine', volume: 1 }],
      adsr: { attack: 5, decay: 50, sustain: 0.8, release: 100 },
    },
  ],
}

test('has the members that are built, and every command says what it takes', async ({ page }) => {
  await open(page)
  const { members, version, commands } = await page.evaluate(() => ({
    members: Object.keys(window.soundloom!).sort(),
    version: window.soundloom!.version,
    commands: window.soundloom!.commands(),
  }))
  expect(members).toEqual([
    'bench',
    'commands',
    'import',
    'presets',
    'ready',
    'renderPreset',
    'renderProject',
    'run',
    'search',
    'state',
    'status',
    'streams',
    'version',
  ])
  expect(version).toMatch(/^\d+\.\d+\.\d+$/)
  expect(commands.find(({ id }) => id === 'master.setVolume')).toMatchObject({
    args: { properties: { gainDb: { type: 'number', minimum: -60, maximum: 6 } }, required: ['gainDb'] },
  })
})

test('renders a preset to exactly as many frames as asked, the same each time, another with another seed', async ({
  page,
}) => {
  await open(page)
  const results = await page.evaluate(async () => {
    const { renderPreset, presets } = window.soundloom!
    const noisy = presets().find(({ name }) => /rain/i.test(name))!
    const once = async (seed: number) => {
      const { frames, sha256, channels, sampleRate } = await renderPreset(noisy.id, {
        duration: 0.5,
        tail: 0.25001,
        seed,
      })
      return {
        frames,
        sha256,
        sampleRate,
        lengths: channels.map(({ length }) => length),
        peak: Math.max(...channels[0]!),
      }
    }
    return [await once(1), await once(1), await once(2)]
  })
  const [first, second, other] = results
  expect(first).toMatchObject({ frames: 36_000, sampleRate: 48_000, lengths: [36_000, 36_000] })
  expect(first!.peak).toBeGreaterThan(0.001)
  expect(second!.sha256).toBe(first!.sha256)
  expect(other!.sha256).not.toBe(first!.sha256)
})

test('renders JSON through the importer, whose report is in the diagnostics, and keeps nothing', async ({ page }) => {
  await open(page)
  const before = await sounds(page)
  const result = await page.evaluate(async (preset) => {
    const { frames, diagnostics, channels } = await window.soundloom!.renderPreset(preset, { duration: 0.2, tail: 0.1 })
    return { frames, diagnostics, peak: Math.max(...channels[0]!) }
  }, PRESET)
  expect(result).toMatchObject({ frames: 14_400, diagnostics: [{ counts: { found: 1 } }] })
  expect(result.peak).toBeGreaterThan(0.01)
  expect(await sounds(page)).toEqual(before)
})

test('times a fixed work in the page', async ({ page }) => {
  await open(page)
  const { one, wrong } = await page.evaluate(async () => {
    const { bench } = window.soundloom!
    const one = await bench({ work: 'voices', n: 4, seconds: 0.5 })
    const wrong = await bench({ work: 'voices', n: 0 }).catch(({ code, field }: { code: string; field: string }) => ({
      code,
      field,
    }))
    return { one, wrong }
  })
  expect(one.ms).toBeGreaterThan(0)
  expect(one.xRealtime).toBeCloseTo(500 / one.ms, 6)
  expect(one.rms).toBeGreaterThan(0.002)
  expect(one.peak).toBeGreaterThan(one.rms)
  expect(wrong).toEqual({ code: 'invalid-argument', field: 'n' })
})

test('refuses what does not fit with a code, a field and a hint, and changes nothing', async ({ page }) => {
  await open(page)
  const refusals = await page.evaluate(async () => {
    const { run, renderPreset, state } = window.soundloom!
    // The transport tells the time, which goes on.
    const kept = (): string => JSON.stringify([state().project, state().session])
    const before = kept()
    const code = (tried: Promise<unknown>) =>
      tried.then(
        () => null,
        ({ code, field, hint }: { code: string; field?: string; hint: string }) => ({ code, field, hint: hint !== '' }),
      )
    const tried = [
      await code(run('master.setVolume', { gainDb: 'loud' })),
      await code(run('no.such.command')),
      await code(run('audition.press', { presetId: 'nobody' })),
      await code(renderPreset('nobody')),
      await code(renderPreset('{ "neither": "sound" }')),
    ]
    return { tried, unchanged: kept() === before }
  })
  expect(refusals.tried).toEqual([
    { code: 'invalid-argument', field: 'gainDb', hint: true },
    { code: 'unknown-command', field: 'id', hint: true },
    { code: 'unknown-id', field: 'presetId', hint: true },
    { code: 'unknown-id', field: 'presetId', hint: true },
    { code: 'parse-failed', hint: true },
  ])
  expect(refusals.unchanged).toBe(true)
})
