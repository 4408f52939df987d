// The composition root (main thread): starts every part and hands each what it needs. The only file that knows all of them.
import { createRoot } from 'react-dom/client'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { createApi } from './api.ts'
import { assembleCommands } from './commands/assemble.ts'
import type { CommandContext } from './commands/context.ts'
import { derive } from './commands/derive.ts'
import { deviceNames } from './commands/deviceName.ts'
import type { RunOptions } from './commands/define.ts'
import type { CommandArgs, CommandId, Run } from './commands/registry.ts'
import { sayRefusals } from './commands/sayRefusals.ts'
import * as views from './commands/views.ts'
import { showBootPage } from './engine/bootpage.ts'
import { MEMORY_MISSING, missingFeatures } from './engine/capabilities.ts'
import { followBudget } from './engine/governor/tell.ts'
import { passNotices } from './engine/passNotices.ts'
import { createEngineHost, type EngineHost } from './engine/host.ts'
import { decodeAudio } from './engine/decodeAudio.ts'
import { createDiagnostics } from './engine/live/diagnostics.ts'
import { createLiveAnalysis, type LiveAnalysis } from './engine/live/analysis.ts'
import { engineModule, onModuleReplaced } from './engine/module.ts'
import { releaseWhenAway } from './input/away.ts'
import { createMidi, type Midi } from './input/midi.ts'
import { bindShortcuts } from './input/shortcuts.ts'
import { createTyping, listenForTyping } from './input/typing.ts'
import { readLayout, typingLetters, type KeyboardLayout } from './input/typingKeys.ts'
import { latencyHintOf } from './params/budget.ts'
import { asSoundloomError } from './params/error.ts'
import { loadFactory } from './presets/library/factory.ts'
import { songAssets } from './presets/assets/named.ts'
import { createLibrary, type Library } from './presets/library/library.ts'
import type { Autosave } from './project/autosave.ts'
import { download, readStorageFigures, type StorageFigures } from './project/files.ts'
import { createFrozenView } from './compile/frozen.ts'
import { createAssets, type Assets } from './project/assets.ts'
import { createDemo } from './project/demoFile.ts'
import { CHANNEL_NAME, keepProjects } from './project/keeping.ts'
import type { KeptUser, ProjectStorage } from './project/kept.ts'
import { memoryStorage } from './project/memory.ts'
import { openProjectStorage } from './project/storage.ts'
import { createStores } from './project/stores.ts'
import { sweep } from './project/sweep.ts'
import { isOnlyTab } from './project/tabs.ts'
import { isolateByReload, startServiceWorker } from './sw/client.ts'
import type { StatusView, UiCommands, UiPorts } from './ui/ports.ts'
import { App } from './ui/shell/App.tsx'
import { startAnalyzer } from './workers/analyzer/client.ts'
import { startImport } from './workers/import/client.ts'
import { startSearch, type SearchClient } from './workers/search/client.ts'

/** Commands with arguments that they take; `object` stands for none. */
type Fitting<C> = { [Id in keyof C]: Id extends CommandId ? (object extends C[Id] ? object : CommandArgs<Id>) : never }
/** The door for the interface: all of its commands are commands, or the types fail here. */
const doorFor = <C extends Fitting<C>>(run: Run) =>
  run as <Id extends keyof C>(id: Id, args: C[Id], options?: RunOptions) => Promise<unknown>

const STATUS_PERIOD_MS = 250
const STORAGE_PERIOD_MS = 10_000

interface Parts {
  readonly host: EngineHost
  readonly library: Library
  readonly search: SearchClient
  readonly sounds: StoreApi<views.SoundsView>
  readonly context: CommandContext
  readonly analysis: LiveAnalysis
  readonly run: Run
  readonly midi: Midi
  readonly layout: StoreApi<{ readonly layout: KeyboardLayout | null }>
}

function statusView({ host }: Parts): StoreApi<StatusView> {
  let storage: StorageFigures | null = null
  let askedMs = -Infinity
  return views.polled(() => {
    if (performance.now() - askedMs > STORAGE_PERIOD_MS) {
      askedMs = performance.now()
      void readStorageFigures().then((figures) => (storage = figures))
    }
    const { phase, audio, sampleRate, blockSize } = host.store.getState()
    const { outputLatencySeconds, masterLatencySeconds, dropouts, voices, maxVoices, cpuUsage } = host.live.figures()
    const known = phase === 'ready'
    return {
      audio,
      sampleRate: known ? sampleRate : null,
      blockSize: known ? blockSize : null,
      outputLatencySeconds,
      masterLatencySeconds,
      dropouts,
      voices,
      maxVoices,
      cpuUsage,
      governorLevel: host.governor.store.getState().level,
      storage,
    }
  }, STATUS_PERIOD_MS)
}

