// Behaviour of the command door: validation, undo, and what reaches the engine (Node; the engine only records).
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { createStores, readUndoable, type Undoable } from '../project/stores.ts'
import { commandInfos, COMMANDS } from './registry.ts'
import { visiblePresets } from './sounds.ts'
import { engineHolds, preset, report, testApp, type TestApp } from './testApp.ts'

const RUNS = { seed: 11, numRuns: process.env.VERIFY ? 2000 : 60 }
const visible = ({ context, stores }: TestApp): string[] =>
  visiblePresets(context.library.store.getState(), stores.library.getState()).map(({ id }) => id)
const selected = async (): Promise<TestApp> => {
  const app = testApp()
  await app.run('audition.select', { presetId: 'one' })
  app.calls.length = 0
  return app
}
const file = (): File => new File(['{}'], 'a.json')

describe('the door', () => {
  it('has one command per id, each described, with arguments as JSON Schema', () => {
    const infos = commandInfos()
    expect(new Set(infos.map(({ id }) => id)).size).toBe(COMMANDS.length)
    for (const { id, title, doc, args } of infos) {
      expect(id).toMatch(/^[a-z]+\.[a-z][A-Za-z]+$/)
      expect(title).not.toBe('')
      expect(doc).toMatch(/\.$/)
      expect(args).toMatchObject({ type: 'object' })
    }
  })
  it('refuses unknown commands', async () => {
    await expect(testApp().run('no.such')).rejects.toMatchObject({ code: 'unknown-command', value: 'no.such' })
  })
  it.each([
    ['master.setVolume', { gainDb: 'loud' }, 'gainDb'],
    ['master.setVolume', { gainDb: 1e9 }, 'gainDb'],
    ['master.setVolume', { gainDb: NaN }, 'gainDb'],
    ['note.on', { note: 128, velocity: 0.5, source: 'x' }, 'note'],
    ['view.setTheme', { theme: 'pink' }, 'theme'],
    ['audition.setValue', { key: 'filter.cutoff', value: 1e6 }, 'value'],
    ['audition.setValue', { key: 'filter.mode', value: 'sideways' }, 'value'],
    ['library.import', { files: [{}] }, 'files.0'],
  ])('refuses %s %o, names the field, and changes nothing', async (id, args, field) => {
    const app = await selected()
    const before = readUndoable(app.stores)
    await expect(app.run(id, args)).rejects.toMatchObject({ code: 'invalid-argument', field })
    expect(readUndoable(app.stores)).toStrictEqual(before)
    expect(app.calls).toEqual([])
  })
  it('refuses arguments that a command does not have', async () => {
    await expect(testApp().run('history.undo', { deep: true })).rejects.toMatchObject({ code: 'invalid-argument' })
  })
  it('names the ways out in the hint of a value out of range', async () => {
    const app = await selected()
    await expect(app.run('audition.setValue', { key: 'filter.cutoff', value: 1 })).rejects.toMatchObject({
      hint: 'filter.cutoff takes 20 Hz to 20 kHz.',
    })
  })
  it('survives any arguments for any command: resolves, or rejects with an error of the closed list', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...COMMANDS.map(({ id }) => id as string)), fc.anything(), async (id, args) => {
        const error: unknown = await testApp()
          .run(id, args)
          .then(
            () => null,
            (thrown: unknown) => thrown,
          )
        if (error !== null) expect(error).toMatchObject({ name: 'SoundloomError' })
      }),
      RUNS,
    )
  })
})

