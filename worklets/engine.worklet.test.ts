// The processor around the real engine module: renders, pumps, falls silent on a trap (Node, audio globals by hand).
import { beforeAll, expect, test } from 'vitest'
import { openWire } from '../src/engine/wire/map.ts'
import { engineStores, type EngineExports } from '../src/engine/wire/instance.ts'
import { constants, enums, records } from '../src/generated/wire.ts'
import { engineModule } from '../wasm/test/module.ts'
import { programInput } from '../wasm/test/engine.ts'
import { sawPatch } from '../wasm/test/patches.ts'
import type { FromWorklet } from './messages.ts'
import { firstSound, LOAD_WORDS, SLOW_CAPACITY, SLOW_WORDS, slowRing, Stat, STATS_BYTES } from './stats.ts'

interface Processor {
  readonly port: FakePort
  process(inputs: Float32Array[][], outputs: Float32Array[][]): boolean
}
class FakePort {
  readonly posted: FromWorklet[] = []
  onmessage: ((event: { data: string }) => void) | null = null
  postMessage(message: FromWorklet): void {
    this.posted.push(message)
  }
}
let Registered: new (options: object) => Processor
/** The clock of the audio thread: a reading moves it by what the next block is to take. */
const clock = { us: 0, blockUs: 0 }

beforeAll(async () => {
  Object.assign(globalThis, {
    AudioWorkletProcessor: class {
      readonly port = new FakePort()
    },
    registerProcessor: (_name: string, processor: typeof Registered) => (Registered = processor),
    renderQuantumSize: 128,
    currentFrame: 0,
    sampleRate: 48000,
    Temporal: { Now: { instant: () => ({ epochNanoseconds: BigInt((clock.us += clock.blockUs / 2) * 1000) }) } },
  })
  // Not a literal, so that the types of the audio thread stay out of this Node program.
  const file = './engine.worklet.ts'
  await import(file)
})

/** What the control worker does before the worklet starts, then the processor itself on the same memory. */
function setUp() {
  const module = engineModule()
  const memory = new WebAssembly.Memory({ initial: 1024, maximum: 1024, shared: true })
  const control = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as EngineExports
  control._initialize()
  control.engine_create(48000, 0, 0)
  const stackPointer = control.stack_create(256 * 1024)
  const wire = openWire(memory, control.engine_wire())
  const { programs } = engineStores({ exports: control, memory, wire }, 4)
  const stats = new SharedArrayBuffer(STATS_BYTES)
  const processor = new Registered({
    processorOptions: { module, memory, stackPointer, stats, ...wire.output, load: wire.load },
  })
  const render = (frames = 128): Float32Array => {
    const output = [new Float32Array(frames), new Float32Array(frames)]
    processor.process([], [output])
    return output[0]!
  }
  const sound = (): void => {
    const commands = wire.commands('control')
    commands.installProgram(0, programs.acquire(programInput({ patch: sawPatch() })).program.handle, 'switch')
    commands.noteOn(0, 1, 69, 0.8)
  }
  const peak = (blocks = 40): number => {
    let high = 0
    for (let block = 0; block < blocks; block++) high = Math.max(high, ...render().map(Math.abs))
    return high
  }
  return {
    memory,
    control,
    wire,
    processor,
    stats: new Int32Array(stats),
    firstSound: firstSound(stats),
    render,
    sound,
    peak,
  }
}

test('a program built by one instance sounds in the other, on its own stack', () => {
  const { processor, sound, peak, stats } = setUp()
  expect(processor.port.posted).toEqual([{ type: 'ready' }])
  expect(peak()).toBe(0)
  sound()
  expect(peak()).toBeGreaterThan(0.05)
  expect(stats[Stat.heartbeat]).toBe(80)
})

test('any block size gives the same samples', () => {
  const [a, b] = [setUp(), setUp()]
  a.sound()
  b.sound()
  const first = Array.from({ length: 75 }, () => [...a.render(128)]).flat()
  const second = Array.from({ length: 32 }, () => [...b.render(300)]).flat()
  expect(first.some((sample) => sample !== 0)).toBe(true)
  expect(second).toEqual(first)
})