function portsOf(parts: Parts, saving: Autosave['state']): UiPorts {
  const { host, library, search, sounds, context, analysis, run, midi, layout } = parts
  const { session } = context.stores
  const names = deviceNames(context, host.song.stripOf)
  const letters = derive([session, layout], ({ octave }, { layout }) => ({ letters: typingLetters(octave, layout) }))
  const failed = (error: unknown): void => {
    const { code, message, hint } = asSoundloomError(error)
    if (code !== 'cancelled') context.notices.show({ kind: 'error', fact: message, consequence: hint })
  }
  return {
    run: doorFor<UiCommands>(sayRefusals(run, failed)),
    failed,
    document: views.documentView(context, saving),
    project: context.stores.project,
    projects: context.projects.store,
    tabs: context.tabs.store,
    session,
    assets: context.assets,
    sounds,
    search,
    finder: context.finder,
    searchStatistics: search.statistics,
    audition: views.auditionView(context, host.store),
    input: views.inputView(context, midi.store, letters),
    status: statusView(parts),
    reports: views.reportsView(context),
    notices: context.notices.store,
    banner: context.banner.store,
    demo: context.demo.store,
    freezes: context.freezes.store,
    transport: host.position,
    theme: session,
    analysis,
    diagnostics: createDiagnostics(host, names.nameOf),
    readLevels: (into) => host.live.readLevels('master', into),
    readTrackLevels: (trackId, into) => {
      const strip = host.song.stripOf(trackId)
      return strip !== null && host.live.readLevels(strip, into)
    },
    readReduction: (stripId, deviceId) => host.live.readReduction(names.placeOf(stripId, deviceId)),
    costs: host.costs,
    thumbnail: (presetId, signal) => context.player.thumbnail(presetId, signal).catch(() => null),
    importFiles: (files) => run('library.import', { files: [...files] }).catch(failed),
    openReport: (reportId) => context.desk.setState({ open: reportId }),
    reportText: (reportId, format) => library.reportText(reportId, format),
    dismissNotice: context.notices.dismiss,
  }
}

/** Its worker starts with the first who listens. */
function createAnalysis(host: EngineHost, { notices, stores }: CommandContext): LiveAnalysis {
  const analysis = createLiveAnalysis({
    module: engineModule,
    startWorker: startAnalyzer,
    pointTap: host.analysisTap,
    trackIds: () => stores.project.getState().tracks.map(({ id }) => id),
    trackStrip: host.song.stripOf,
    position: host.position,
    failed: (message) => notices.show({ kind: 'warning', fact: 'The analysers stopped', consequence: message }),
  })
  host.store.subscribe(() => {
    analysis.setEngine(host.analyzerEngine())
    analysis.tracksMoved()
  })
  onModuleReplaced(analysis.restart)
  return analysis
}

const REST_MS = 2000

/** Reached after the first gesture, or a while after everything is ready: what the first sound does not need can start. */
function restingPage(): { readonly reached: Promise<void>; ready(): void } {
  let reach: () => void = () => undefined
  const reached = new Promise<void>((resolve) => (reach = resolve))
  for (const gesture of ['pointerup', 'keyup']) addEventListener(gesture, reach, { once: true })
  return { reached, ready: () => void setTimeout(reach, REST_MS) }
}

/** The search follows the library and the engine. Without it the page works on; it then says so. */
function startFinding(
  search: SearchClient,
  sounds: StoreApi<views.SoundsView>,
  host: EngineHost,
  { notices }: CommandContext,
): void {
  search.keep(sounds.getState().presets)
  sounds.subscribe(({ presets }, before) => {
    if (presets !== before.presets) search.keep(presets)
  })
  host.store.subscribe(({ generation }, before) => {
    if (generation !== before.generation) search.follow(host.transportSource())
  })
  search.ready.catch((error: unknown) => {
    const { message, hint } = asSoundloomError(error)
    notices.show({ kind: 'warning', fact: message, consequence: hint })
  })
}

