// Starts the control worker (main thread).
import { connect, type Remote } from '../rpc.ts'
import type { ControlApi } from './protocol.ts'

export interface ControlClient {
  readonly api: Remote<ControlApi>
  /** Called once when the worker's script fails to load or throws outside a call. */
  onError(listener: (message: string) => void): void
  end(): void
}

export function startControl(): ControlClient {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'control' })
  return {
    api: connect<ControlApi>(worker),
    onError: (listener) => worker.addEventListener('error', (event) => listener(event.message), { once: true }),
    end: () => worker.terminate(),
  }
}
