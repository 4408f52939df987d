// What a strip plays before its fader, out of one private engine and into another (render worker, and tests in Node).
import { constants, records } from '../../generated/wire.ts'
import { SoundloomError } from '../../params/error.ts'
import type { PrivateEngine } from './instance.ts'

const { bytes, offset } = records.stripPort
export const STEP_FRAMES = constants.maxRenderFrames
export const STEP_BLOCKS = STEP_FRAMES / constants.microBlock

/** Views of the engine's memory: the last step that handed out, or the next one that takes. */
export interface StripPort {
  /** By micro-block; 0: the strip is at rest. */
  readonly rendered: Uint32Array
  readonly left: Float32Array
  readonly right: Float32Array
}

/** `takes`: the strip plays what lies there in place of its own sound. Throws `limit-exceeded` when memory is full. */
export function openStripPort({ heap: { exports, memory } }: PrivateEngine, strip: number, takes: boolean): StripPort {
  const address = exports.mem_alloc(bytes)
  if (address === 0)
    throw new SoundloomError('limit-exceeded', 'The engine has no memory to pass tracks on', { field: 'memory' })
  exports.strip_port(strip, address, takes ? 1 : 0)
  return {
    rendered: new Uint32Array(memory.buffer, address + offset.rendered, STEP_BLOCKS),
    left: new Float32Array(memory.buffer, address + offset.left, STEP_FRAMES),
    right: new Float32Array(memory.buffer, address + offset.right, STEP_FRAMES),
  }
}
