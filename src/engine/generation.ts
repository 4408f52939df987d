// One life of the engine (main thread): memory, control worker, audio node. A rebuild ends one and starts the next.
import processorUrl from '../../worklets/engine.worklet.ts?worker&url'
import type { EngineProcessorOptions, FromWorklet, ToWorklet } from '../../worklets/messages.ts'
import { SAMPLE_EVERY, Stat, STATS_BYTES } from '../../worklets/stats.ts'
import { constants } from '../generated/wire.ts'
import { SoundloomError } from '../params/error.ts'
import type { AnalyzerEngine } from '../workers/analyzer/protocol.ts'
import { startControl, type ControlClient } from '../workers/control/client.ts'
import { allocateMemory } from './memory.ts'
import type { CommandPort } from './wire/commands.ts'
import type { Pulse } from './watchdog.ts'
import { openWire, type EngineWire } from './wire/map.ts'
import type { RingReader } from './wire/ring.ts'

const FADE_SECONDS = 0.01
const BOOT_TIMEOUT_MS = 30_000

export interface Generation {
  readonly number: number
  readonly context: AudioContext
  readonly control: ControlClient
  readonly wire: EngineWire
  /** For the workers that watch the engine. */
  readonly source: AnalyzerEngine
  /** The page's own command ring. */
  readonly commands: CommandPort
  readonly replies: RingReader
  readonly memoryMib: number
  /** Frames per call of process; read from the context, never assumed. */
  readonly blockFrames: number
  /** Words of worklets/stats.ts. */
  readonly stats: SharedArrayBuffer
  /** What the watchdog looks at, read now. */
  pulse(): Pulse
  /** Lets the processor pull its rings while no audio runs. */
  pump(): void
  /** Fades the output out in 10 ms and lets everything go. The context stays. */
  end(): void
}

export interface GenerationOptions {
  readonly number: number
  readonly context: AudioContext
  /** Workers and worklet start while it is still being fetched and compiled. */
  readonly module: Promise<WebAssembly.Module>
  readonly wantedMib: number
  readonly seed: number
  /** The processor trapped or the control worker died; said at most once each. */
  readonly onFault: (reason: 'trap' | 'control-worker', message: string) => void
}

const loaded = new WeakMap<AudioContext, Promise<void>>()

/** The processor's script, once per context. */
function addProcessor(context: AudioContext): Promise<void> {
  const known = loaded.get(context)
  if (known) return known
  const loading = context.audioWorklet.addModule(processorUrl)
  loaded.set(context, loading)
  loading.catch(() => loaded.delete(context))
  return loading
}

/** Throws `limit-exceeded` (field `memory`) or `engine-fault`; then nothing is left behind. */
export async function startGeneration(options: GenerationOptions): Promise<Generation> {
  const { number, context, seed, onFault } = options
  const { memory, mib } = allocateMemory(options.wantedMib)
  const stats = new SharedArrayBuffer(STATS_BYTES)
  const beat = new SharedArrayBuffer(4)
  new Int32Array(stats)[Stat.sampleEvery] = SAMPLE_EVERY
  const control = startControl()
  let node: AudioWorkletNode | null = null
  try {
    const died = new Promise<never>((_, reject) =>
      control.onError((message) => {
        reject(new SoundloomError('engine-fault', `The control worker failed: ${message}`))
        onFault('control-worker', message)
      }),
    )
    const processor = addProcessor(context)
    const module = await Promise.race([died, options.module])
    const boot = { module, memory, sampleRate: context.sampleRate, seed, generation: number, beat }
    const [{ wire, stackPointer }] = await inTime(
      Promise.race([died, Promise.all([control.api.boot(boot), processor])]),
    )
    const map = openWire(memory, wire, number)
    const { output, load } = map
    node = await startNode(context, { module, memory, stackPointer, stats, ...output, load }, onFault)
    return living(options, control, node, map, mib, stats, new Int32Array(beat))
  } catch (error) {
    control.end()
    node?.disconnect()
    throw error
  }
}

function living(
  { number, context }: GenerationOptions,
  control: ControlClient,
  node: AudioWorkletNode,
  wire: EngineWire,
  memoryMib: number,
  stats: SharedArrayBuffer,
  beat: Int32Array,
): Generation {
  const fader = new GainNode(context, { gain: 1 })
  node.connect(fader).connect(context.destination)
  const words = new Int32Array(stats)
  const post = (message: ToWorklet): void => node.port.postMessage(message)
  const blockFrames = (context as AudioContext & { renderQuantumSize?: number }).renderQuantumSize ?? 128
  const { buffer, slots } = wire
  const taps = Array.from({ length: constants.analysisTaps }, (_, index) => wire.tap('analysis', index))
  return {
    number,
    context,
    control,
    wire,
    source: { generation: number, buffer, slots, sampleRate: context.sampleRate, blockFrames, taps },
    commands: wire.commands('main'),
    replies: wire.replies(),
    memoryMib,
    blockFrames,
    stats,
    pulse: () => ({
      heartbeat: Atomics.load(words, Stat.heartbeat),
      contextTime: context.currentTime,
      audioRunning: context.state === 'running',
      controlBeat: Atomics.load(beat, 0),
    }),
    pump: () => post('pump'),
    end() {
      fader.gain.setValueAtTime(1, context.currentTime)
      fader.gain.linearRampToValueAtTime(0, context.currentTime + FADE_SECONDS)
      setTimeout(() => {
        post('close')
        node.port.onmessage = null
        node.disconnect()
        fader.disconnect()
        control.end()
      }, 50)
    },
  }
}

/** Resolves once the processor holds its instance. */
function startNode(
  context: AudioContext,
  processorOptions: EngineProcessorOptions,
  onFault: GenerationOptions['onFault'],
): Promise<AudioWorkletNode> {
  const node = new AudioWorkletNode(context, 'soundloom-engine', {
    numberOfInputs: 0,
    outputChannelCount: [2],
    processorOptions,
  })
  const ready = new Promise<AudioWorkletNode>((resolve, reject) => {
    node.port.onmessage = ({ data }: MessageEvent<FromWorklet>) => {
      if (data.type === 'ready') return resolve(node)
      reject(new SoundloomError('engine-fault', data.message))
      onFault('trap', data.message)
    }
    node.onprocessorerror = (event) => {
      const message = event instanceof ErrorEvent ? event.message : 'The audio processor failed'
      reject(new SoundloomError('engine-fault', message))
      onFault('trap', message)
    }
  })
  return inTime(ready)
}

function inTime<Result>(work: Promise<Result>): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new SoundloomError('engine-fault', 'The sound engine did not start in time')),
      BOOT_TIMEOUT_MS,
    )
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
