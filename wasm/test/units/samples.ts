// Recordings for tests of what plays them. Tests only.
import { encodeAsset, type AssetZone } from '../../../src/presets/assets/record.ts'

export const RATE = 48000

export const zone = (frames: number, over: Partial<AssetZone> = {}): AssetZone => ({
  lowKey: 0,
  highKey: 127,
  lowVelocity: 0,
  highVelocity: 1,
  rootKey: 60,
  gainDb: 0,
  firstFrame: 0,
  frames,
  loopStart: 0,
  loopEnd: 0,
  crossfade: 0,
  ...over,
})

/** One zone over all of it unless told. */
export const recording = (
  frames: number,
  value: (frame: number) => number,
  zones: readonly AssetZone[] = [zone(frames)],
  right?: (frame: number) => number,
): Uint8Array<ArrayBuffer> =>
  encodeAsset({
    kind: 'sample',
    sampleRate: RATE,
    channels: [value, ...(right ? [right] : [])].map((channel) =>
      Float32Array.from({ length: frames }, (_, i) => channel(i)),
    ),
    zones,
  })

export const sine =
  (hz: number, gain = 0.5) =>
  (frame: number): number =>
    gain * Math.sin((2 * Math.PI * hz * frame) / RATE)
