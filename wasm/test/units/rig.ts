// Drives one unit generator of the real C++ sources in Node: sets parameters per lane, starts notes, collects frames. Tests only.
import { join } from 'node:path'
import { records } from '../../../src/generated/wire.ts'
import { assetFacts } from '../../../src/presets/assets/record.ts'
import { buildRig } from '../../build/engine.mjs'
import { instantiate } from '../../build/module.mjs'

interface RigExports {
  memory: WebAssembly.Memory
  rig_tables(sampleRate: number): number
  rig_bake(amplitudes: number, count: number, sampleRate: number): number
  rig_alloc(bytes: number): number
  rig_free(pointer: number): void
  rig_id(index: number, text: number): number
  rig_param(index: number, param: number, text: number, init: number): number
  rig_open(index: number): number
  rig_start(index: number, lanes: number): void
  rig_release(index: number, lanes: number): void
  rig_finished(index: number): number
  rig_process(index: number, frames: number, lastOfBlock: number): void
  rig_repeat(index: number, times: number): void
  rig_has_lone(index: number): number
  rig_lone(index: number, lane: number): number
  rig_repeat_lone(index: number, lane: number, times: number): void
  rig_voice(): number
  rig_params(): number
  rig_in(port: number): number
  rig_out(port: number): number
  rig_patch(ports: number): void
  rig_table(table: number): void
  rig_wavetable(samples: number, frames: number, cycle: number, sampleRate: number): void
  rig_song(bpm: number, beat: number, playing: number): void
  rig_state(): number
  rig_sample(left: number, right: number, frames: number, sampleRate: number, zones: number, count: number): void
}

const MICRO_BLOCK = 32
const RAMP_WORDS = 12 // value x 4, step x 4, moving and changed, padding
const MAX_PARAMS = 96 // kMaxUnitParams

const root = join(import.meta.dirname, '..', '..', '..')
const bytes = await buildRig(root, [
  'test/units/unit_rig.cpp',
  'core/libc.cpp',
  'core/heap.cpp',
  'engine/unit_kernels.cpp',
  'kernels/units/',
])

let loaded: RigExports | undefined
let tablesAt = 0
function exportsOf(): RigExports {
  if (!loaded) {
    const { memory, exports } = instantiate(bytes)
    loaded = { ...exports, memory } as unknown as RigExports
  }
  return loaded
}

/** Milliseconds to make the shared tables once more, and their size in bytes. */
export function makeTables(sampleRate: number): { milliseconds: number; bytes: number } {
  const begun = performance.now()
  const bytes = exportsOf().rig_tables(sampleRate)
  tablesAt = sampleRate
  return { milliseconds: performance.now() - begun, bytes }
}

export type Lanes = number | readonly [number, number, number, number]
const lane = (v: Lanes, i: number): number => (typeof v === 'number' ? v : v[i]!)

/** One quad (four voices) of one unit. */
export class UnitRig {
  readonly sampleRate: number
  readonly stateBytes: number
  private readonly x = exportsOf()
  private readonly index: number
  private readonly params = new Map<string, number>()
  private frame = 0
  private readonly moving = new Set<number>()

  constructor(id: string, sampleRate = 48000) {
    this.sampleRate = sampleRate
    if (tablesAt !== sampleRate) makeTables(sampleRate)
    const text = this.x.rig_alloc(64)
    const name = (length: number): string => Buffer.from(this.x.memory.buffer, text, length).toString()
    let index = 0
    for (; ; index++) {
      const length = this.x.rig_id(index, text)
      if (length < 0) throw new Error(`no unit ${id}`)
      if (name(length) === id) break
    }
    this.index = index
    const inits: number[] = []
    for (let p = 0; ; p++) {
      const length = this.x.rig_param(index, p, text, text + 60)
      if (length < 0) break
      this.params.set(name(length), p)
      inits.push(this.floats(text + 60, 1)[0]!)
    }
    this.x.rig_free(text)
    this.stateBytes = this.x.rig_open(index)
    this.floats(this.x.rig_params(), MAX_PARAMS * RAMP_WORDS).fill(0)
    inits.forEach((v, p) => this.write(this.x.rig_params() + p * RAMP_WORDS * 4, v, 0))
    this.words(this.x.rig_voice(), 24).fill(0)
    this.floats(this.x.rig_voice() + 92, 1)[0] = sampleRate
    this.velocity(1).seed([1, 2, 3, 4]).pitch(69)
    this.words(this.x.rig_voice() + 80, 2).fill(15)
    this.x.rig_patch(0)
    this.x.rig_table(0)
    this.x.rig_wavetable(0, 0, 0, sampleRate)
    this.x.rig_song(120, 0, 0)
  }

