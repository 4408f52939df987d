// Writes WAV files for tests (Node).

interface WavOptions {
  readonly bits?: 16 | 24 | 32
  readonly root?: number
  /** Frames; the end is not played. */
  readonly loop?: readonly [number, number]
}

/** 32 bits are floats. */
export function testWav(
  channels: readonly Float32Array[],
  sampleRate: number,
  { bits = 16, root, loop }: WavOptions,
): Uint8Array<ArrayBuffer> {
  const frames = channels[0]!.length
  const frameBytes = (channels.length * bits) / 8
  const sampler = root === undefined ? 0 : 8 + 36 + (loop ? 24 : 0)
  const bytes = new Uint8Array(44 + sampler + frames * frameBytes)
  const view = new DataView(bytes.buffer)
  const text = (at: number, value: string): void => [...value].forEach((c, i) => view.setUint8(at + i, c.charCodeAt(0)))
  text(0, 'RIFF')
  view.setUint32(4, bytes.length - 8, true)
  text(8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, bits === 32 ? 3 : 1, true)
  view.setUint16(22, channels.length, true)
  view.setUint32(24, sampleRate, true)
  view.setUint32(28, sampleRate * frameBytes, true)
  view.setUint16(32, frameBytes, true)
  view.setUint16(34, bits, true)
  let at = 36
  if (sampler > 0) {
    text(at, 'smpl')
    view.setUint32(at + 4, sampler - 8, true)
    view.setUint32(at + 8 + 12, root!, true)
    view.setUint32(at + 8 + 28, loop ? 1 : 0, true)
    if (loop) {
      view.setUint32(at + 8 + 36 + 8, loop[0], true)
      view.setUint32(at + 8 + 36 + 12, loop[1] - 1, true)
    }
    at += sampler
  }
  text(at, 'data')
  view.setUint32(at + 4, frames * frameBytes, true)
  at += 8
  for (let i = 0; i < frames; i++) {
    for (const channel of channels) {
      const value = channel[i]!
      if (bits === 32) view.setFloat32(at, value, true)
      else if (bits === 16) view.setInt16(at, Math.max(-32768, Math.min(32767, Math.round(value * 32768))), true)
      else {
        const whole = Math.max(-8388608, Math.min(8388607, Math.round(value * 8388608)))
        view.setUint16(at, whole & 0xffff, true)
        view.setInt8(at + 2, whole >> 16)
      }
      at += bits / 8
    }
  }
  return bytes
}