/** What stands in the way of the user becomes the banner. */
function passObstacles({ host, context: { tabs, banner }, run }: Parts): void {
  const deed = (label: string, id: CommandId) => ({ label, run: () => void run(id, {}).catch(() => undefined) })
  const tellTab = (): void => {
    const { role, asking } = tabs.store.getState()
    if (role !== 'reader') return banner.put('reader', null)
    banner.put('reader', {
      text: asking ? 'Asking the other tab for the project' : 'Another tab has this project',
      detail: 'Here it can be read and heard, and nothing is changed.',
      actions: asking ? [] : [deed('Take over', 'project.takeOver'), deed('Open a copy', 'project.openCopy')],
    })
  }
  tabs.store.subscribe(tellTab)
  tellTab()
  host.store.subscribe(({ outage }, before) => {
    if (outage === before.outage) return
    if (outage === null) return banner.put('audio', null)
    banner.put('audio', {
      text: outage === 'device' ? 'The sound device is gone' : 'The sound was interrupted',
      detail: 'The song stays where it is.',
      actions: [{ label: 'Resume', run: () => void host.revive() }],
    })
  })
}

/** A recording that the song names and that was missing is heard as soon as it comes. */
function followRecordings(host: EngineHost, { assets, stores }: CommandContext): void {
  const follow = ({ known }: Known, before: Known): void => {
    const named = songAssets(stores.project.getState())
    if (named.some((id) => known.has(id) && !before.known.has(id))) host.assetsArrived()
  }
  // What was stored when the page opened was never missing.
  void assets.ready.then(() => assets.store.subscribe(follow))
}

type Known = ReturnType<CommandContext['assets']['store']['getState']>

/** Once everything runs, so that storing the app for offline use competes with nothing. */
function offerUpdates({ host, context: { notices, banner } }: Parts, autosave: Autosave): void {
  const updates = startServiceWorker({
    atRest: () => !host.position.refresh().playing && (!host.status().running || host.status().activeVoices === 0),
    save: async () => {
      await autosave.flush()
      return autosave.state.getState().saved === 'saved'
    },
  })
  updates.store.subscribe(({ update }) => {
    const restart = [{ label: 'Restart now', run: updates.apply }]
    banner.put(
      'update',
      update === 'ready'
        ? {
            text: 'Update ready',
            detail: 'It starts with the next visit, or now.',
            actions: [...restart, { label: 'Later', run: () => banner.put('update', null) }],
          }
        : null,
    )
    if (update === 'waiting-for-rest')
      notices.show({ kind: 'info', fact: 'The update starts when nothing plays and everything is saved.' })
    else if (update === 'replaced')
      notices.show({
        kind: 'info',
        fact: 'Soundloom was updated in another tab',
        consequence: 'This tab still runs the version before.',
        actions: restart,
      })
  })
}