describe('the strip', () => {
  it('sounds a pressed tile in the same task, before any promise settles', () => {
    const app = testApp()
    void app.run('audition.press', { presetId: 'one' })
    expect(app.calls).toEqual(['strike 48 0.8'])
    expect([...app.context.held.store.getState().held]).toEqual([48])
  })
  it('loads a pressed sound once, and ends its note on release', async () => {
    const app = testApp()
    await app.run('audition.press', { presetId: 'one' })
    await app.run('audition.release', {})
    expect(app.calls).toEqual(['strike 48 0.8', 'noteOff 1'])
  })
  it('ends one sound before it strikes the next', async () => {
    const app = testApp()
    await app.run('audition.press', { presetId: 'one' })
    app.calls.length = 0
    await app.run('audition.press', { presetId: 'two' })
    expect(app.calls.slice(0, 2)).toEqual(['noteOff 1', 'strike 48 0.8'])
  })
  it('strikes a tile also while a key holds the same note, which then holds the new sound', async () => {
    const app = testApp()
    await app.run('note.on', { note: 48, velocity: 1, source: 'midi:a:0' })
    await app.run('audition.press', { presetId: 'one' })
    await app.run('audition.release', {})
    expect(app.calls).toEqual(['noteOn 48 1', 'noteOff 1', 'strike 48 0.8'])
    await app.run('note.off', { note: 48, source: 'midi:a:0' })
    expect(app.calls.at(-1)).toBe('noteOff 2')
  })
  it('ends a short audition by itself', async () => {
    vi.useFakeTimers()
    const app = testApp()
    await app.run('audition.once', { presetId: 'one' })
    vi.advanceTimersByTime(890)
    expect(app.calls).not.toContain('noteOff 1')
    vi.advanceTimersByTime(20)
    expect(app.calls).toContain('noteOff 1')
    vi.useRealTimers()
  })
  it('sends an edit as one parameter, and undo sends the old value', async () => {
    const app = await selected()
    const held = await app.run('audition.setValue', { key: 'filter.cutoff', value: 1200 })
    expect(held).toEqual({ key: 'filter.cutoff', value: 1200, text: '1.2 kHz' })
    await app.run('audition.setValue', { key: 'fx1.time', value: 0.5 })
    await app.run('history.undo', {})
    await app.run('history.undo', {})
    expect(app.calls).toEqual([
      'setParam filter.cutoff 1200',
      'setParam fx1.time 0.5',
      'setParam fx1.time 0.3',
      'setParam filter.cutoff 900',
    ])
    expect(app.context.player.current()?.edited).toBe(false)
  })
  it('brings the edited sound back when its edit is undone from another sound', async () => {
    const app = await selected()
    await app.run('audition.setValue', { key: 'filter.cutoff', value: 1200 })
    await app.run('audition.select', { presetId: 'two' })
    await app.run('history.undo', {})
    expect(app.stores.session.getState().selectedPresetId).toBe('one')
    expect(app.programs.at(-1)?.values['filter.cutoff']).toBeUndefined()
  })
  it('keeps edits over a visit to another sound, and never changes the library', async () => {
    const app = await selected()
    await app.run('audition.setValue', { key: 'filter.cutoff', value: 1200 })
    await app.run('audition.select', { presetId: 'two' })
    await app.run('audition.select', { presetId: 'one' })
    expect(app.programs.at(-1)?.values['filter.cutoff']).toBe(1200)
    expect(app.context.library.store.getState().presets.get('one')).toStrictEqual(preset('one'))
  })
  it('makes no edit of a knob that is turned to where it is', async () => {
    const app = await selected()
    await app.run('audition.setValue', { key: 'filter.cutoff', value: 900 })
    expect(app.context.player.current()?.edited).toBe(false)
    expect(app.context.history.depth()).toBe(0)
  })
  it('switches an effect off and on', async () => {
    const app = await selected()
    await app.run('audition.setBypass', { device: 'fx1', bypass: true })
    await app.run('history.undo', {})
    expect(app.calls).toEqual(['setBypass 0 true', 'setBypass 0 false'])
  })
  it('saves the edited copy as a new sound; undo puts it in the bin and brings the edits back', async () => {
    const app = await selected()
    await app.run('audition.setValue', { key: 'filter.cutoff', value: 1200 })
    const { presetId } = await app.run('audition.save', { name: 'Mine' })
    expect(visible(app)).toEqual(['one', 'two', presetId])
    expect(app.context.player.current()).toMatchObject({
      edited: false,
      preset: { name: 'Mine', source: { kind: 'user' } },
    })
    await app.run('history.undo', {})
    expect(visible(app)).toEqual(['one', 'two'])
    expect(app.context.player.current()).toMatchObject({ edited: true, preset: { id: 'one' } })
    await app.run('history.redo', {})
    expect(visible(app)).toContain(presetId)
  })
  it('throws the dice as one step that stays inside given ranges and leaves pitch and loudness', async () => {
    const app = testApp([preset('one', { ranges: { 'filter.cutoff': [400, 500] } })])
    await app.run('audition.select', { presetId: 'one' })
    await app.run('audition.dice', {})
    const values = app.stores.audition.getState().copies.one!.values
    expect(values['filter.cutoff']).toBeGreaterThanOrEqual(400)
    expect(values['filter.cutoff']).toBeLessThanOrEqual(500)
    expect(values['osc.level']).toBeUndefined()
    expect(values['osc.tune']).toBeUndefined()
    expect(app.context.history.depth()).toBe(1)
  })
  it('exports what plays, with its patch, as JSON', async () => {
    const app = testApp()
    await app.run('audition.select', { presetId: 'one' })
    await app.run('audition.setValue', { key: 'filter.cutoff', value: 1200 })
    await app.run('audition.exportJson', {})
    const [{ name, text }] = app.downloads as [{ name: string; text: string }]
    expect(name).toBe('Sound one.json')
    expect(JSON.parse(text)).toMatchObject({ presets: [{ values: { 'filter.cutoff': 1200 }, patch: { version: 1 } }] })
  })
  it('plays at matched loudness as soon as it was measured, switchable', async () => {
    const app = await selected()
    await app.context.player.thumbnail('one')
    await app.run('audition.setLevelMatch', { on: false })
    await app.run('audition.setLevelMatch', { on: true })
    expect(app.calls).toEqual(['setGain -3', 'setGain 0', 'setGain -3'])
  })
  it('measures a sound after its press, when nothing else was pressed meanwhile', async () => {
    vi.useFakeTimers()
    const app = testApp()
    await app.run('audition.press', { presetId: 'one' })
    await vi.advanceTimersByTimeAsync(200)
    await app.run('audition.press', { presetId: 'two' })
    await vi.advanceTimersByTimeAsync(400)
    expect([...app.context.player.store.getState().matchGainsDb]).toEqual([['two', -3]])
    vi.useRealTimers()
  })
})

