// Starts the import worker and speaks to it (main thread).
import type { ImporterPort } from '../../presets/library/port.ts'
import { callback, connect } from '../rpc.ts'
import type { ImportApi } from './protocol.ts'

export interface ImportClient extends ImporterPort {
  /** Called once when the worker's script fails to load or throws outside a call. */
  onError(listener: (message: string) => void): void
  end(): void
}

export function startImport(): ImportClient {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'import' })
  const api = connect<ImportApi>(worker)
  return {
    load: (onBatch) => api.load(callback(onBatch)),
    importFiles(files, { onBatch, onFile }, signal) {
      // A file crosses as a handle: its bytes are read in the worker only.
      const send = [[...files], callback(onBatch), callback(onFile)] as const
      return signal ? api.importFiles(...send, signal) : api.importFiles(...send)
    },
    save: (preset) => api.save(preset),
    read: (json) => api.read(json),
    reportText: (reportId, format) => api.reportText(reportId, format),
    onError: (listener) => worker.addEventListener('error', (event) => listener(event.message), { once: true }),
    end: () => worker.terminate(),
  }
}