async function start(root: HTMLElement): Promise<void> {
  // The engine asks for recordings when a sound names one; they are where the projects are.
  let assets: Assets | null = null
  const host = createEngineHost((id) => assets?.read(id) ?? Promise.resolve(null))
  // Refused storage: the page works in memory, and the top bar says so.
  let refused: unknown = null
  const storage = await openProjectStorage().catch((error: unknown) => {
    refused = error
    return memoryStorage()
  })
  const kept = (assets = createAssets(storage, (error) => warn('The recording is kept until the page closes')(error)))
  const user: Partial<KeptUser> = await storage.readUser().catch(() => ({}))
  const stores = createStores(user)
  const warn = (fact: string) => (error: unknown) => {
    const { message, hint } = asSoundloomError(error)
    context.notices.show({ kind: 'warning', fact: `${fact}: ${message}`, consequence: hint })
  }
  const keeping = keepProjects({
    stores,
    storage,
    locks: navigator.locks as LockManager | undefined,
    channel: new BroadcastChannel(CHANNEL_NAME),
    onFailure: warn('The project is not saved'),
  })
  const { autosave, projects } = keeping
  const library = createLibrary({
    importer: startImport(),
    factory: loadFactory(`${import.meta.env.BASE_URL}presets/factory.json`),
    persist: () => navigator.storage.persist(),
  })
  const rest = restingPage()
  const search = startSearch(rest.reached)
  const demo = createDemo(async () => {
    const [response] = await Promise.all([fetch(`${import.meta.env.BASE_URL}presets/demo.json`), engine])
    if (!response.ok) throw new Error(`demo song: ${String(response.status)}`)
    return response.text()
  })
  const { context, run } = assembleCommands({
    stores,
    keeping,
    library,
    search,
    assets: kept,
    decodeAudio,
    engine: host,
    midi: { connect: () => midi.connect() },
    demo,
    download,
  })
  const midi = createMidi(run, stores.session)
  const layout = createStore<{ layout: KeyboardLayout | null }>(() => ({ layout: null }))
  void readLayout().then((known) => layout.setState({ layout: known }))

  // Storage that the browser refuses is shown in the top bar; what the user can end is said.
  if (asSoundloomError(refused).code === 'conflict') warn('Nothing is saved')(refused)
  const opened = projects.boot(user.openId).catch(warn('The last project could not be opened'))
  // Document and user say which output the engine starts with, and the document what it plays.
  const engine = opened.then(() => {
    const isHere = (id: string): boolean => kept.store.getState().known.has(id)
    const played = createFrozenView(isHere)
    const follow = (): void => host.song.follow(played(stores.project.getState()))
    stores.project.subscribe(follow)
    kept.store.subscribe(follow)
    follow()
    host.setSampleRate(stores.project.getState().sampleRate)
    host.setLatencyHint(latencyHintOf(stores.session.getState().maxLatencyMs))
    return host.start()
  })
  const sounds = views.soundsView(context)
  startFinding(search, sounds, host, context)
  const ready = Promise.all([opened, engine, library.ready]).then(() => undefined)
  // Whoever waits for it hears of a failure; if nobody does, the page below says it.
  ready.catch(() => undefined)
  const analysis = createAnalysis(host, context)
  window.soundloom = createApi(context, run, __VERSION__, ready, analysis)
  await opened

  addEventListener('pagehide', () => void autosave.flush())
  document.addEventListener('visibilitychange', () => void autosave.flush())
  passNotices(host.store, context.notices.show)
  followRecordings(host, context)
  listenForTyping(createTyping(run, stores.session))
  releaseWhenAway(run)
  bindShortcuts(run, stores.session)
  // The browser lets sound start inside a gesture only; any will do.
  for (const gesture of ['pointerdown', 'keydown'])
    addEventListener(gesture, () => void host.resume(), { capture: true })
  const parts = { host, library, search, sounds, context, analysis, run, midi, layout }
  passObstacles(parts)
  followBudget(host.governor, stores.session, deviceNames(context, host.song.stripOf).nameOf, context.notices.show)
  const page = createRoot(root)
  page.render(<App ports={portsOf(parts, autosave.state)} />)

  await ready.catch((error: unknown) => {
    page.unmount()
    throw error
  })
  rest.ready()
  context.player.follow()
  // One press is then enough to hear it.
  if (stores.project.getState().tracks.length === 0) void demo.load().catch(() => undefined)
  offerUpdates(parts, autosave)
  if (storage.place === 'device')
    void rest.reached.then(() => setTimeout(() => void sweepRecordings(storage, kept).catch(console.warn), SWEEP_MS))
}

/** Well after the first sound: nothing waits for it. */
const SWEEP_MS = 30_000

/** What nothing names any more leaves the device, days later; while anything cannot be read, everything stays. */
async function sweepRecordings(storage: ProjectStorage, assets: Assets): Promise<void> {
  const { readDevicePresets } = await import('./presets/library/device.ts')
  const alone = (): Promise<boolean> => isOnlyTab(navigator.locks as LockManager | undefined)
  assets.forget(await sweep({ storage, readPresets: readDevicePresets, alone }))
}

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
const missing = missingFeatures()
if (missing.length > 0) {
  // A host may send no isolation headers; the service worker then does, from the next load on.
  const reloads = globalThis.isSecureContext && !globalThis.crossOriginIsolated && (await isolateByReload())
  if (!reloads) showBootPage(root, missing)
} else {
  start(root).catch((error: unknown) => {
    const { code, message, hint } = asSoundloomError(error)
    const name = 'The sound engine did not start'
    showBootPage(root, [
      code === 'limit-exceeded' ? MEMORY_MISSING : { id: 'engine', name, why: message, remedy: hint },
    ])
  })
}
