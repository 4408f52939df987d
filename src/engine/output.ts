// The audio output (main thread): what is asked of the context that the engine plays into, and whether another one would differ.
import type { LatencyHint } from '../params/budget.ts'

export interface OutputWish {
  readonly sampleRate: number
  readonly latencyHint: LatencyHint
}

export interface OutputEvents {
  stateChanged(context: AudioContext): void
  failed(context: AudioContext): void
}

export function openOutput({ sampleRate, latencyHint }: OutputWish, events: OutputEvents): AudioContext {
  const context = new AudioContext({ sampleRate, latencyHint })
  context.onstatechange = () => events.stateChanged(context)
  context.addEventListener('error', () => events.failed(context))
  return context
}

/** Seconds of the buffer that a context with this wish would have on this device. */
function bufferSeconds({ sampleRate, latencyHint }: OutputWish): number {
  const probe = new AudioContext({ sampleRate, latencyHint })
  const seconds = probe.baseLatency
  void probe.close().catch(() => undefined)
  return seconds
}

/** Why a context is to be replaced by one as wished; null: it is as good as that. */
export function outdated(
  context: Pick<AudioContext, 'sampleRate' | 'baseLatency'>,
  wish: OutputWish,
  bufferOf: (wish: OutputWish) => number = bufferSeconds,
): 'sample-rate' | 'latency' | null {
  if (context.sampleRate !== wish.sampleRate) return 'sample-rate'
  return bufferOf(wish) === context.baseLatency ? null : 'latency'
}
