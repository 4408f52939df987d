// Bad input: a golden report for each case, nothing thrown, and good sounds unharmed by bad neighbours (Node).
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { importBytes, importText, refuseBySize, type ImportResult } from './import.ts'
import type { PlainValue, Preset } from './model.ts'
import { reportLines } from './report.ts'
import { validatePreset } from './validate.ts'

const GOOD =
  '{"oscillator": {"types": ["sawtooth"]}, "envelope": {"attack": "10ms", "decay": "200ms", "sustain": 0.5, "release": "300ms"}}'
const groups = (inside: string): string => `{"groups": {${inside}}}`
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const utf16 = (text: string, swap: boolean): Uint8Array => {
  const data = new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'))
  if (swap) for (let at = 0; at < data.length; at += 2) data.set([data[at + 1] ?? 0, data[at] ?? 0], at)
  return data
}
const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52)
const many = (count: number): string => {
  const list = []
  for (let number = 0; number < count; number++) list.push(`"Pad ${String(number)}": ${GOOD}`)
  return groups(list.join(','))
}

/** The report as a small text: what a user would read, without times. */
function golden({ report, allLines, presets, sections }: ImportResult): string {
  const { title, summary, counts, error, file } = report
  const lines = reportLines(allLines)
    .slice(0, 12)
    .map(
      (line) =>
        `  ${line.severity} ${line.kind} ${String(line.line)}:${String(line.column)} ${line.preset} ${line.pointer} | ${line.found} -> ${line.used} | ${line.why}`,
    )
  return [
    `title: ${title}`,
    `summary: ${summary}`,
    `error: ${error ? `${error.code} (${error.hint})` : 'none'}`,
    `encoding: ${file.encoding}; layouts: ${file.layouts.join(', ')}; presets: ${String(presets.length)}; sections: ${String(sections?.sections.length ?? 0)}`,
    `counts: ${JSON.stringify(counts)}`,
    ...report.groups.map((group) => `group: ${group.severity} ${String(group.count)} x ${group.cause}: ${group.why}`),
    ...lines,
    '',
  ].join('\n')
}

const CASES: Readonly<Record<string, () => Promise<ImportResult> | ImportResult | null>> = {
  'not-json': () => importText('notes.json', 'Dear diary, today I made a pad.'),
  truncated: () => importText('cut.json', groups(`"Pad One": ${GOOD}, "Pad Two": ${GOOD.slice(0, 60)}`).slice(0, -2)),
  empty: () => importText('empty.json', ''),
  blank: () => importText('blank.json', ' \n\t '),
  '200-mb': () => refuseBySize('huge.json', 200 * 2 ** 20),
  'deep-nesting': () =>
    importText('deep.json', groups(`"Pad": ${GOOD}, "Deep": ${'['.repeat(100_000)}${']'.repeat(100_000)}`)),
  'deep-open': () => importText('deeper.json', '{"a":'.repeat(100_000)),
  'huge-numbers': () =>
    importText(
      'big.json',
      groups(
        '"Pad": {"oscillator": {"types": ["sawtooth"], "detune": 1e308}, "envelope": {"attack": 1e999, "decay": -1e400, "sustain": 1e30, "release": 123456789012345678901234567890}, "filter": {"type": "low-pass", "cutoff": 1e300, "resonance": -5}}',
      ),
    ),
  'bare-words': () =>
    importText(
      'nan.json',
      `// my sounds\n${groups(`"Pad": {"oscillator": {"types": ["sine"], "detune": NaN,}, "envelope": {"attack": Infinity, "decay": undefined}}`)}`,
    ),
  'wrong-types': () =>
    importText(
      'types.json',
      groups(
        '"Pad": {"oscillator": {"types": {"a": 1}, "mix_ratios": "half", "detune": [1, 2, 3]}, "envelope": {"attack": true, "decay": {}, "sustain": "loud", "release": null, "curve": 7}, "filter": {"type": ["low-pass"], "cutoff": "", "slope": "steep"}, "fx": [5, "reverb", {"type": "teleport"}, {"mix": 0.5}]}',
      ),
    ),
  'prototype-keys': () =>
    importText(
      'proto.json',
      groups(
        `"__proto__": ${GOOD}, "constructor": {"__proto__": {"polluted": true}, "oscillator": {"types": ["__proto__"], "__proto__": {"detune": 3}}, "envelope": {"attack": "1ms", "toString": 1}}`,
      ),
    ),
  'duplicate-names': () =>
    importText(
      'twice.json',
      groups(
        `"Pad": ${GOOD}, "Pad": ${GOOD.replace('10ms', '20ms')}, "Bass": {"filter": {"cutoff": 100, "cutoff": 200}, "filter": {"cutoff": "300Hz", "Cutoff": "400Hz"}, "oscillator": {"types": ["sine"]}}`,
      ),
    ),
  'good-and-bad': () => importBytes({ name: 'mixed.json', bytes: fixture('mixed') }),
  'image-named-json': () => importBytes({ name: 'cover.json', bytes: PNG }),
  midi: () => importBytes({ name: 'song.mid', bytes: bytes('MThd\0\0\0\u0006') }),
  audio: () => importBytes({ name: 'loop.wav', bytes: bytes('RIFF\0\0\0\0WAVEfmt ') }),
  'byte-order-mark': () => importBytes({ name: 'bom.json', bytes: bytes(`\ufeff${groups(`"Pad": ${GOOD}`)}`) }),
  'utf-16-le': () => importBytes({ name: 'le.json', bytes: utf16(groups(`"Pad ♪": ${GOOD}`), false) }),
  'utf-16-be': () => importBytes({ name: 'be.json', bytes: utf16(groups(`"Pad ♪": ${GOOD}`), true) }),
  'no-sounds': () => importText('other.json', '{"name": "package", "scripts": {"test": "vitest"}}'),
  'only-a-number': () => importText('seven.json', '7'),
}

function fixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`fixtures/${name}.json`, import.meta.url)))
}

test.each(Object.keys(CASES))('%s gives its golden report', async (name) => {
  const result = await CASES[name]?.()
  if (!result) throw new Error('no report')
  await expect(golden(result)).toMatchFileSnapshot(`fixtures/golden/${name}.txt`)
})

test('100 000 presets: 20 000 are imported, the others are counted as refused', { timeout: 120_000 }, async () => {
  const result = await importText('many.json', many(100_000))
  expect(result.presets).toHaveLength(20_000)
  expect(result.report.counts).toMatchObject({ found: 100_000, imported: 20_000, refused: 80_000 })
  await expect(golden({ ...result, allLines: result.allLines.subarray(0, 0) })).toMatchFileSnapshot(
    'fixtures/golden/100-000-presets.txt',
  )
})

test('a good sound among bad ones equals its import alone', async () => {
  const alone = await importBytes({ name: 'mixed.json', bytes: fixture('groups') })
  const mixed = await importBytes({ name: 'mixed.json', bytes: fixture('mixed') })
  for (const preset of alone.presets) expect(mixed.presets.find((other) => other.id === preset.id)).toEqual(preset)
  expect(mixed.report.counts).toMatchObject({ found: 5, imported: 3, refused: 2 })
})

test('text from a file cannot reorder what is shown, in names, tags, values or source lines', async () => {
  const trick = '\u202eevil\u2066'
  const text = groups(
    `"Pad ${trick}": {"oscillator": {"types": ["${trick}"]}, "envelope": {"attack": "${trick}"}, "tags": ["${trick}"], "description": "${trick}"}`,
  )
  const { report, presets } = await importText(`x.json`, text)
  const shown = JSON.stringify([
    report.details.map(({ pointer: _pointer, ...line }) => line),
    report.groups,
    presets.map(({ source, ...preset }) => [preset, Object.values(source.found ?? {}).map((found) => found.text)]),
  ])
  expect(shown).toContain('evil')
  expect(/[\u202a-\u202e\u2066-\u2069]/.test(shown)).toBe(false)
})

test('prototype keys reach no prototype', async () => {
  await CASES['prototype-keys']?.()
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  expect(({} as Record<string, unknown>)['detune']).toBeUndefined()
})

/** The members of a preset that a fix replaces: its values, or its effects. */
function withFix(preset: Preset, key: string, value: PlainValue): Partial<Preset> {
  const [name = '', param = ''] = key.split('.')
  const number = Number(/^fx([0-9]+)$/.exec(name)?.[1] ?? NaN)
  if (Number.isNaN(number)) return { values: { [key]: value } }
  return {
    effects: preset.effects.map((effect, at) =>
      at === number - 1 ? { ...effect, values: { ...effect.values, [param]: value } } : effect,
    ),
  }
}

