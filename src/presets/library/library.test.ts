// Tests of the page's library over a keeper on the same thread (Node).
import { expect, test } from 'vitest'
import type { Patch, Preset } from '../model.ts'
import { LibraryKeeper } from './keeper.ts'
import { createLibrary, type Library } from './library.ts'
import { memoryStorage } from './memory.ts'
import type { ImporterPort } from './port.ts'
import type { LibraryStorage } from './storage.ts'

const text = (name: string): string =>
  `{"groups": {"${name}": {"oscillator": {"types": ["sine"]}, "envelope": {"attack": "5ms"}}}}`
const drop = (name: string, content: string): File => new File([content], name)

function importerOn(storage: LibraryStorage): ImporterPort {
  const keeper = new LibraryKeeper(storage)
  return {
    load: async (onBatch) => ({ place: storage.place, ...(await keeper.load(onBatch)) }),
    importFiles: (files, watcher) => keeper.importFiles(files, { ...watcher, isCancelled: () => false }),
    save: (preset) => keeper.save(preset),
    read: (json) => keeper.read(json),
    reportText: async (id, format) => (await keeper.reportText(id, format)) ?? null,
  }
}

const factorySound = { id: 'warm-pad', name: 'Warm pad' } as Preset
const factoryPatch = { version: 1 } as Patch
function open(storage: LibraryStorage = memoryStorage()): { library: Library; asked: () => number } {
  let asked = 0
  const persist = async (): Promise<boolean> => ++asked > 0
  return {
    library: createLibrary({
      importer: importerOn(storage),
      factory: Promise.resolve({ presets: [factorySound], patches: new Map([['weft', factoryPatch]]) }),
      persist,
    }),
    asked: () => asked,
  }
}
const names = (library: Library): string[] =>
  [...library.store.getState().presets.values()].map((preset) => preset.name)

test('factory sounds come first, then what was kept', async () => {
  const storage = memoryStorage()
  const first = open(storage)
  await first.library.import([drop('a.json', text('Pad'))])
  expect(names(first.library)).toEqual(['Warm pad', 'Pad'])
  const second = open(storage)
  expect(second.library.store.getState().ready).toBe(false)
  await second.library.ready
  expect(names(second.library)).toEqual(['Warm pad', 'Pad'])
  expect(second.library.store.getState().reports.size).toBe(1)
})

test('patches of the factory are there for sounds that name one', async () => {
  const { library } = open()
  await library.ready
  expect(library.store.getState().patches.get('weft')).toBe(factoryPatch)
})

test('storage is asked to persist at the first import only', async () => {
  const { library, asked } = open()
  await library.ready
  expect(asked()).toBe(0)
  await library.import([drop('a.json', text('Pad'))])
  await library.import([drop('b.json', text('Bass'))])
  expect(asked()).toBe(1)
})

test('a repeated sound gets its second source in the list', async () => {
  const { library } = open()
  await library.import([drop('a.json', text('Pad')), drop('b.json', text('Pad'))])
  const sounds = [...library.store.getState().presets.values()].filter((preset) => preset.name === 'Pad')
  expect(sounds.map((preset) => preset.source.files)).toEqual([['a.json', 'b.json']])
})

test('reading keeps nothing, and the whole report can be had as text', async () => {
  const { library } = open()
  const { presets } = await library.read(text('Pad'))
  expect(presets).toHaveLength(1)
  expect(names(library)).not.toContain('Pad')
  const [report] = await library.import([drop('a.json', text('Pad'))])
  expect(await library.reportText(report?.id ?? '')).toContain('a.json')
  expect(await library.reportText('nothing')).toBeNull()
})
