// Behaviour of what the interface watches (Node).
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { derive } from './derive.ts'
import { createNotices } from './notices.ts'
import { preset, report, testApp } from './testApp.ts'
import { auditionView, documentView, inputView, polled, soundsView } from './views.ts'

const saving = createStore(() => ({ saved: 'saved' as const }))
const engine = createStore(() => ({ sampleRate: 48_000 }))

describe('views', () => {
  it('name what undo would do, and follow the master', async () => {
    const app = testApp()
    const view = documentView(app.context, saving)
    expect(view.getState()).toMatchObject({ undoLabel: null, masterGainDb: 0 })
    await app.run('master.setVolume', { gainDb: -6 })
    expect(view.getState()).toMatchObject({ undoLabel: 'Master volume', masterGainDb: -6 })
    await app.run('history.undo', {})
    expect(view.getState()).toMatchObject({ undoLabel: null, redoLabel: 'Master volume', masterGainDb: 0 })
  })
  it('show the limiter, which undo brings back, and the single-letter shortcuts, which it leaves alone', async () => {
    const app = testApp()
    const master = documentView(app.context, saving)
    const midi = createStore(() => ({ state: 'off' as const, devices: [], zones: {} }))
    const input = inputView(
      app.context,
      midi,
      createStore(() => ({ letters: new Map() })),
    )
    expect([master.getState().limiterOn, input.getState().shortcuts]).toEqual([true, true])
    await app.run('master.setLimiter', { on: false })
    await app.run('input.setShortcuts', { on: false })
    expect([master.getState().limiterOn, input.getState().shortcuts]).toEqual([false, false])
    await app.run('history.undo', {})
    expect([master.getState().limiterOn, input.getState().shortcuts]).toEqual([true, false])
    expect(master.getState().undoLabel).toBeNull()
  })
  it('show the sound on the strip with its edits beside what the library holds', async () => {
    const app = testApp()
    const view = auditionView(app.context, engine)
    expect(view.getState()).toMatchObject({ preset: null, edited: false, matchGainDb: null, latencySeconds: null })
    await app.run('audition.select', { presetId: 'one' })
    await app.run('audition.setValue', { key: 'filter.cutoff', value: 1200 })
    const { preset: held, original, edited, latencySeconds } = view.getState()
    expect(held!.values['filter.cutoff']).toBe(1200)
    expect(original!.values['filter.cutoff']).toBeUndefined()
    expect(edited).toBe(true)
    expect(latencySeconds).toBeCloseTo(64 / 48_000)
  })
  it('list songs with links to sounds that are shown, and none of an import in the bin', async () => {
    const app = testApp([preset('one', { name: 'Pad' })])
    const { library } = app.context
    const section = (name: string, presetName: string) => ({ name, presetName, pointer: '', settings: {} })
    const sections = [section('Intro', 'Pad'), section('Intro', 'Gone'), section('Drop', 'Pad')]
    library.store.setState({
      songs: new Map([['s', { id: 's', fileName: 'r1.json', sections }]]),
      reports: new Map([['r1', report('r1', [])]]),
    })
    const view = soundsView(app.context)
    expect(view.getState().songs).toEqual([
      {
        id: 's',
        name: 'r1.json',
        sections: [
          {
            name: 'Intro',
            sounds: [
              { name: 'Pad', presetId: 'one' },
              { name: 'Gone', presetId: null },
            ],
          },
          { name: 'Drop', sounds: [{ name: 'Pad', presetId: 'one' }] },
        ],
      },
    ])
    await app.run('library.undoImport', { reportId: 'r1' })
    expect(view.getState().songs).toEqual([])
  })
  it('are computed from the newest states', () => {
    const a = createStore(() => ({ n: 1 }))
    const b = createStore(() => ({ n: 10 }))
    const sum = derive([a, b], (one, two) => ({ sum: one.n + two.n }))
    a.setState({ n: 2 })
    b.setState({ n: 20 })
    expect(sum.getState()).toEqual({ sum: 22 })
  })
})

describe('polled views', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('ask again only while somebody watches', () => {
    let asked = 0
    const store = polled(() => ({ asked: ++asked }), 250)
    vi.advanceTimersByTime(1000)
    expect(asked).toBe(1)
    const stops = [store.subscribe(() => undefined), store.subscribe(() => undefined)]
    vi.advanceTimersByTime(500)
    expect(store.getState().asked).toBe(3)
    for (const stop of stops) stop()
    vi.advanceTimersByTime(1000)
    expect(asked).toBe(3)
  })
})

describe('notices', () => {
  it('replace one that says the same, and go when they are dismissed', () => {
    const notices = createNotices()
    notices.show({ kind: 'info', fact: 'a' })
    const again = notices.show({ kind: 'info', fact: 'a' })
    notices.show({ kind: 'info', fact: 'b' })
    expect(notices.store.getState().notices.map(({ fact }) => fact)).toEqual(['a', 'b'])
    notices.dismiss(again)
    expect(notices.store.getState().notices.map(({ fact }) => fact)).toEqual(['b'])
  })
})