test('every fix of a real-looking file can be applied', async () => {
  const text = groups(
    '"Pad": {"oscillator": {"types": ["sine"], "detune": 0.3}, "envelope": {"attack": 90, "decay": [100, 300]}, "filter": {"type": "low-pass", "cutoff": [400, 900], "resonance": "high"}, "fx": [{"type": "delay", "time": 300, "feedback": [0.1, 0.2]}]}',
  )
  const { report, presets } = await importText('fix.json', text)
  const fixes = report.details.flatMap(({ target, fixes }) => fixes.map(({ value }) => [target?.key, value]))
  expect(fixes).toEqual([
    ['osc1b.fine', 0.15],
    ['env.decay', 0.3],
    ['filter.cutoff', 900],
    ['fx1.feedback', 0.2],
  ])
  for (const [key, value] of fixes) {
    const [preset] = presets
    expect(validatePreset(preset && { ...preset, ...withFix(preset, String(key), value ?? '') })).toEqual([])
  }
  expect(report.details.find((line) => line.cause === 'filter.resonance/word')?.target?.key).toBe('filter.resonance')
})

test('garbage always gives a report and never throws', { timeout: 60_000 }, async () => {
  const key = fc.constantFrom(
    'groups',
    'instruments',
    'oscillator',
    'oscillators',
    'types',
    'type',
    'detune',
    'mix_ratios',
    'harmonics',
    'envelope',
    'adsr',
    'attack',
    'decay',
    'sustain',
    'filter',
    'cutoff',
    'resonance',
    'slope',
    'fx',
    'effects',
    'mix',
    'wet',
    'time',
    'strings',
    'vibrato',
    'depth_cents',
    'attack_noise',
    'intensity',
    'guitar_types',
    'sections',
    'group',
    'config',
    'category',
    'format',
    'presets',
    'patch',
    'version',
    '__proto__',
    'name',
    'tags',
  )
  const word = fc.constantFrom(
    'sawtooth',
    'fm',
    'low-pass',
    'comb',
    'reverb',
    'delay',
    '600ms',
    '1/8',
    '-3dB',
    '12dB/oct',
    'random',
    'AD',
    'soundloom.presets',
    '',
    '\ud800',
    '[1,2]',
    '9'.repeat(400),
  )
  const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 6, withCrossShrink: true },
      fc.oneof(word, fc.double(), fc.integer(), fc.boolean(), fc.constant(null)),
      fc.array(tie('tree'), { maxLength: 4 }),
      fc.dictionary(key, tie('tree'), { maxKeys: 6, noNullPrototype: true }),
    ),
  }))
  const sounds = fc
    .dictionary(
      fc.string(),
      fc.record(
        { oscillator: tree, envelope: tree, filter: tree, fx: tree, strings: tree, vibrato: tree, attack_noise: tree },
        { requiredKeys: ['oscillator'] },
      ),
      { maxKeys: 3, noNullPrototype: true },
    )
    .map((groups) => JSON.stringify({ groups }))
  const numRuns = process.env.VERIFY ? 5000 : 150
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        sounds,
        tree.map((value) => JSON.stringify(value)),
        fc.string(),
      ),
      fc.nat(),
      async (text, cut) => {
        const { report, presets } = await importText(
          'x.json',
          cut % 3 === 0 ? text.slice(0, cut % (text.length + 1)) : text,
        )
        expect(report.title).not.toBe('')
        expect(presets).toHaveLength(report.counts.imported)
        for (const preset of presets) expect(validatePreset(preset)).toEqual([])
        for (const { target, fixes } of report.details) {
          const preset = presets.find((entry) => entry.id === target?.presetId)
          for (const { value } of fixes) {
            const fixed = preset && { ...preset, ...withFix(preset, target?.key ?? '', value) }
            expect(validatePreset(fixed)).toEqual([])
          }
        }
        expect(report.counts.found).toBe(report.counts.imported + report.counts.refused + report.counts.repeated)
      },
    ),
    { numRuns, seed: 20261 },
  )
})
