// Starts the analyzer worker (main thread).
import { connect, type Remote } from '../rpc.ts'
import type { AnalyzerApi } from './protocol.ts'

export interface AnalyzerClient {
  readonly api: Remote<AnalyzerApi>
  /** Called once when the worker's script fails to load or throws outside a call. */
  onError(listener: (message: string) => void): void
  end(): void
}

export function startAnalyzer(): AnalyzerClient {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'analyzer' })
  return {
    api: connect<AnalyzerApi>(worker),
    onError: (listener) => worker.addEventListener('error', (event) => listener(event.message), { once: true }),
    end: () => worker.terminate(),
  }
}
