// A private instance of the engine with everything in one thread (render worker, and tests in Node): its own memory, no clock.
import type { AssetShelf } from '../../engine/wire/assets.ts'
import { engineStores, type EngineExports, type EngineStores } from '../../engine/wire/instance.ts'
import type { CommandPort } from '../../engine/wire/commands.ts'
import type { EngineHeap } from '../../engine/wire/load.ts'
import { openWire } from '../../engine/wire/map.ts'
import { createReturns } from '../../engine/wire/returns.ts'
import { RECORD_BYTES } from '../../engine/wire/ring.ts'
import { constants } from '../../generated/wire.ts'
import { SoundloomError } from '../../params/error.ts'

const PAGE = 65536
const BLOCK = constants.maxRenderFrames

export interface PrivateEngine extends EngineStores {
  readonly sampleRate: number
  readonly heap: EngineHeap
  readonly commands: CommandPort
  /** Engine frame of the next sample. */
  now(): bigint
  /** Moves on by at most 4096 frames; what the engine gave back is free then. */
  step(frames: number): void
  /** The last step's samples, first `frames` of them: views that the next step overwrites. */
  output(frames: number): readonly [left: Float32Array, right: Float32Array]
  /** Lets the engine take its commands without moving time. */
  pump(): void
}

/** `mib` is the whole memory, made at once; `kept`: programs held at most; `shelf`: the assets that they may name. Throws `limit-exceeded` when the engine does not fit. */
export function createPrivateEngine(
  module: WebAssembly.Module,
  sampleRate: number,
  mib: number,
  kept: number,
  shelf?: AssetShelf,
): PrivateEngine {
  const pages = (mib * 1024 * 1024) / PAGE
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true })
  const exports = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as EngineExports
  exports._initialize()
  if (exports.engine_create(sampleRate, 0, 0) === 0) {
    throw new SoundloomError('limit-exceeded', 'The engine does not fit into this memory', {
      field: 'memory',
      value: mib,
    })
  }
  const wire = openWire(memory, exports.engine_wire())
  const heap = { exports, memory, wire }
  const stores = engineStores(heap, kept, shelf)
  const collect = createReturns(wire.returns(), stores)
  const replies = wire.replies()
  const words = new Int32Array(RECORD_BYTES / 4)
  const left = new Float32Array(memory.buffer, wire.output.left, BLOCK)
  const right = new Float32Array(memory.buffer, wire.output.right, BLOCK)
  const drain = (): void => {
    collect()
    while (replies.pop(words));
  }
  let now = 0n
  return {
    ...stores,
    sampleRate,
    heap,
    commands: wire.commands('control'),
    now: () => now,
    step(frames) {
      exports.engine_render(frames)
      now += BigInt(frames)
      drain()
    },
    output: (frames) => (frames === BLOCK ? [left, right] : [left.subarray(0, frames), right.subarray(0, frames)]),
    pump() {
      exports.engine_pump()
      drain()
    },
  }
}

/** The least number of micro-blocks that hold `frames`, in frames: resets and installs take effect on their borders. */
export const wholeBlocks = (frames: number): number => Math.ceil(frames / constants.microBlock) * constants.microBlock
