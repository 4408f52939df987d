// Dropping a file again whose import was undone (Node).
import { expect, it } from 'vitest'
import { visiblePresets } from './sounds.ts'
import { preset, report, testApp, type TestApp } from './testApp.ts'

const file = (): File => new File(['{}'], 'a.json')
const visible = ({ context, stores }: TestApp): string[] =>
  visiblePresets(context.library.store.getState(), stores.library.getState()).map(({ id }) => id)

it('says that sounds come back when a file is dropped again whose import was undone', async () => {
  const app = testApp()
  app.nextImport = [{ report: report('r1', ['new']), presets: [preset('new')] }]
  await app.run('library.import', { files: [file()] })
  await app.run('history.undo', {})
  const again = { ...report('r2', ['new']), title: '1 already here' }
  const counts = { ...again.counts, imported: 0, alreadyHere: 1 }
  app.nextImport = [{ report: { ...again, counts }, presets: [] }]
  await app.run('library.import', { files: [file()] })
  expect(visible(app)).toContain('new')
  const { fact, actions } = app.context.notices.store.getState().notices.at(-1)!
  expect(fact).toBe('r2.json: 1 sound back from the bin')
  actions!.find(({ label }) => label === 'Undo')!.run()
  expect(visible(app)).not.toContain('new')
  app.nextImport = [{ report: { ...again, id: 'r3', counts: { ...counts, alreadyHere: 1 } }, presets: [] }]
  await app.run('library.import', { files: [file()] })
  await app.run('library.import', { files: [file()] })
  expect(app.context.notices.store.getState().notices.at(-1)!.fact).toBe('r2.json: 1 already here')
})