  private floats(at: number, count: number): Float32Array {
    return new Float32Array(this.x.memory.buffer, at, count)
  }
  private words(at: number, count: number): Uint32Array {
    return new Uint32Array(this.x.memory.buffer, at, count)
  }
  private write(at: number, value: Lanes, step: Lanes): void {
    const f = this.floats(at, 8)
    let moves = false
    for (let i = 0; i < 4; i++) {
      f[i] = lane(value, i)
      f[4 + i] = lane(step, i)
      moves ||= lane(step, i) !== 0
    }
    this.words(at + 32, 1)[0] = moves ? 0x101 : 0x100
  }
  private paramAt(id: string): number {
    const p = this.params.get(id)
    if (p === undefined) throw new Error(`no parameter ${id}`)
    return this.x.rig_params() + p * RAMP_WORDS * 4
  }

  /** Holds a parameter; options by index. */
  set(id: string, value: Lanes): this {
    this.write(this.paramAt(id), value, 0)
    return this
  }
  /** Ramps a parameter over the next `process` of `frames`; afterwards it stays at `to`. */
  ramp(id: string, to: Lanes, frames: number): this {
    const at = this.paramAt(id)
    const from = [...this.floats(at, 4)] as [number, number, number, number]
    this.write(at, from, [0, 1, 2, 3].map((i) => (lane(to, i) - from[i]!) / frames) as unknown as Lanes)
    this.moving.add(at)
    return this
  }
  pitch(note: Lanes): this {
    this.write(this.x.rig_voice(), note, 0)
    return this
  }
  rampPitch(to: Lanes, frames: number): this {
    const at = this.x.rig_voice()
    const from = [...this.floats(at, 4)] as [number, number, number, number]
    this.write(at, from, [0, 1, 2, 3].map((i) => (lane(to, i) - from[i]!) / frames) as unknown as Lanes)
    this.moving.add(at)
    return this
  }
  velocity(value: Lanes): this {
    for (let i = 0; i < 4; i++) this.floats(this.x.rig_voice() + 48, 4)[i] = lane(value, i)
    return this
  }
  seed(value: Lanes): this {
    for (let i = 0; i < 4; i++) this.words(this.x.rig_voice() + 64, 4)[i] = lane(value, i)
    return this
  }
  legato(lanes: number): this {
    this.words(this.x.rig_voice() + 88, 1)[0] = lanes
    return this
  }
  active(lanes: number): this {
    this.words(this.x.rig_voice() + 84, 1)[0] = lanes
    return this
  }
  start(lanes = 15): this {
    this.x.rig_start(this.index, lanes)
    return this
  }
  release(lanes = 15): this {
    this.x.rig_release(this.index, lanes)
    return this
  }
  finished(): number {
    return this.x.rig_finished(this.index)
  }
  /** It has a form for the only voice that sounds. */
  get hasLone(): boolean {
    return this.x.rig_has_lone(this.index) !== 0
  }
  /** Bakes a wave from harmonic amplitudes and patches it in. */
  bake(amplitudes: readonly number[]): this {
    const at = this.x.rig_alloc(amplitudes.length * 4)
    this.floats(at, amplitudes.length).set(amplitudes)
    this.x.rig_table(this.x.rig_bake(at, amplitudes.length, this.sampleRate))
    this.x.rig_free(at)
    return this
  }

  /** A wavetable (cycles one after the other) becomes the unit's asset. */
  wavetable(samples: Float32Array, cycle = 2048): this {
    const at = this.x.rig_alloc(samples.length * 4)
    this.floats(at, samples.length).set(samples)
    this.x.rig_wavetable(at, samples.length, cycle, this.sampleRate)
    this.x.rig_free(at)
    return this
  }
  /** Where the song is at the first frame of the next segment. */
  song(bpm: number, beat: number, playing = true): this {
    this.x.rig_song(bpm, beat, playing ? 1 : 0)
    return this
  }
  /** Gives the unit a recording, as the engine does with an asset. */
  sample(bytes: Uint8Array): this {
    const facts = assetFacts(bytes)
    if (!facts) throw new Error('no asset')
    const at = this.x.rig_alloc(bytes.length)
    new Uint8Array(this.x.memory.buffer, at, bytes.length).set(bytes)
    const zones = at + records.assetHeader.bytes
    const left = zones + facts.zones * records.assetZone.bytes
    const right = facts.channels > 1 ? left + facts.frames * 4 : 0
    this.x.rig_sample(left, right, facts.frames, facts.sampleRate, zones, facts.zones)
    this.x.rig_free(at)
    return this
  }

