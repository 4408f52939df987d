// The engine's host (main thread): starts it, watches it, rebuilds it, and is the one door to it.
import { createStore } from 'zustand/vanilla'
import { asSoundloomError, SoundloomError } from '../params/error.ts'
import { createTransportStore } from '../transport/store.ts'
import type { AnalyzerEngine } from '../workers/analyzer/protocol.ts'
import type { Remote } from '../workers/rpc.ts'
import type { ControlApi } from '../workers/control/protocol.ts'
import { createAudition, type StripControl } from './audition.ts'
import { isTestedBrowser } from './capabilities.ts'
import { createCallbackMonitor, watchedEngine } from './callbackMonitor.ts'
import { createCapture } from './capture.ts'
import { startGeneration, type Generation } from './generation.ts'
import { runGovernor } from './governor/governor.ts'
import { realtimeMemoryMib } from './memory.ts'
import { createDeviceCosts } from './live/deviceCosts.ts'
import { engineBuild, engineModule, onModuleReplaced } from './module.ts'
import { createOffline } from './offline.ts'
import { createOutageWatch } from './outage.ts'
import type { LevelReading } from './live.ts'
import { openOutput, outdated, type OutputWish } from './output.ts'
import { auditionPort, trackPort } from './ports.ts'
import { createReadings } from './readings.ts'
import { REASONS, replacesContext } from './rebuilds.ts'
import { drainReplies } from './replies.ts'
import { createRest, type Presence } from './rest.ts'
import { createSettling } from './settle.ts'
import { createSongFollower, type SongControl } from './song.ts'
import { createAssetSupply, suppliedControl, type ReadAsset } from './supply.ts'
import { createTransport } from './transport.ts'
import type { AudioState, EngineHost, EngineNotice, EngineState, RebuildReason } from './types.ts'
import { liveValue } from './values.ts'
import { CHECK_MS, createWatchdog } from './watchdog.ts'
import { createMaster } from './wire/master.ts'

export type * from './types.ts'

const SEED = 0
const DEFAULT_SAMPLE_RATE = 48000
/** Faults within this time count together: at the second the sound is taken off, at the fourth the engine stays off. */
const FAULT_WINDOW_MS = 10_000

