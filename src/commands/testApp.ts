// An app without a browser for tests: real stores, history and commands over an engine that records what it is told (Node).
import { createStore } from 'zustand/vanilla'
import type { Patch, Preset } from '../presets/model.ts'
import type { ImportReport } from '../presets/report.ts'
import { soundParams } from '../project/sound.ts'
import { createDemo } from '../project/demoFile.ts'
import { newProject } from '../project/document.ts'
import { keepProjects, type Keeping, type KeepingParts } from '../project/keeping.ts'
import { createAssets } from '../project/assets.ts'
import { memoryStorage } from '../project/memory.ts'
import { createStores, type Stores } from '../project/stores.ts'
import { projectText } from '../project/text.ts'
import type { TransportState } from '../transport/state.ts'
import { createTransportStore } from '../transport/store.ts'
import type {
  CommandContext,
  EnginePort,
  LibraryContents,
  ProgramInput,
  ProjectRender,
  ProjectRenderOptions,
} from './context.ts'
import { assembleCommands } from './assemble.ts'
import type { Run } from './registry.ts'

export const PATCH: Patch = {
  version: 1,
  units: {
    osc: { type: 'saw', values: { level: 0.8 } },
    filter: { type: 'svf', values: { cutoff: 900 }, in: { in: ['osc'] } },
    env: { type: 'env', values: { attack: 0.3 } },
    amp: { type: 'gain', in: { in: ['filter'], mod: ['env'] } },
  },
  mods: [],
  out: { left: 'amp', right: 'amp' },
  voices: { max: 8, mode: 'poly', glideSeconds: 0 },
  groups: [],
}

export const preset = (id: string, over: Partial<Preset> = {}): Preset => ({
  version: 1,
  id,
  name: `Sound ${id}`,
  role: 'PAD',
  tags: [],
  description: '',
  patch: PATCH,
  values: { 'filter.resonance': 0.3 },
  effects: [{ id: 'echo', kind: 'effect', type: 'delay', values: { time: 0.3 }, bypass: false }],
  source: { kind: 'import', files: ['a.json'] },
  ...over,
})

export const report = (id: string, presetIds: readonly string[]): ImportReport =>
  ({
    version: 1,
    id,
    file: { name: `${id}.json`, bytes: 10, encoding: 'utf-8', layouts: [] },
    title: `${String(presetIds.length)} sounds imported`,
    summary: '',
    counts: { found: presetIds.length, imported: presetIds.length, alreadyHere: 0, warnings: 0, errors: 0 },
    groups: [],
    details: [],
    presetIds,
  }) as unknown as ImportReport

export interface TestApp {
  readonly keeping: Keeping
  readonly run: Run
  readonly stores: Stores
  readonly context: CommandContext
  /** Every call that reached the engine, newest last: `noteOn 60 0.8`. */
  readonly calls: string[]
  readonly programs: ProgramInput[]
  /** What was to be rendered of the project. */
  readonly rendered: { project: ProjectRender; options: ProjectRenderOptions | undefined }[]
  readonly downloads: { name: string; text: string }[]
  /** The next import brings these. */
  nextImport: { report: ImportReport; presets: readonly Preset[] }[]
  /** What the search finds. */
  search: CommandContext['search']['search']
  nowMs: number
  /** Where the song stands; tests move it. */
  place: Partial<TransportState>
}

