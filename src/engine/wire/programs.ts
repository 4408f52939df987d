// The programs that an engine holds (the instance that allocates): built once for each content, kept for the next press, freed when
// old. An instance plays in one place at a time: a sound that is still fading out and starts again needs a second one.
import { contentKey } from '../../compile/contentKey.ts'

/** The module's own builder; the store never touches memory by itself. */
export interface ProgramBuilder<Input, Compiled extends { readonly bytes: Uint8Array }> {
  compile(input: Input): Compiled
  /** Validates and builds; returns a handle, or throws `limit-exceeded`. */
  load(bytes: Uint8Array): number
  /** Makes a returned program ready to be installed again, as it was built. */
  renew(handle: number): void
  free(handle: number): void
}

export interface HeldProgram<Compiled> {
  /** Names the content: hash of the compiled bytes. */
  readonly key: string
  readonly handle: number
  readonly compiled: Compiled
}

export interface Programs<Input, Compiled> {
  /** An instance for this content that can be installed; `cached` tells that nothing was built. */
  acquire(input: Input): { readonly program: HeldProgram<Compiled>; readonly cached: boolean }
  /** The audio thread has it from now on. */
  sent(handle: number): void
  /** The audio thread gave it back. */
  returned(handle: number): void
  /** Frees the program that has been idle longest. False: there is none. */
  makeRoom(): boolean
  byHandle(handle: number): HeldProgram<Compiled> | undefined
  readonly size: number
}

interface Instance<Compiled> extends HeldProgram<Compiled> {
  playing: boolean
}

/** `limit`: instances kept, those that play included. */
export function createPrograms<Input, Compiled extends { readonly bytes: Uint8Array }>(
  builder: ProgramBuilder<Input, Compiled>,
  limit: number,
): Programs<Input, Compiled> {
  // Insertion order is age: an acquired instance moves to the end.
  const held = new Map<number, Instance<Compiled>>()

  const dropOldest = (except?: Instance<Compiled>): boolean => {
    const oldest = [...held.values()].find((instance) => !instance.playing && instance !== except)
    if (!oldest) return false
    held.delete(oldest.handle)
    builder.free(oldest.handle)
    return true
  }
  const trim = (except?: Instance<Compiled>): void => {
    while (held.size > limit && dropOldest(except));
  }
  /** Memory may be full of programs that nobody plays: free one after the other before giving up. */
  const load = (bytes: Uint8Array): number => {
    for (;;) {
      try {
        return builder.load(bytes)
      } catch (error) {
        if (!dropOldest()) throw error
      }
    }
  }
  return {
    get size() {
      return held.size
    },
    byHandle: (handle) => held.get(handle),
    makeRoom: () => dropOldest(),
    acquire(input) {
      const compiled = builder.compile(input)
      const key = contentKey(compiled.bytes)
      for (const instance of held.values()) {
        if (instance.key !== key || instance.playing || !sameBytes(instance.compiled.bytes, compiled.bytes)) continue
        held.delete(instance.handle)
        held.set(instance.handle, instance)
        return { program: instance, cached: true }
      }
      const program = { key, handle: load(compiled.bytes), compiled, playing: false }
      held.set(program.handle, program)
      trim(program)
      return { program, cached: false }
    },
    sent(handle) {
      const instance = held.get(handle)
      if (instance) instance.playing = true
    },
    returned(handle) {
      const instance = held.get(handle)
      if (!instance) return
      instance.playing = false
      builder.renew(handle)
      trim()
    },
  }
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i])
