// What the status bar and the top bar show of the engine (main thread).

/** Slow engine figures, refreshed a few times per second; null where the browser can't tell. */
export interface StatusView {
  readonly audio: 'suspended' | 'running' | 'interrupted'
  readonly sampleRate: number | null
  readonly blockSize: number | null
  readonly outputLatencySeconds: number | null
  readonly masterLatencySeconds: number | null
  readonly dropouts: number | null
  readonly voices: number | null
  readonly maxVoices: number | null
  readonly cpuUsage: number | null
  /** Of the governor: 0 is full quality. */
  readonly governorLevel: number
  readonly storage: { readonly usedBytes: number; readonly quotaBytes: number } | null
}