test('pump drains the rings while no time passes', () => {
  const { processor, wire, sound } = setUp()
  sound()
  processor.port.onmessage?.({ data: 'pump' })
  const record = new DataView(new ArrayBuffer(32))
  expect(wire.replies().pop(new Int32Array(record.buffer))).toBe(true)
  expect(record.getBigInt64(records.reply.offset.frame, true)).toBe(0n)
})

test('a trap is silence and one message, then the processor stays silent', () => {
  const { processor, memory, control, sound, peak } = setUp()
  sound()
  expect(peak()).toBeGreaterThan(0.05)
  new Uint32Array(memory.buffer)[(control.engine_wire() + records.wireHeader.offset.commands) >> 2] = 0xfffffff0
  expect(peak()).toBe(0)
  const faults = processor.port.posted.filter(({ type }) => type === 'fault')
  expect(faults).toHaveLength(1)
})

test('the first sound after arming is found with its frame', () => {
  const { stats, firstSound: found, render, sound } = setUp()
  render()
  Atomics.store(stats, Stat.armed, 1)
  render()
  expect(stats[Stat.armed]).toBe(1)
  sound()
  const heard = Array.from({ length: 20 }, () => render())
  expect(stats[Stat.armed]).toBe(0)
  const frame = heard.flatMap((block) => [...block]).findIndex((sample) => Math.abs(sample) > 1e-5)
  expect(found[1]! % 128).toBe(frame % 128)
})

test('close ends the processor', () => {
  const { processor } = setUp()
  processor.port.onmessage?.({ data: 'close' })
  expect(processor.process([], [[new Float32Array(128), new Float32Array(128)]])).toBe(false)
})

test('one block in sampleEvery is timed, and slow ones are kept only while every one is', () => {
  const { stats, render } = setUp()
  Object.assign(clock, { us: 0, blockUs: 4000 })
  stats[Stat.sampleEvery] = 16
  for (let block = 0; block < 64; block++) render()
  expect(stats[Stat.samples]).toBe(4)
  expect(stats[Stat.slowBlocks]).toBe(0)
  stats[Stat.sampleEvery] = 1
  render()
  expect(stats[Stat.samples]).toBe(5)
  expect(stats[Stat.slowBlocks]).toBe(1)
  Object.assign(clock, { blockUs: 2600 })
  render()
  expect(stats[Stat.slowBlocks]).toBe(1)
})

test('a slow block is kept with its time, its engine frame and the strip that costs most', () => {
  const { stats, wire, render, sound } = setUp()
  Object.assign(clock, { us: 0, blockUs: 2 * 3000 })
  sound()
  wire.slot(enums.slotId.load).lease(0x7fffffff)
  wire.commands('main').masterBypass(0, true)
  stats[Stat.sampleEvery] = 16
  for (let block = 0; block < 40; block++) render()
  stats[Stat.sampleEvery] = 1
  const blocks = SLOW_CAPACITY + 3
  for (let block = 0; block < blocks; block++) render()
  expect(stats[Stat.slowBlocks]).toBe(blocks)
  const last = (blocks - 1) % SLOW_CAPACITY
  const record = slowRing(stats.buffer as unknown as SharedArrayBuffer).slice(
    last * SLOW_WORDS,
    (last + 1) * SLOW_WORDS,
  )
  const load = record.slice(1, 1 + LOAD_WORDS)
  expect(record[0]).toBe(3000)
  expect(load[enums.loadWord.frameLow]).toBe(128 * (40 + blocks))
  expect([load[enums.loadWord.strip], load[enums.loadWord.device]]).toEqual([0, 0])
  expect(new Float32Array(load.buffer)[enums.loadWord.deviceNs]).toBeGreaterThan(0)
  expect(Object.keys(enums.loadWord)).toHaveLength(LOAD_WORDS)
  expect(128 % constants.microBlock).toBe(0)
})
