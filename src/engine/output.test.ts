// When the output is replaced: for another rate, and for another buffer, where the device has one (Node).
import { expect, test, vi } from 'vitest'
import { outdated, type OutputWish } from './output.ts'

/** A device whose shortest buffer is 128 frames, or that has but one. */
const device = (shortest: number) => (wish: OutputWish) =>
  (wish.latencyHint === 'playback' ? 1024 : wish.latencyHint === 0 ? shortest : 256) / wish.sampleRate
const wish = (over: Partial<OutputWish>): OutputWish => ({ sampleRate: 48000, latencyHint: 'interactive', ...over })

test('another rate, or a buffer of another length, is a reason; the same buffer under another name is none', () => {
  const context = { sampleRate: 48000, baseLatency: 256 / 48000 }
  expect(outdated(context, wish({}), device(128))).toBeNull()
  expect(outdated(context, wish({ latencyHint: 'playback' }), device(128))).toBe('latency')
  expect(outdated(context, wish({ latencyHint: 0 }), device(128))).toBe('latency')
  expect(outdated(context, wish({ latencyHint: 0 }), device(256))).toBeNull()
  // No context is opened to find out.
  const look = vi.fn(device(128))
  expect(outdated(context, wish({ sampleRate: 44100, latencyHint: 'playback' }), look)).toBe('sample-rate')
  expect(look).not.toHaveBeenCalled()
})