  /**
   * Processes `frames` in micro-blocks (cut further at every multiple of `cut` frames when given).
   * `input(frame, lane)` feeds port 0; `before(frame)` runs before each segment.
   */
  render(
    frames: number,
    options: {
      input?: (frame: number, lane: number) => number
      mod?: (frame: number, lane: number) => number
      /** Further ports by number. */
      ports?: Readonly<Record<number, (frame: number, lane: number) => number>>
      before?: (frame: number, length: number) => void
      cut?: number
      /** The voice that is run alone in the micro-block that begins at a frame; undefined: all four are run. */
      lone?: (frame: number) => number | undefined
    } = {},
  ): Float32Array[][] {
    const out = [0, 1].map(() => [0, 1, 2, 3].map(() => new Float32Array(frames)))
    const feeds = new Map(Object.entries(options.ports ?? {}).map(([port, feed]) => [Number(port), feed]))
    if (options.input) feeds.set(0, options.input)
    if (options.mod) feeds.set(1, options.mod)
    this.x.rig_patch([...feeds.keys()].reduce((bits, port) => bits | (1 << port), 0))
    for (let at = 0; at < frames;) {
      let n = Math.min(MICRO_BLOCK - (this.frame % MICRO_BLOCK), frames - at)
      if (options.cut) n = Math.min(n, options.cut - (this.frame % options.cut))
      options.before?.(at, n)
      const lone = n === MICRO_BLOCK ? options.lone?.(at) : undefined
      const alone = lone !== undefined && this.runLone(lone, at, feeds, out)
      if (!alone)
        feeds.forEach((feed, port) => {
          const f = this.floats(this.x.rig_in(port), n * 4)
          for (let i = 0; i < n; i++) for (let l = 0; l < 4; l++) f[i * 4 + l] = feed(at + i, l)
        })
      if (!alone) this.x.rig_process(this.index, n, (this.frame + n) % MICRO_BLOCK === 0 ? 1 : 0)
      for (let port = 0; port < 2 && !alone; port++) {
        const f = this.floats(this.x.rig_out(port), n * 4)
        for (let l = 0; l < 4; l++) {
          const o = out[port]![l]!
          for (let i = 0; i < n; i++) o[at + i] = f[i * 4 + l]!
        }
      }
      for (const moved of this.moving) {
        const f = this.floats(moved, 8)
        this.write(moved, [0, 1, 2, 3].map((i) => f[i]! + f[4 + i]! * n) as unknown as Lanes, 0)
      }
      this.moving.clear()
      at += n
      this.frame += n
    }
    return out
  }

  /** False: the unit has to run all four. */
  private runLone(
    lane: number,
    at: number,
    feeds: ReadonlyMap<number, (frame: number, lane: number) => number>,
    out: readonly (readonly Float32Array[])[],
  ): boolean {
    feeds.forEach((feed, port) => {
      const f = this.floats(this.x.rig_in(port), MICRO_BLOCK)
      for (let i = 0; i < MICRO_BLOCK; i++) f[i] = feed(at + i, lane)
    })
    if (this.x.rig_lone(this.index, lane) === 0) return false
    for (let port = 0; port < 2; port++) out[port]![lane]!.set(this.floats(this.x.rig_out(port), MICRO_BLOCK), at)
    return true
  }

  /** Keeps the present ramps for the timing that follows: the same ramp again in every block. */
  hold(): this {
    this.moving.clear()
    return this
  }

  /** Words of the state that read as subnormal floats; smaller ones than the frames played so far are counters. */
  subnormals(): number {
    let count = 0
    for (const word of this.words(this.x.rig_state(), this.stateBytes >> 2)) {
      if ((word & 0x7f800000) === 0 && (word & 0x007fffff) > this.frame) count++
    }
    return count
  }

  /** Nanoseconds per quad and micro-block: the least of several timings. */
  nanoseconds(blocks = 2000, rounds = 40): number {
    return this.least(blocks, rounds, () => this.x.rig_repeat(this.index, blocks))
  }
  /** The same of the lone form. */
  nanosecondsAlone(lane: number, blocks = 2000, rounds = 40): number {
    this.x.rig_repeat(this.index, 1) // what begins, begins among four
    return this.least(blocks, rounds, () => this.x.rig_repeat_lone(this.index, lane, blocks))
  }
  private least(blocks: number, rounds: number, run: () => void): number {
    let best = Infinity
    for (let r = 0; r < rounds; r++) {
      const begun = performance.now()
      run()
      best = Math.min(best, performance.now() - begun)
    }
    return (best * 1e6) / blocks
  }
  patch(ports: number): this {
    this.x.rig_patch(ports)
    return this
  }
  /** Fills an input port with noise for timing. */
  noiseIn(port: number): this {
    const f = this.floats(this.x.rig_in(port), MICRO_BLOCK * 4)
    for (let i = 0; i < f.length; i++) f[i] = Math.sin(i * i * 0.37)
    return this
  }
}
