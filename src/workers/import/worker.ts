// The import worker: reads, parses, normalises and keeps dropped files, so that the page never does (import worker).
import { openDeviceStorage } from '../../presets/library/device.ts'
import { LibraryKeeper } from '../../presets/library/keeper.ts'
import { memoryStorage } from '../../presets/library/memory.ts'
import { isCancelled, serve } from '../rpc.ts'
import type { ImportApi } from './protocol.ts'

/** Storage is refused in some private windows: then everything stays in memory, and the library says so. */
const keeper = openDeviceStorage()
  .catch(() => memoryStorage())
  .then((storage) => new LibraryKeeper(storage))

const api: ImportApi = {
  async load(onBatch) {
    const library = await keeper
    return { place: library.place, ...(await library.load(onBatch)) }
  },
  async importFiles(files, onBatch, onFile, signal) {
    return (await keeper).importFiles(files, { onBatch, onFile, isCancelled: () => isCancelled(signal) })
  },
  async save(preset) {
    return (await keeper).save(preset)
  },
  async read(json) {
    const { presets, report } = await (await keeper).read(json)
    return { presets, report }
  },
  async reportText(reportId, format) {
    return (await (await keeper).reportText(reportId, format)) ?? null
  },
}

serve(api)
