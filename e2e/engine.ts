// What tests of the engine share: hold of the audio thread's shared words and of the workers, as the page makes them (Playwright).
import type { Page } from '@playwright/test'
import { fromDisk, open } from './app.ts'

declare global {
  interface Window {
    /** Of the newest engine. */
    caught: {
      node: AudioWorkletNode
      context: AudioContext
      memory: WebAssembly.Memory
      stats: SharedArrayBuffer
      workers: Map<string, Worker>
    }
  }
}

/** Call before the page opens. Changes nothing that the page does. */
export async function catchEngine(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.caught = { workers: new Map() } as Window['caught']
    const Node = window.AudioWorkletNode
    window.AudioWorkletNode = class extends Node {
      constructor(context: BaseAudioContext, name: string, options?: AudioWorkletNodeOptions) {
        super(context, name, options)
        Object.assign(window.caught, { node: this, context, ...(options?.processorOptions as object) })
      }
    }
    const Original = window.Worker
    window.Worker = class extends Original {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options)
        window.caught.workers.set(options?.name ?? '', this)
      }
    }
  })
}

export interface Status {
  readonly audio: string
  readonly generation: number
  readonly activeVoices: number | null
  readonly cpuUsage: number | null
  readonly dropouts: number | null
  readonly outputLatencySeconds: number | null
  readonly sampleRate: number
  readonly governor: { readonly events: readonly unknown[] }
}
export const status = (page: Page): Promise<Status> => page.evaluate(() => window.soundloom!.status() as Status)

export const FIXTURES = ['groups', 'instruments', 'guitar-types'].map((name) => `src/presets/fixtures/${name}.json`)

/** Opens the app with sounds of its own test files. */
export async function openWithSounds(page: Page): Promise<void> {
  await open(page)
  const files = FIXTURES.map(fromDisk)
  await page.evaluate(
    (dropped) => window.soundloom!.import(dropped.map(({ name, text }) => new File([text], name))),
    files,
  )
}

export const presetIds = (page: Page): Promise<string[]> =>
  page.evaluate(() => window.soundloom!.presets().map(({ id }) => id))

/** The value that `share` (0..1) of the values do not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? NaN
}
