// Calls between the page and its workers (both sides): Comlink with errors that keep their fields and signals that cross.
import * as Comlink from 'comlink'
import { ERROR_CODES, SoundloomError, type ErrorCode } from '../params/error.ts'

export type Remote<Api> = Comlink.Remote<Api>

/** Exposes `api` to the other end. Arguments that are AbortSignals arrive live and are released when the call ends. */
export function serve(api: object, endpoint: Comlink.Endpoint = globalThis as unknown as Comlink.Endpoint): void {
  const wrapped: Record<string, unknown> = {}
  for (const [name, member] of Object.entries(api)) {
    wrapped[name] = typeof member === 'function' ? releasingSignals(member.bind(api)) : member
  }
  Comlink.expose(wrapped, endpoint)
}

/** The other end's api; every method returns a promise and rejects with what was thrown there. */
export function connect<Api>(endpoint: Comlink.Endpoint): Comlink.Remote<Api> {
  return Comlink.wrap<Api>(endpoint)
}

/** Marks a callback so that the other end calls it here. */
export const callback = <F extends (...args: never[]) => unknown>(fn: F): F => Comlink.proxy(fn)

/** Marks buffers inside `value` as moved, not copied. */
export const moving = <T extends object>(value: T, buffers: Transferable[]): T => Comlink.transfer(value, buffers)

const words = new WeakMap<AbortSignal, Int32Array>()
const ports = new WeakMap<AbortSignal, MessagePort>()

/**
 * True as soon as the caller aborted, also in the middle of a synchronous loop: a signal that crossed a thread carries a shared
 * word. Poll it at least every 10 ms of work.
 */
export function isCancelled(signal: AbortSignal | undefined): boolean {
  if (!signal) return false
  const word = words.get(signal)
  return signal.aborted || (word !== undefined && Atomics.load(word, 0) !== 0)
}

/** Throws `cancelled` when the caller aborted. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (isCancelled(signal)) throw new SoundloomError('cancelled', 'Cancelled')
}

interface SignalWire {
  readonly port: MessagePort
  readonly word: SharedArrayBuffer
}

const signalHandler: Comlink.TransferHandler<AbortSignal, SignalWire> = {
  canHandle: (value): value is AbortSignal => value instanceof AbortSignal,
  serialize(signal) {
    const word = new SharedArrayBuffer(4)
    const { port1, port2 } = new MessageChannel()
    const abort = (): void => {
      Atomics.store(new Int32Array(word), 0, 1)
      port1.postMessage('abort')
    }
    if (signal.aborted) abort()
    else {
      signal.addEventListener('abort', abort, { once: true })
      // The far end says when the call is over; a signal that lives on must not collect listeners.
      port1.onmessage = () => {
        signal.removeEventListener('abort', abort)
        port1.close()
      }
    }
    return [{ port: port2, word }, [port2]]
  },
  deserialize({ port, word }) {
    const controller = new AbortController()
    port.onmessage = () => controller.abort()
    words.set(controller.signal, new Int32Array(word))
    ports.set(controller.signal, port)
    return controller.signal
  },
}

function releasingSignals(method: (...args: unknown[]) => unknown): (...args: unknown[]) => unknown {
  return (...args) => {
    const signals = args.filter((arg): arg is AbortSignal => arg instanceof AbortSignal)
    if (!signals.length) return method(...args)
    return (async () => {
      try {
        return await method(...args)
      } finally {
        for (const signal of signals) release(signal)
      }
    })()
  }
}

function release(signal: AbortSignal): void {
  const port = ports.get(signal)
  port?.postMessage('done')
  port?.close()
  ports.delete(signal)
}

interface ThrownWire {
  readonly name: string
  readonly message: string
  readonly stack: string | undefined
  readonly code?: ErrorCode
  readonly field?: string | undefined
  readonly value?: unknown
  readonly hint?: string
}

/** Plain data of anything thrown; a `value` that cannot be cloned travels as text. */
export function packError(thrown: unknown): ThrownWire {
  if (!(thrown instanceof Error)) return { name: 'Error', message: String(thrown), stack: undefined }
  const base = { name: thrown.name, message: thrown.message, stack: thrown.stack }
  if (!(thrown instanceof SoundloomError)) return base
  return { ...base, code: thrown.code, field: thrown.field, value: cloneable(thrown.value), hint: thrown.hint }
}

export function unpackError(wire: ThrownWire): Error {
  const error =
    wire.code !== undefined && ERROR_CODES.includes(wire.code)
      ? new SoundloomError(wire.code, wire.message, {
          ...(wire.field === undefined ? {} : { field: wire.field }),
          ...(wire.value === undefined ? {} : { value: wire.value }),
          ...(wire.hint === undefined ? {} : { hint: wire.hint }),
        })
      : Object.assign(new Error(wire.message), { name: wire.name })
  if (wire.stack !== undefined) error.stack = wire.stack
  return error
}

function cloneable(value: unknown): unknown {
  try {
    return structuredClone(value)
  } catch {
    return String(value)
  }
}

// Comlink keeps its "thrown" mark private, so its own handler still says which values were thrown.
const comlinkThrow = Comlink.transferHandlers.get('throw')
if (!comlinkThrow) throw new Error('comlink: no throw handler')
Comlink.transferHandlers.set('throw', {
  canHandle: (value): value is unknown => comlinkThrow.canHandle(value),
  serialize: (thrown: unknown) => [packError((thrown as { value: unknown }).value), []],
  deserialize(wire: ThrownWire): never {
    throw unpackError(wire)
  },
})
Comlink.transferHandlers.set('signal', signalHandler as Comlink.TransferHandler<unknown, unknown>)
