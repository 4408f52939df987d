// The replay log: every command applied since the last reset (control worker): the TypeScript side of wire/log.h.
import type { AssetUse } from '../../compile/assets.ts'
import { enums, records } from '../../generated/wire.ts'
import { RECORD_BYTES } from './ring.ts'

const { offset, bytes } = records.log

/** A program or song table that the replay log names, with what builds it again. */
export interface LoggedBytes {
  readonly handle: number
  readonly bytes: Uint8Array
  /** Of a program: where its bytes name assets, which have other handles in another engine. */
  readonly assets?: readonly AssetUse[]
}

/** Commands applied since a reset, with resolved frames counted from it; enough to render the same samples again. */
export interface ReplayLog {
  readonly sampleRate: number
  readonly seed: number
  /** COMMAND records as they stand in the log. */
  readonly records: Uint8Array
  readonly programs: readonly LoggedBytes[]
  readonly tables: readonly LoggedBytes[]
}

export interface LogView {
  /** Raised by each reset. */
  readonly epoch: number
  readonly seed: number
  /** Records that did not fit: above 0 the log cannot be replayed. */
  readonly overflow: number
  /** COMMAND records; frames count from the reset. */
  readonly records: Uint8Array<ArrayBuffer>
}

export function readLog(buffer: ArrayBufferLike, address: number): LogView {
  const header = new Int32Array(buffer, address, bytes >> 2)
  const word = (at: number): number => Atomics.load(header, at >> 2)
  const count = word(offset.count) >>> 0
  return {
    epoch: word(offset.epoch),
    seed: word(offset.seed) >>> 0,
    overflow: word(offset.overflow),
    records: new Uint8Array(buffer, address + bytes, count * RECORD_BYTES).slice() as Uint8Array<ArrayBuffer>,
  }
}

/** Programs and song tables have handles of their own, which may be equal. */
export type HandleKind = 'programs' | 'tables'

/** Addresses inside a record that name one, by event. */
const HANDLE_AT: Readonly<Record<HandleKind, Readonly<Record<number, number>>>> = {
  programs: {
    [enums.event.installProgram]: records.install.offset.handle,
    [enums.event.noteOn]: records.noteOn.offset.handle,
    [enums.event.setParam]: records.param.offset.handle,
    [enums.event.setBypass]: records.toggle.offset.handle,
  },
  tables: {
    [enums.event.installTimeline]: records.install.offset.handle,
    [enums.event.installClips]: records.install.offset.handle,
    [enums.event.installAutomation]: records.install.offset.handle,
    [enums.event.installRouting]: records.install.offset.handle,
    [enums.event.installControls]: records.install.offset.handle,
  },
}

/** Handles (not 0) that the records name, each once, in order of appearance. */
export function loggedHandles(log: Uint8Array, kind: HandleKind): number[] {
  const handles = new Set<number>()
  forEachHandle(log, kind, (view, at) => handles.add(view.getUint32(at, true)))
  return [...handles]
}

/** The records with handles of another engine; the maps must know every handle that `loggedHandles` gave. */
export function withHandles(
  log: Uint8Array,
  maps: Readonly<Record<HandleKind, ReadonlyMap<number, number>>>,
): Uint8Array<ArrayBuffer> {
  const copy = log.slice() as Uint8Array<ArrayBuffer>
  for (const kind of ['programs', 'tables'] as const) {
    forEachHandle(copy, kind, (view, at) => {
      const handle = maps[kind].get(view.getUint32(at, true))
      if (handle === undefined) throw new Error(`the log names one of ${kind} that is not there`)
      view.setUint32(at, handle, true)
    })
  }
  return copy
}

function forEachHandle(log: Uint8Array, kind: HandleKind, visit: (view: DataView, at: number) => void): void {
  const view = new DataView(log.buffer, log.byteOffset, log.byteLength)
  for (let at = 0; at + RECORD_BYTES <= log.byteLength; at += RECORD_BYTES) {
    const field = HANDLE_AT[kind][view.getUint16(at + records.command.offset.type, true)]
    if (field !== undefined && view.getUint32(at + field, true) !== 0) visit(view, at + field)
  }
}

/** The same records at full quality all the time. */
export function withoutGovernor(log: Uint8Array): Uint8Array {
  const view = new DataView(log.buffer, log.byteOffset, log.byteLength)
  const kept = Array.from({ length: log.length / RECORD_BYTES }, (_, n) => n * RECORD_BYTES).filter(
    (at) => view.getUint16(at + records.command.offset.type, true) !== enums.event.governor,
  )
  const full = new Uint8Array(kept.length * RECORD_BYTES)
  kept.forEach((at, n) => full.set(log.subarray(at, at + RECORD_BYTES), n * RECORD_BYTES))
  return full
}