const UNTESTED = 'Soundloom is not tested in this browser. Desktop Chrome and Edge are; tell us what goes wrong here.'
/** One host a page. Nothing starts before `start`. */
export function createEngineHost(readAsset: ReadAsset = () => Promise.resolve(null)): EngineHost {
  const store = createStore<EngineState>(() => ({
    phase: 'off',
    audio: 'suspended',
    outage: null,
    sampleRate: DEFAULT_SAMPLE_RATE,
    blockSize: 128,
    memoryMiB: 0,
    generation: 0,
    fault: null,
    notices: [],
  }))
  /** What the document and the user ask for; the context has it after the next rebuild. */
  let wish: OutputWish = { sampleRate: DEFAULT_SAMPLE_RATE, latencyHint: 'interactive' }
  // Fetched while the page still reads its document.
  void engineModule()
  const watchdog = createWatchdog()
  const outages = createOutageWatch()
  const rest = createRest()
  const level: LevelReading = { peakLeft: 0, peakRight: 0, rmsLeft: 0, rmsRight: 0 }
  let generation: Generation | null = null
  let context: AudioContext | null = null
  /** Settles when the engine that is starting or being rebuilt can be called. */
  let ready: Promise<Generation> = Promise.reject(new SoundloomError('not-ready', 'The engine has not been started'))
  ready.catch(() => undefined)
  /** Rejects pending calls to a control worker whose generation has ended. */
  const dying = new Set<(error: SoundloomError) => void>()
  let ticking: ReturnType<typeof setInterval> | undefined
  let noticeId = 0
  let faults: number[] = []

  const notice = (kind: EngineNotice['kind'], text: string): void =>
    store.setState(({ notices }) => ({ notices: [...notices, { id: ++noticeId, kind, text }].slice(-20) }))
  const audioRuns = (): boolean => context?.state === 'running'
  /** Pushes a command; before the engine exists there is nothing to be too full. */
  const push = (command: (port: Generation['commands']) => boolean): boolean => {
    if (!generation) return true
    const sent = command(generation.commands)
    if (!audioRuns()) generation.pump()
    return sent
  }
  /** Without a gesture the browser leaves `resume` pending for ever, so nobody waits for it longer than a second. */
  const resume = async (): Promise<void> => {
    if (!context || context.state === 'running') return
    const late = new Promise<void>((resolve) => setTimeout(resolve, 1000))
    await Promise.race([context.resume().catch(() => undefined), late])
  }

  const supply = createAssetSupply(readAsset)
  /** Sounds and songs reach the worker after the assets that they name. */
  const supplied = <Result>(call: (control: StripControl & SongControl) => Promise<Result>): Promise<Result> =>
    callControl((api) => call(suppliedControl(supply, api)))
  const audition = createAudition({
    port: auditionPort(push),
    control: supplied,
    audioRuns,
    wakeAudio: () => void resume(),
    notice,
    engineValue: liveValue,
    nowMs: () => performance.now(),
  })
  const song = createSongFollower({
    port: trackPort(push),
    control: supplied,
    audioRuns,
    wakeAudio: () => void resume(),
    notice,
    nowMs: () => performance.now(),
  })
  const master = createMaster(push)
  const governor = runGovernor(() => generation)

  /** A call that dies with its generation is made once more in the next one. */
  async function callControl<Result>(call: (control: Remote<ControlApi>) => Promise<Result>): Promise<Result> {
    for (let attempt = 0; ; attempt++) {
      // No await while the engine stands: a press reaches the worker in the task of its event, before anything is painted.
      const { control } = generation ?? (await ready)
      let die: (error: SoundloomError) => void = () => undefined
      const stale = new Promise<never>((_, reject) => dying.add((die = reject)))
      try {
        const result = await Promise.race([call(control.api), stale])
        if (!audioRuns()) generation?.pump()
        return result
      } catch (error) {
        if (attempt > 0 || !(error instanceof SoundloomError) || error.code !== 'stale-generation') throw error
      } finally {
        dying.delete(die)
      }
    }
  }

  const outputEvents = {
    stateChanged(opened: AudioContext): void {
      if (opened !== context) return
      const audio = opened.state === 'closed' ? 'interrupted' : (opened.state as AudioState)
      store.setState({ audio, outage: outages.state(opened.state) })
      if (opened.state !== 'running') return
      audition.audioStarted()
      song.audioStarted()
    },
    failed(opened: AudioContext): void {
      if (opened === context) store.setState({ outage: outages.failed() })
    },
  }
  const launch = async (number: number): Promise<Generation> => {
    context ??= openOutput(wish, outputEvents)
    const next = await startGeneration({
      number,
      context,
      module: engineModule(),
      wantedMib: realtimeMemoryMib((navigator as Navigator & { deviceMemory?: number }).deviceMemory),
      seed: SEED,
      onFault: (reason, message) => {
        if (generation?.number === number) onFault(reason, message)
      },
    })
    generation = next
    position.setSource(source())
    watchdog.reset()
    store.setState({
      generation: number,
      audio: context.state as AudioState,
      sampleRate: context.sampleRate,
      blockSize: next.blockFrames,
      memoryMiB: next.memoryMib,
      fault: null,
    })
    return next
  }
  const fail = (error: unknown): SoundloomError => {
    const fault = asSoundloomError(error)
    store.setState({ phase: 'failed', fault })
    return fault
  }
  function onFault(reason: 'trap' | 'control-worker' | 'stalled', message: string): void {
    const now = performance.now()
    faults = [...faults.filter((at) => now - at < FAULT_WINDOW_MS), now]
    if (faults.length >= 4) {
      retire()
      ready = Promise.reject(fail(new SoundloomError('engine-fault', `The sound engine keeps failing: ${message}`)))
      ready.catch(() => undefined)
      notice('failed', 'The sound engine keeps failing and was switched off. Reload the page to start it again.')
      return
    }
    void rebuild(reason).catch(() => undefined)
  }
  const retire = (): void => {
    generation?.end()
    generation = null
    for (const die of dying) die(new SoundloomError('stale-generation', 'The sound engine restarted'))
  }

  let rebuilding: Promise<void> | null = null
  async function rebuild(reason: RebuildReason): Promise<void> {
    if (store.getState().phase === 'off') throw new SoundloomError('not-ready', 'The engine has not been started')
    rebuilding ??= doRebuild(reason).finally(() => (rebuilding = null))
    return rebuilding
  }
  async function doRebuild(reason: RebuildReason): Promise<void> {
    store.setState({ phase: 'rebuilding' })
    const number = store.getState().generation + 1
    const wasRunning = store.getState().audio === 'running'
    const whereabouts = transport.whereabouts()
    retire()
    if (replacesContext(reason)) {
      const old = context
      context = null
      outages.expect()
      // The old output has 10 ms to fade before its context goes.
      setTimeout(() => void old?.close().catch(() => undefined), 60)
    }
    ready = launch(number)
    try {
      await ready
      if (wasRunning) void resume()
      master.restore()
      const last = faults.at(-2)
      const repeated = reason === 'trap' && last !== undefined && performance.now() - last < FAULT_WINDOW_MS
      if (repeated) audition.forget()
      // Before anything is awaited: a press that the old engine did not live to hear is on its way to the new one.
      const sound = repeated ? 'The sound that stopped it was taken off.' : reloadSound()
      await song.reload()
      // What stopped the engine twice may be in the song: it then stands.
      transport.restore({ ...whereabouts, playing: whereabouts.playing && !repeated })
      const lost = await sound
      store.setState({ phase: 'ready' })
      notice('rebuilt', lost ? `${REASONS[reason]} ${lost}` : REASONS[reason])
    } catch (error) {
      const fault = fail(error)
      notice('failed', `The sound engine could not be started again: ${fault.message}. ${fault.hint}`)
      throw fault
    }
  }

  /** Once whatever is under way has ended, so that what was asked for last wins. */
  const applyWish = async (): Promise<void> => {
    if (store.getState().phase === 'off') return
    await (rebuilding ?? ready)
    const reason = context && outdated(context, wish)
    if (reason) await rebuild(reason)
  }
  const ask = (asked: Partial<OutputWish>): void => {
    wish = { ...wish, ...asked }
    void applyWish().catch(() => undefined)
  }

  /** Null, or why the sound is not on the strip any more: an engine without it is still an engine. */
  const reloadSound = (): Promise<string | null> =>
    audition.reload().then(
      () => null,
      (error: unknown) => `The sound could not be loaded again: ${asSoundloomError(error).message}.`,
    )

  const tick = (): void => {
    const now = performance.now()
    audition.tick()
    song.tick()
    const running = generation
    if (running && !audioRuns()) running.pump()
    if (!running || !context || store.getState().phase !== 'ready') return
    drainReplies(running.replies, notice, settling.answered, governor.governed)
    if (audioRuns() && document.hidden && rest.due(presence(), now)) void sleep()
    const verdict = watchdog.check(running.pulse(), now)
    if (verdict === 'resume') void resume()
    else if (verdict === 'rebuild-control') onFault('control-worker', 'no sign of life')
    else if (verdict === 'rebuild-context') onFault('stalled', 'the audio thread stands still')
    else if (verdict === 'rebuild-node') onFault('trap', 'the audio processor stopped')
  }

  /** Read only while the page is hidden: the level slot is leased for it. */
  const presence = (): Presence => {
    const peak = live.readLevels('master', level) ? Math.max(level.peakLeft, level.peakRight) : Infinity
    const { status } = position.refresh()
    const playing = status === 'playing' || status === 'counting-in'
    return { hidden: document.hidden, playing, voices: live.figures().voices ?? 1, peak }
  }
  /** Until the next gesture. */
  const sleep = async (): Promise<void> => {
    outages.expect()
    await context?.suspend().catch(() => undefined)
  }

  const settling = createSettling({
    generation: () => generation,
    turn() {
      if (!audioRuns()) generation?.pump()
      if (generation) drainReplies(generation.replies, notice, settling.answered, governor.governed)
    },
  })
  const source = (): AnalyzerEngine | null => generation?.source ?? null
  const position = createTransportStore()
  const transport = createTransport({ push, wakeAudio: () => void resume(), song, position, settling })

  const live = createReadings(() => generation)
  const offline = createOffline(engineModule, engineBuild, supply)
  const capture = createCapture({ call: callControl, offline, arrange: song.arrange, hold: governor.hold })
  onModuleReplaced(() => {
    offline.restart()
    void rebuild('hot-reload').catch(() => undefined)
  })

  return {
    store,
    live,
    callbacks: createCallbackMonitor(watchedEngine(() => generation)),
    audition,
    governor,
    costs: createDeviceCosts({ measure: offline.cost, store, live, position }),
    song,
    transport,
    position,
    transportSource: source,
    analyzerEngine: source,
    analysisTap: (index, strip, on) => void push((port) => port.analysisTap(index, strip, on)),
    async start() {
      if (store.getState().phase !== 'off') return ready.then(() => undefined)
      store.setState({ phase: 'starting' })
      ready = launch(1)
      try {
        await ready
        master.restore()
        void song.reload()
        ticking = setInterval(tick, CHECK_MS)
        store.setState({ phase: 'ready' })
        if (!isTestedBrowser()) notice('untested', UNTESTED)
      } catch (error) {
        throw fail(error)
      }
    },
    resume,
    async revive() {
      await resume()
      if (audioRuns()) return
      // The context does not come back: its device is gone. Another one opens what is there now.
      await rebuild('device')
      await resume()
    },
    setMasterGain: master.setGain,
    setMasterMute: master.setMute,
    setLimiterBypass: master.setLimiterBypass,
    setLimiterValue: master.setLimiterValue,
    setSampleRate: (sampleRate) => sampleRate !== wish.sampleRate && ask({ sampleRate }),
    setLatencyHint: (latencyHint) => latencyHint !== wish.latencyHint && ask({ latencyHint }),
    panic() {
      audition.panic()
      song.panic()
      push((port) => port.panic())
    },
    status() {
      const { audio, sampleRate, blockSize, generation: number } = store.getState()
      const { voices, groups, cpuUsage, dropouts, dropoutSeconds, outputLatencySeconds } = live.figures()
      return {
        audio,
        running: audio === 'running',
        sampleRate,
        blockSize,
        cpuUsage,
        activeVoices: voices,
        activeGroups: groups,
        dropouts,
        dropoutSeconds,
        outputLatencySeconds,
        generation: number,
        governor: governor.store.getState(),
      }
    },
    assetsArrived() {
      if (store.getState().phase !== 'ready') return
      void reloadSound()
      void song.reload()
    },
    rebuild,
    renderPreset: offline.renderPreset,
    renderProject: offline.renderProject,
    freezeTrack: offline.freezeTrack,
    memoryBytes: () => store.getState().memoryMiB * 2 ** 20,
    thumbnail: offline.thumbnail,
    bench: offline.bench,
    startCapture: capture.start,
    stopCapture: capture.stop,
    replayCapture: capture.replay,
    async dispose() {
      clearInterval(ticking)
      offline.dispose()
      retire()
      await context?.close().catch(() => undefined)
      context = null
      store.setState({ phase: 'off' })
    },
  }
}
