// The song tables that an engine holds (the instance that allocates): each installed once and freed when it comes back.

export interface TableBuilder {
  /** Validates and builds; returns a handle, or throws. */
  load(bytes: Uint8Array): number
  free(handle: number): void
}

export interface Tables {
  load(bytes: Uint8Array): number
  /** The audio thread gave it back, or it was never sent. */
  free(handle: number): void
  /** Of a table that is held, or of any since `remember` was set. */
  bytesOf(handle: number): Uint8Array | undefined
  /** While set, bytes outlive their table: a replay log may name it. */
  remember(on: boolean): void
  readonly size: number
}

export function createTables(builder: TableBuilder): Tables {
  const held = new Map<number, Uint8Array>()
  const gone = new Map<number, Uint8Array>()
  let remembering = false
  return {
    get size() {
      return held.size
    },
    load(bytes) {
      const handle = builder.load(bytes)
      held.set(handle, bytes)
      return handle
    },
    free(handle) {
      const bytes = held.get(handle)
      if (!bytes) return
      held.delete(handle)
      if (remembering) gone.set(handle, bytes)
      builder.free(handle)
    },
    bytesOf: (handle) => held.get(handle) ?? gone.get(handle),
    remember(on) {
      remembering = on
      if (!on) gone.clear()
    },
  }
}
