// Drives one effect of the test rig (effect_rig.cpp) in Node: create, set parameters, process stereo buffers.
import { join } from 'node:path'
import { buildRig } from '../../build/engine.mjs'
import { describeModule, instantiate } from '../../build/module.mjs'

export interface RigParam {
  id: string
  unit: string
  min: number
  max: number
  init: number
  curve: 'linear' | 'log' | 'option' | 'toggle'
  smooth: 'none' | 'ramp' | 'fade'
  options: { id: string }[]
}
export interface RigSpec {
  id: string
  sidechain: boolean
  params: RigParam[]
}
export interface Stereo {
  left: Float32Array
  right: Float32Array
}
export type Values = Record<string, number | string>

const bytes = await buildRig(join(import.meta.dirname, '..', '..', '..'), [
  'test/effects/effect_rig.cpp',
  'core/libc.cpp',
  'core/heap.cpp',
  'engine/effect_kernels.cpp',
  'kernels/effects/',
])
const { memory, exports } = instantiate(bytes, 128 * 1024 * 1024)
const call = exports as Record<string, (...args: number[]) => number>

/** Numbers come as `{f32: bits}`: the exact value. */
const revive = (_key: string, value: unknown): unknown =>
  value !== null && typeof value === 'object' && 'f32' in value
    ? new Float32Array(new Uint32Array([value.f32 as number]).buffer)[0]
    : value
/** Every effect of the registry, in its order. */
export const effects = (JSON.parse(describeModule(bytes), revive) as { effects: RigSpec[] }).effects

const CHUNK = 32 * 1024
const scratch = call.rig_alloc(4 * 4 * CHUNK)

/** The raw exports, for bricks and benches. Views on `memory` stay valid: it never grows. */
export const raw = { call, memory }

/** The kinds of core/asset.h in their order. */
const ASSET_KINDS = ['none', 'impulse', 'sample', 'wavetable', 'curve']

export const ASSET_CHANNELS = call.rig_asset(0, 1, 0, 48000, 0)

/** Gives every effect that `make` creates an asset. */
export function withAsset<T>(kind: string, channels: Float32Array[], sampleRate: number, make: () => T): T {
  const frames = channels[0].length
  const at = call.rig_alloc(4 * frames * channels.length)
  for (const [c, data] of channels.entries()) new Float32Array(memory.buffer, at + 4 * frames * c, frames).set(data)
  call.rig_asset(ASSET_KINDS.indexOf(kind), channels.length, frames, sampleRate, at)
  const made = make()
  call.rig_asset(0, 1, 0, sampleRate, 0)
  call.rig_dealloc(at)
  return made
}

export class Rig {
  readonly spec: RigSpec
  readonly sampleRate: number
  private readonly at: number

  constructor(id: string, values: Values = {}, sampleRate = 48000, seed = 1) {
    const index = effects.findIndex((spec) => spec.id === id)
    if (index < 0) throw new Error(`no effect "${id}"`)
    this.spec = effects[index]
    this.sampleRate = sampleRate
    this.at = call.rig_create(index, sampleRate, seed)
    if (this.at === 0) throw new Error(`${id}: prepare failed`)
    this.set(values)
  }
  set(values: Values) {
    for (const [id, value] of Object.entries(values)) {
      const index = this.spec.params.findIndex((param) => param.id === id)
      if (index < 0) throw new Error(`${this.spec.id} has no parameter "${id}"`)
      const { options } = this.spec.params[index]
      call.rig_set(
        this.at,
        index,
        typeof value === 'number' ? value : options.findIndex((option) => option.id === value),
      )
    }
    return this
  }
  /** The song at the next frame; it runs on with the frames. After a reset: 120 bpm, beat 0, standing. */
  song({ bpm = 120, beat = 0, playing = true }) {
    call.rig_song(this.at, bpm, beat, playing ? 1 : 0)
    return this
  }
  /** Level of the governor from the next frame on. */
  govern(level: number) {
    call.rig_level(this.at, level)
    return this
  }
  reset() {
    call.rig_reset(this.at)
    return this
  }
  /** Mono in counts for both sides. `split`: longest piece that the effect gets at once, 1..32. `side`: into the side chain. */
  process(left: Float32Array, right: Float32Array = left, split = 32, side?: Stereo): Stereo & { faults: number } {
    const out = { left: new Float32Array(left.length), right: new Float32Array(left.length), faults: 0 }
    for (let from = 0; from < left.length; from += CHUNK) {
      const n = Math.min(CHUNK, left.length - from)
      const l = new Float32Array(memory.buffer, scratch, n)
      const r = new Float32Array(memory.buffer, scratch + 4 * CHUNK, n)
      l.set(left.subarray(from, from + n))
      r.set(right.subarray(from, from + n))
      const sides = [side?.left, side?.right].map((x, k) => {
        if (x === undefined) return 0
        const room = new Float32Array(memory.buffer, scratch + (2 + k) * 4 * CHUNK, n)
        room.set(x.subarray(from, from + n))
        return room.byteOffset
      })
      out.faults = call.rig_process(this.at, l.byteOffset, r.byteOffset, n, split, ...sides)
      out.left.set(l, from)
      out.right.set(r, from)
    }
    return out
  }
  silence(frames: number) {
    return this.process(new Float32Array(frames))
  }
  get latency() {
    return call.rig_latency(this.at)
  }
  get tail() {
    return call.rig_tail(this.at)
  }
  get intact() {
    return call.rig_intact(this.at) === 1
  }
  /** Everything that `prepare` took from the arena (delay lines, tables), as bits. */
  arena(): Uint32Array {
    return new Uint32Array(memory.buffer, call.rig_arena(this.at), call.rig_arena_bytes(this.at) >> 2).slice()
  }
  /** Nanoseconds for 32 stereo frames of noise: the least of many short runs, so that other work on the machine does not count. */
  nanoseconds(): number {
    const blocks = 64
    const input = call.rig_alloc(blocks * 64 * 4)
    const samples = new Float32Array(memory.buffer, input, blocks * 64)
    let state = 1
    for (let i = 0; i < samples.length; i++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      samples[i] = 0.25 * (state / 2147483648 - 1)
    }
    let best = Infinity
    for (let round = 0; round < 300; round++) {
      const begin = performance.now()
      call.rig_bench(this.at, input, blocks, blocks * 4)
      best = Math.min(best, performance.now() - begin)
    }
    call.rig_dealloc(input)
    return (best * 1e6) / (blocks * 4)
  }
  /** The dearest of `blocks` successive micro-blocks over their mean, each the least of many rounds. */
  unevenness(blocks: number): number {
    const input = call.rig_alloc(64 * 4)
    const least = new Float64Array(blocks).fill(Infinity)
    for (let round = 0; round < 60; round++)
      for (let k = 0; k < blocks; k++) {
        const begin = performance.now()
        call.rig_bench(this.at, input, 1, 1)
        least[k] = Math.min(least[k], performance.now() - begin)
      }
    call.rig_dealloc(input)
    return (Math.max(...least) * blocks) / least.reduce((sum, v) => sum + v, 0)
  }
  free() {
    call.rig_free(this.at)
  }
}

/** One effect, fresh, over one input; freed. */
export function render(
  id: string,
  values: Values,
  left: Float32Array,
  right = left,
  sampleRate = 48000,
): Stereo & { latency: number; tail: number } {
  const rig = new Rig(id, values, sampleRate)
  const { left: l, right: r } = rig.process(left, right)
  const { latency, tail } = rig
  rig.free()
  return { left: l, right: r, latency, tail }
}
