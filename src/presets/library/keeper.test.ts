// Tests of the library: the same for memory and IndexedDB (Node, with a small IndexedDB of its own).
import 'fake-indexeddb/auto'
import { describe, expect, test } from 'vitest'
import { SoundloomError } from '../../params/error.ts'
import type { Preset } from '../model.ts'
import { openDeviceStorage } from './device.ts'
import { LibraryKeeper, type ImportWatcher, type KeptImport, type ReadableFile } from './keeper.ts'
import { exportPresets } from '../own.ts'
import { memoryStorage } from './memory.ts'
import type { LibraryStorage } from './storage.ts'

const sound = (name: string, attack = '5ms'): string =>
  `"${name}": {"oscillator": {"types": ["sine"]}, "envelope": {"attack": "${attack}", "decay": "slow"}}`
const file = (name: string, ...sounds: string[]): ReadableFile => fileOf(name, `{"groups": {${sounds.join(',')}}}`)
const fileOf = (name: string, text: string): ReadableFile => {
  const bytes = new TextEncoder().encode(text)
  return { name, size: bytes.length, arrayBuffer: async () => bytes.buffer }
}

interface Seen extends ImportWatcher {
  readonly presets: Preset[]
  readonly files: KeptImport[]
}
function watch(cancelled: () => boolean = () => false): Seen {
  const presets: Preset[] = []
  const files: KeptImport[] = []
  return {
    presets,
    files,
    onBatch: (_name, batch) => presets.push(...batch),
    onFile: (kept) => files.push(kept),
    isCancelled: cancelled,
  }
}
async function stored(storage: LibraryStorage): Promise<Preset[]> {
  const presets: Preset[] = []
  await storage.readPresets((batch) => presets.push(...batch))
  return presets
}

