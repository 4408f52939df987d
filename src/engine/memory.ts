// The engine's shared memory (main thread): all of it asked for at once, halved when the browser refuses.
import { SoundloomError } from '../params/error.ts'

const PAGES_PER_MIB = 16
const LEAST_MIB = 32

/** 128 MiB, or 64 where the device has at most 4 GiB. */
export const realtimeMemoryMib = (deviceMemoryGib: number | undefined): number =>
  deviceMemoryGib !== undefined && deviceMemoryGib <= 4 ? 64 : 128

/**
 * Shared memory that never grows (a grown one would detach views and stop the audio thread). Halves on RangeError down to 32 MiB;
 * then throws `limit-exceeded` with field `memory`.
 */
export function allocateMemory(
  wantedMib: number,
  create: (pages: number) => WebAssembly.Memory = createShared,
): { readonly memory: WebAssembly.Memory; readonly mib: number } {
  for (let mib = wantedMib; mib >= LEAST_MIB; mib /= 2) {
    try {
      return { memory: create(mib * PAGES_PER_MIB), mib }
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
    }
  }
  throw new SoundloomError('limit-exceeded', 'The browser gave the sound engine no memory', {
    field: 'memory',
    value: LEAST_MIB,
    hint: 'Close other tabs or programs and reload the page.',
  })
}

const createShared = (pages: number): WebAssembly.Memory =>
  new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true })
