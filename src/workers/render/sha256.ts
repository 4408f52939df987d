// The fingerprint of a render (render worker): SHA-256 over frame-interleaved little-endian f32, as CONTRACTS.md defines it.

/** Channels are equally long and not shared. Lower-case hex. */
export async function sampleHash(channels: readonly Float32Array<ArrayBuffer>[]): Promise<string> {
  const frames = channels[0]?.length ?? 0
  const interleaved = new Float32Array(frames * channels.length)
  channels.forEach((channel, index) => {
    for (let frame = 0; frame < frames; frame++) interleaved[frame * channels.length + index] = channel[frame]!
  })
  // wasm and every supported host are little-endian, so the array's bytes are the defined ones.
  const digest = await crypto.subtle.digest('SHA-256', interleaved)
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