let databases = 0
describe.each([
  ['in memory', 'memory', async () => memoryStorage()],
  ['in IndexedDB', 'kept', () => openDeviceStorage(`test-${String(++databases)}`)],
] as const)('%s', (_where, kept, open) => {
  test('a drop is committed, in order, with its report, lines and original bytes', async () => {
    const storage = await open()
    const keeper = new LibraryKeeper(storage)
    const seen = watch()
    const [report] = await keeper.importFiles([file('a.json', sound('Pad'), sound('Bass'))], seen)
    expect(report?.stored).toBe(kept)
    expect((await stored(storage)).map((preset) => preset.name)).toEqual(['Pad', 'Bass'])
    expect(await stored(storage)).toEqual(seen.presets)
    expect((await storage.readReports())[0]).toEqual(report)
    expect(await keeper.reportText(report?.id ?? '', 'text')).toContain('"slow"')
    expect(JSON.parse((await keeper.reportText(report?.id ?? '', 'json')) ?? '')).toMatchObject({
      counts: { imported: 2 },
    })
    const original = await storage.readFile(report?.id ?? '')
    expect(new TextDecoder().decode(original?.bytes)).toContain('"Bass"')
  })

  test('what was kept is there when it is opened again, and a second drop finds it already here', async () => {
    const storage = await open()
    await new LibraryKeeper(storage).importFiles([file('a.json', sound('Pad'))], watch())
    const keeper = new LibraryKeeper(storage)
    const loaded: Preset[] = []
    const library = await keeper.load((batch) => loaded.push(...batch))
    expect(loaded.map((preset) => preset.name)).toEqual(['Pad'])
    expect(library.reports).toHaveLength(1)
    const [again] = await keeper.importFiles([file('a.json', sound('Pad'))], watch())
    expect(again?.counts).toMatchObject({ imported: 0, alreadyHere: 1 })
    expect(again?.id).not.toBe(library.reports[0]?.id)
    expect(await stored(storage)).toHaveLength(1)
  })

  test('the same sound in two files is shown once with both sources', async () => {
    const storage = await open()
    const seen = watch()
    await new LibraryKeeper(storage).importFiles(
      [file('a.json', sound('Pad')), file('b.json', sound('Lead'), sound('Pad'))],
      seen,
    )
    expect((await stored(storage)).map((preset) => [preset.name, preset.source.files])).toEqual([
      ['Pad', ['a.json', 'b.json']],
      ['Lead', ['b.json']],
    ])
    expect(seen.files[1]?.grown.map((preset) => preset.name)).toEqual(['Pad'])
    expect(seen.files[1]?.report.counts).toMatchObject({ imported: 1, repeated: 1 })
  })

  test('more than a thousand sounds come back in their order', async () => {
    const storage = await open()
    const names = Array.from({ length: 1250 }, (_, at) => `Pad ${String(at)}`)
    await new LibraryKeeper(storage).importFiles([file('many.json', ...names.map((name) => sound(name)))], watch())
    expect((await stored(storage)).map((preset) => preset.name)).toEqual(names)
  })

  test('sections are kept as a song', async () => {
    const storage = await open()
    await new LibraryKeeper(storage).importFiles(
      [fileOf('song.json', '{"sections": [{"sectionName": "A", "group": "Pad"}]}')],
      watch(),
    )
    expect((await storage.readSongs()).map((song) => song.sections[0]?.presetName)).toEqual(['Pad'])
  })

  test('a file that cannot be read, or is too large, has a report and keeps nothing', async () => {
    const storage = await open()
    const broken = { name: 'gone.json', size: 5, arrayBuffer: () => Promise.reject(new Error('gone')) }
    const huge = {
      name: 'huge.json',
      size: 200 * 2 ** 20,
      arrayBuffer: () => Promise.reject(new Error('must not be read')),
    }
    const reports = await new LibraryKeeper(storage).importFiles([broken, huge, file('a.json', sound('Pad'))], watch())
    expect(reports.map((report) => report.error?.code)).toEqual(['parse-failed', 'limit-exceeded', undefined])
    expect(await stored(storage)).toHaveLength(1)
  })

  test('a cancelled import keeps nothing of its file', async () => {
    const storage = await open()
    let asked = 0
    const seen = watch(() => ++asked > 3)
    const cancelled = new LibraryKeeper(storage).importFiles(
      [file('a.json', ...['A', 'B', 'C', 'D'].map((name) => sound(name)))],
      seen,
    )
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' })
    expect(await stored(storage)).toEqual([])
    expect(seen.files).toEqual([])
  })

  test('an exported sound that is dropped again is already here', async () => {
    const storage = await open()
    const keeper = new LibraryKeeper(storage)
    const seen = watch()
    await keeper.importFiles([file('a.json', sound('Pad'))], seen)
    const [report] = await keeper.importFiles([fileOf('export.json', exportPresets(seen.presets))], watch())
    expect(report?.counts).toMatchObject({ imported: 0, alreadyHere: 1 })
    expect((await stored(storage)).map((preset) => preset.source.files)).toEqual([['a.json', 'export.json']])
  })

  test('a saved sound is kept', async () => {
    const storage = await open()
    const keeper = new LibraryKeeper(storage)
    const { presets } = await keeper.read(`{"groups": {${sound('Pad')}}}`)
    const [pad] = presets
    if (!pad) throw new Error('nothing read')
    await keeper.save({ ...pad, id: 'user000000aa', name: 'Mine', source: { kind: 'user', files: [] } })
    expect((await stored(storage)).map((preset) => preset.name)).toEqual(['Mine'])
  })
})

test('where the device refuses, sounds stay in memory, the report says so, and the next drop tries again', async () => {
  const device = memoryStorage()
  let full = true
  const storage: LibraryStorage = {
    ...device,
    place: 'device',
    commit: (change) => (full ? Promise.reject(new SoundloomError('quota-exceeded', 'full')) : device.commit(change)),
  }
  const keeper = new LibraryKeeper(storage)
  const seen = watch()
  const [first] = await keeper.importFiles([file('a.json', sound('Pad'))], seen)
  expect(first?.stored).toBe('memory')
  expect(seen.presets).toHaveLength(1)
  expect(await keeper.reportText(first?.id ?? '', 'text')).toContain('Pad')
  full = false
  const [second] = await keeper.importFiles([file('b.json', sound('Bass'))], watch())
  expect(second?.stored).toBe('kept')
})

test('a failing IndexedDB commit changes nothing', async () => {
  const storage = await openDeviceStorage(`test-${String(++databases)}`)
  const { presets } = await new LibraryKeeper(storage).read(`{"groups": {${sound('Pad')}}}`)
  // A function cannot be stored: the second put fails after the first went through.
  const bad = { ...presets[0], id: 'bad', name: () => 'not data' } as unknown as Preset
  const change = { presets: [...presets, bad], repeats: [], songs: [] }
  await expect(storage.commit(change)).rejects.toMatchObject({ code: 'quota-exceeded' })
  expect(await stored(storage)).toEqual([])
})