export function testApp(
  presets: readonly Preset[] = [preset('one'), preset('two')],
  stores = createStores(),
  kept: Partial<KeepingParts> = {},
): TestApp {
  const calls: string[] = []
  const programs: ProgramInput[] = []
  const rendered: TestApp['rendered'] = []
  let noteIds = 0
  const note = (name: string, ...values: unknown[]): void => void calls.push([name, ...values].join(' '))
  const told = (expression: object = {}): string[] =>
    Object.entries(expression).flatMap(([kind, value]) => (value === undefined ? [] : [`${kind}=${String(value)}`]))
  const built = { key: 'k', cached: false, predictedCost: 0.01, latencyFrames: 64, tailSeconds: 1 }
  const build = (program: ProgramInput): Promise<typeof built> => {
    programs.push(program)
    return Promise.resolve(built)
  }
  const atRest = createTransportStore().getState()
  const state = (): TransportState => ({ ...atRest, ...app.place })
  const engine: EnginePort = {
    song: {
      settled: () => Promise.resolve(),
      noteOn(trackId, key, velocity, expression) {
        note('track.noteOn', trackId, key, velocity, ...told(expression))
        return ++noteIds
      },
      noteOff: (id) => note('track.noteOff', id),
      express: (id, expression) => note('track.express', id, ...told(expression)),
      bend: (trackId, amount) => note('track.bend', trackId, amount),
      wheel: (trackId, amount) => note('track.wheel', trackId, amount),
      pressure: (trackId, amount) => note('track.pressure', trackId, amount),
      timbre: (trackId, amount) => note('track.timbre', trackId, amount),
      sustain: (trackId, down) => note('track.sustain', trackId, down),
    },
    transport: {
      play: (bars) => note('play', bars),
      pause: () => note('pause'),
      stop: () => note('stop'),
      seek: (position, unit) => note('seek', position, unit),
      setMetronome: (on, gainDb) => note('metronome', on, gainDb),
      state,
      settled: () => Promise.resolve(state()),
    },
    audition: {
      load(program, mode = 'switch') {
        note('load', mode)
        return build(program)
      },
      strike(program, key, velocity) {
        note('strike', key, velocity)
        return { noteId: ++noteIds, loaded: build(program) }
      },
      noteOn(key, velocity, expression) {
        note('noteOn', key, velocity, ...told(expression))
        return ++noteIds
      },
      noteOff: (id) => note('noteOff', id),
      express: (id, expression) => note('express', id, ...told(expression)),
      bend: (amount) => note('bend', amount),
      wheel: (amount) => note('wheel', amount),
      pressure: (amount) => note('pressure', amount),
      timbre: (amount) => note('timbre', amount),
      sustain: (down) => note('sustain', down),
      setParam: (key, value) => note('setParam', key, value),
      setBypass: (effect, bypass) => note('setBypass', effect, bypass),
      setGain: (gainDb) => note('setGain', gainDb),
    },
    resume: () => Promise.resolve(),
    setMasterGain: (gainDb) => note('setMasterGain', gainDb),
    setMasterMute: (mute) => note('setMasterMute', mute),
    setLimiterBypass: (bypass) => note('setLimiterBypass', bypass),
    setLimiterValue: (key, value) => note('setLimiterValue', key, value),
    setSampleRate: (sampleRate) => note('setSampleRate', sampleRate),
    setLatencyHint: (hint) => note('setLatencyHint', hint),
    panic: () => note('panic'),
    startCapture: (seed, fromTick) =>
      Promise.resolve(note('startCapture', seed, ...(fromTick == null ? [] : [fromTick]))),
    stopCapture: () => Promise.reject(new Error('not in this test')),
    bench: () => Promise.reject(new Error('not in this test')),
    replayCapture: () => Promise.reject(new Error('not in this test')),
    status: () => ({}),
    renderPreset: () => Promise.reject(new Error('not in this test')),
    renderProject: (project, options) => {
      rendered.push({ project, options })
      return Promise.resolve({ channels: [], sampleRate: 48000, frames: 0, sha256: '', diagnostics: [] })
    },
    freezeTrack: () => Promise.reject(new Error('not in this test')),
    memoryBytes: () => 128 * 2 ** 20,
    thumbnail: () =>
      Promise.resolve({
        amplitude: new Float32Array(64),
        brightness: new Float32Array(64),
        levelMatchDb: -3,
        seconds: 3,
      }),
  }
  const contents = createStore<LibraryContents>(() => ({
    ready: true,
    presets: new Map(presets.map((one) => [one.id, one])),
    patches: new Map(),
    reports: new Map(),
    songs: new Map(),
    kept: 'device',
  }))
  const keep = (added: readonly Preset[]): void =>
    contents.setState(({ presets: known }) => ({
      presets: new Map([...known, ...added.map((one) => [one.id, one] as const)]),
    }))
  const app = {
    calls,
    programs,
    rendered,
    stores,
    downloads: [],
    nextImport: [],
    search: () => Promise.reject(new Error('not in this test')),
    nowMs: 0,
    place: {},
  } as Omit<TestApp, 'run' | 'context' | 'keeping'>
  const library: CommandContext['library'] = {
    store: contents,
    import: () => {
      for (const { report: made, presets: added } of app.nextImport) {
        keep(added)
        contents.setState(({ reports }) => ({ reports: new Map(reports).set(made.id, made) }))
      }
      return Promise.resolve(app.nextImport.map((one) => one.report))
    },
    save: (one) => {
      keep([one])
      return Promise.resolve()
    },
    read: () => Promise.reject(new Error('not in this test')),
    reportText: () => Promise.resolve(null),
  }
  const keeping = keepProjects({ stores, storage: memoryStorage(), nowMs: () => app.nowMs, ...kept })
  const { context, run } = assembleCommands({
    stores,
    keeping,
    engine,
    library,
    search: { search: (query) => app.search(query) },
    assets: createAssets(memoryStorage(), () => undefined),
    decodeAudio: () => Promise.reject(new Error('no browser')),
    midi: { connect: () => Promise.resolve({ state: 'on', devices: [] }) },
    demo: createDemo(() => Promise.resolve(projectText(newProject('demodemodemo')))),
    download: (name, text) => void app.downloads.push({ name, text }),
    nowMs: () => app.nowMs,
    random: () => 0.75,
  })
  context.player.follow()
  calls.length = 0
  return Object.assign(app, { context, run, keeping })
}

/** Every value and bypass of a program after the calls that followed it. */
export function engineHolds(
  { patch, values, effects }: ProgramInput,
  calls: readonly string[],
): Record<string, string> {
  const sound = preset('held', { values, effects })
  const held = Object.fromEntries(soundParams(sound, patch).map(({ key, value }) => [key, String(value)]))
  effects.forEach(({ bypass }, index) => (held[`bypass ${String(index)}`] = String(bypass)))
  for (const call of calls) {
    const [name, key, value] = call.split(' ') as [string, string, string]
    if (name === 'setParam') held[key] = value
    if (name === 'setBypass') held[`bypass ${key}`] = value
  }
  return held
}
