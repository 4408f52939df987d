// The programs that the engine holds (control worker): built once for each content, kept for the next press, freed when old.

/** The module's own builder; the store never touches memory by itself. */
export interface ProgramBuilder<Input, Compiled extends { readonly bytes: Uint8Array }> {
  compile(input: Input): Compiled
  /** Validates and builds; returns a handle, or throws `over-budget`, `limit-exceeded` or `invalid-argument`. */
  load(bytes: Uint8Array): number
  free(handle: number): void
}

export interface HeldProgram<Compiled> {
  /** Hash of the compiled bytes. */
  readonly key: string
  readonly handle: number
  readonly compiled: Compiled
  /** Times that the audio thread holds it: sent and not yet returned. */
  installs: number
}

export interface Programs<Input, Compiled> {
  /** The program for this content; `cached` tells that nothing was built. */
  acquire(input: Input): { readonly program: HeldProgram<Compiled>; readonly cached: boolean }
  sent(handle: number): void
  /** The audio thread gave it back. */
  returned(handle: number): void
  byHandle(handle: number): HeldProgram<Compiled> | undefined
  readonly size: number
}

/** `limit`: programs kept beyond those that the engine holds. */
export function createPrograms<Input, Compiled extends { readonly bytes: Uint8Array }>(
  builder: ProgramBuilder<Input, Compiled>,
  limit: number,
): Programs<Input, Compiled> {
  // Insertion order is age: an acquired program moves to the end.
  const held = new Map<string, HeldProgram<Compiled>>()
  const handles = new Map<number, HeldProgram<Compiled>>()

  const drop = (program: HeldProgram<Compiled>): void => {
    held.delete(program.key)
    handles.delete(program.handle)
    builder.free(program.handle)
  }
  const oldestFree = (): HeldProgram<Compiled> | undefined =>
    [...held.values()].find((program) => program.installs === 0)
  const trim = (): void => {
    while (held.size > limit) {
      const oldest = oldestFree()
      if (!oldest) return
      drop(oldest)
    }
  }
  /** Memory may be full of programs that nobody plays: free one after the other before giving up. */
  const load = (bytes: Uint8Array): number => {
    for (;;) {
      try {
        return builder.load(bytes)
      } catch (error) {
        const oldest = oldestFree()
        if (!oldest) throw error
        drop(oldest)
      }
    }
  }
  return {
    get size() {
      return held.size
    },
    byHandle: (handle) => handles.get(handle),
    acquire(input) {
      const compiled = builder.compile(input)
      let key = contentKey(compiled.bytes)
      let known = held.get(key)
      while (known && !sameBytes(known.compiled.bytes, compiled.bytes)) known = held.get((key += '+'))
      if (known) {
        held.delete(key)
        held.set(key, known)
        return { program: known, cached: true }
      }
      const program: HeldProgram<Compiled> = { key, handle: load(compiled.bytes), compiled, installs: 0 }
      held.set(key, program)
      handles.set(program.handle, program)
      // Not `trim` before the load: what was just freed might be the sound that the user goes back to.
      program.installs++
      trim()
      program.installs--
      return { program, cached: false }
    },
    sent(handle) {
      const program = handles.get(handle)
      if (program) program.installs++
    },
    returned(handle) {
      const program = handles.get(handle)
      if (program && program.installs > 0) program.installs--
      trim()
    },
  }
}

/** 64 bits of FNV-1a in two halves, and the length: synchronous, so that records keep their order. Equality is checked on bytes. */
export function contentKey(bytes: Uint8Array): string {
  let low = 0x811c9dc5
  let high = 0xcbf29ce4
  for (const byte of bytes) {
    low = Math.imul(low ^ byte, 0x01000193)
    high = Math.imul(high ^ byte ^ (low >>> 24), 0x01000193)
  }
  const hex = (word: number): string => (word >>> 0).toString(16).padStart(8, '0')
  return `${hex(high)}${hex(low)}-${bytes.length.toString(16)}`
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i])
