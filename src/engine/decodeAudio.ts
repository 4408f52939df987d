// The browser's own decoder for audio files (main thread).

/** All channels at `sampleRate`: at the file's own rate nothing is resampled. Rejects what the browser cannot read. */
export async function decodeAudio(
  bytes: Uint8Array<ArrayBuffer>,
  sampleRate: number,
): Promise<{ readonly sampleRate: number; readonly channels: readonly Float32Array[] }> {
  const context = new OfflineAudioContext(1, 1, Math.min(768_000, Math.max(8000, sampleRate)))
  // It takes the buffer away, so it gets one of its own.
  const decoded = await context.decodeAudioData(bytes.slice().buffer)
  const channels = Array.from({ length: decoded.numberOfChannels }, (_, index) => decoded.getChannelData(index))
  return { sampleRate: decoded.sampleRate, channels }
}