describe('the library', () => {
  it('hides an import on undo, shows it on redo, and deletes nothing', async () => {
    const app = testApp()
    app.nextImport = [{ report: report('r1', ['new']), presets: [preset('new')] }]
    await app.run('library.import', { files: [file()] })
    expect(visible(app)).toContain('new')
    expect(app.context.history.view.getState().undoLabel).toBe('Import r1.json')
    await app.run('history.undo', {})
    expect(visible(app)).not.toContain('new')
    expect(app.context.library.store.getState().presets.has('new')).toBe(true)
    await app.run('history.redo', {})
    expect(visible(app)).toContain('new')
  })
  it('keeps a sound while one of two imports that brought it is shown', async () => {
    const app = testApp()
    app.nextImport = [
      { report: report('r1', ['new']), presets: [preset('new')] },
      { report: report('r2', ['new']), presets: [] },
    ]
    await app.run('library.import', { files: [file(), file()] })
    await app.run('library.undoImport', { reportId: 'r1' })
    expect(visible(app)).toContain('new')
    await app.run('library.undoImport', { reportId: 'r2' })
    expect(visible(app)).not.toContain('new')
  })
  it('takes a sound out of the bin when it is imported again, and undo puts it back there', async () => {
    const app = testApp([preset('one', { source: { kind: 'factory', files: [] } }), preset('two')])
    await app.run('library.remove', { presetId: 'one' })
    expect(visible(app)).toEqual(['two'])
    app.nextImport = [{ report: report('r1', ['one']), presets: [] }]
    await app.run('library.import', { files: [file()] })
    expect(visible(app)).toEqual(['one', 'two'])
    await app.run('history.undo', {})
    expect(visible(app)).toEqual(['two'])
    await app.run('history.undo', {})
    expect(visible(app)).toEqual(['one', 'two'])
  })
  it('says what an import did, with a way back', async () => {
    const app = testApp()
    app.nextImport = [{ report: report('r1', ['new']), presets: [preset('new')] }]
    await app.run('library.import', { files: [file()] })
    const notice = app.context.notices.store.getState().notices.at(-1)!
    expect(notice.fact).toBe('r1.json: 1 sounds imported')
    notice.actions!.find(({ label }) => label === 'Undo')!.run()
    expect(visible(app)).not.toContain('new')
  })
  it('fixes a value of an import so that the sound plays it, and undo takes the fix back', async () => {
    const app = await selected()
    await app.run('library.setValue', { presetId: 'one', key: 'filter.cutoff', value: 500 })
    await app.run('history.undo', {})
    expect(app.calls).toEqual(['setParam filter.cutoff 500', 'setParam filter.cutoff 900'])
  })
})

describe('history', () => {
  it('merges a gesture into one step, named after the parameter', async () => {
    const app = await selected()
    for (const value of [1000, 1100, 1200]) {
      await app.run('audition.setValue', { key: 'filter.cutoff', value }, { gesture: 'g1' })
      app.nowMs += 900
    }
    expect(app.context.history.depth()).toBe(1)
    expect(app.context.history.view.getState().undoLabel).toBe('Cutoff')
    await app.run('history.undo', {})
    expect(app.calls.at(-1)).toBe('setParam filter.cutoff 900')
  })
  it('opens a new step after endGesture, and after more than a second of silence', async () => {
    const app = await selected()
    const set = (value: number): Promise<unknown> =>
      app.run('audition.setValue', { key: 'filter.cutoff', value }, { gesture: 'g1' })
    await set(1000)
    await app.run('history.endGesture', {})
    await set(1100)
    app.nowMs += 1001
    await set(1200)
    expect(app.context.history.depth()).toBe(3)
  })

  const step = fc.oneof(
    fc.record({ id: fc.constant('master.setVolume'), args: fc.record({ gainDb: fc.integer({ min: -60, max: 6 }) }) }),
    fc.record({ id: fc.constant('master.setMute'), args: fc.record({ muted: fc.boolean() }) }),
    fc.record({ id: fc.constant('master.setLimiter'), args: fc.record({ on: fc.boolean() }) }),
    fc.record({ id: fc.constant('project.rename'), args: fc.record({ name: fc.constantFrom('a', 'b', 'c') }) }),
    fc.record({ id: fc.constant('audition.select'), args: fc.record({ presetId: fc.constantFrom('one', 'two') }) }),
    fc.record({
      id: fc.constant('audition.setValue'),
      args: fc.record({
        key: fc.constantFrom('filter.cutoff', 'env.attack', 'fx1.time', 'fx1.mix'),
        value: fc.double({ min: 0.05, max: 0.9, noNaN: true }),
      }),
    }),
    fc.record({
      id: fc.constant('audition.setBypass'),
      args: fc.record({ device: fc.constant('fx1'), bypass: fc.boolean() }),
    }),
    fc.record({ id: fc.constantFrom('audition.dice', 'audition.reset', 'audition.revert'), args: fc.constant({}) }),
    fc.record({
      id: fc.constant('library.setFavourite'),
      args: fc.record({ presetId: fc.constantFrom('one', 'two'), favourite: fc.boolean() }),
    }),
    fc.record({
      id: fc.constant('library.setValue'),
      args: fc.record({
        presetId: fc.constantFrom('one', 'two'),
        key: fc.constant('env.attack'),
        value: fc.double({ min: 0.01, max: 1, noNaN: true }),
      }),
    }),
    fc.record({
      id: fc.constantFrom('library.remove', 'library.restore'),
      args: fc.record({ presetId: fc.constant('two') }),
    }),
    fc.record({ id: fc.constantFrom('history.undo', 'history.redo', 'history.endGesture'), args: fc.constant({}) }),
  )
  const session = fc.array(fc.record({ step, gesture: fc.option(fc.constantFrom('g', 'h'), { nil: undefined }) }), {
    maxLength: 40,
  })

  const play = async (
    app: TestApp,
    steps: { step: { id: string; args: object }; gesture?: string }[],
  ): Promise<void> => {
    await app.run('audition.select', { presetId: 'one' })
    for (const {
      step: { id, args },
      gesture,
    } of steps) {
      await app.run(id, args, { gesture }).catch(() => undefined)
      app.nowMs += 100
    }
  }

  it('takes any session back to its start, and forward again to its end', async () => {
    await fc.assert(
      fc.asyncProperty(session, async (steps) => {
        const app = testApp()
        const start = readUndoable(app.stores)
        await play(app, steps)
        const end = readUndoable(app.stores)
        const depth = app.context.history.depth()
        for (let i = 0; i < depth; i++) await app.run('history.undo', {})
        expect(readUndoable(app.stores)).toStrictEqual(start)
        for (let i = 0; i < depth; i++) await app.run('history.redo', {})
        expect(readUndoable(app.stores)).toStrictEqual(end)
      }),
      RUNS,
    )
  })
  it('leaves state that is the same after saving and loading', async () => {
    await fc.assert(
      fc.asyncProperty(session, async (steps) => {
        const app = testApp()
        await play(app, steps)
        const saved = readUndoable(app.stores)
        const loaded = createStores(structuredClone(JSON.parse(JSON.stringify(saved)) as Undoable))
        expect(readUndoable(loaded)).toStrictEqual(saved)
      }),
      RUNS,
    )
  })
  it('leaves the engine with what a fresh load of the same state would send', async () => {
    await fc.assert(
      fc.asyncProperty(session, async (steps) => {
        const app = testApp()
        await play(app, steps)
        const fresh = testApp(
          [preset('one'), preset('two')],
          createStores({ ...readUndoable(app.stores), session: app.stores.session.getState() }),
        )
        const sent = app.calls.slice(app.calls.findLastIndex((call) => call.startsWith('load')) + 1)
        expect(engineHolds(app.programs.at(-1)!, sent)).toStrictEqual(engineHolds(fresh.programs.at(-1)!, []))
      }),
      RUNS,
    )
  })
})
