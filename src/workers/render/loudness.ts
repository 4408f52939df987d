// Integrated loudness of a stereo render (render worker): ITU-R BS.1770-5, K-weighting recomputed for each sample rate.

/** Second-order section: y = b0 x + b1 x1 + b2 x2 - a1 y1 - a2 y2. */
type Biquad = readonly [b0: number, b1: number, b2: number, a1: number, a2: number]

/** The two K-weighting stages for a rate; pole and zero positions from libebur128's analog prototypes (MIT). */
export function kWeighting(sampleRate: number): readonly [Biquad, Biquad] {
  const shelfTan = Math.tan((Math.PI * 1681.974450955533) / sampleRate)
  const shelfQ = 0.7071752369554196
  const high = 10 ** (3.999843853973347 / 20)
  const band = high ** 0.4996667741545416
  const shelfA0 = 1 + shelfTan / shelfQ + shelfTan ** 2
  const shelf: Biquad = [
    (high + (band * shelfTan) / shelfQ + shelfTan ** 2) / shelfA0,
    (2 * (shelfTan ** 2 - high)) / shelfA0,
    (high - (band * shelfTan) / shelfQ + shelfTan ** 2) / shelfA0,
    (2 * (shelfTan ** 2 - 1)) / shelfA0,
    (1 - shelfTan / shelfQ + shelfTan ** 2) / shelfA0,
  ]
  const passTan = Math.tan((Math.PI * 38.13547087602444) / sampleRate)
  const passQ = 0.5003270373238773
  const passA0 = 1 + passTan / passQ + passTan ** 2
  const pass: Biquad = [1, -2, 1, (2 * (passTan ** 2 - 1)) / passA0, (1 - passTan / passQ + passTan ** 2) / passA0]
  return [shelf, pass]
}

/**
 * Integrated loudness in LUFS of equally long channels (left, right), gated at -70 LUFS and 10 LU below the mean of what passed.
 * Null when every 400 ms block is below the absolute gate, or when there is no whole block.
 */
export function integratedLoudness(channels: readonly Float32Array[], sampleRate: number): number | null {
  const stepFrames = Math.round(sampleRate * 0.1)
  const steps = Math.floor((channels[0]?.length ?? 0) / stepFrames)
  const stepEnergy = new Float64Array(steps)
  for (const channel of channels) addStepEnergy(channel, sampleRate, stepFrames, stepEnergy)
  const blocks: number[] = []
  for (let step = 0; step + 4 <= steps; step++) {
    let energy = 0
    for (let part = step; part < step + 4; part++) energy += stepEnergy[part] ?? 0
    blocks.push(energy / (4 * stepFrames))
  }
  const audible = blocks.filter((energy) => toLufs(energy) > -70)
  if (!audible.length) return null
  const relativeGate = toLufs(mean(audible)) - 10
  return toLufs(mean(audible.filter((energy) => toLufs(energy) > relativeGate)))
}

const toLufs = (energy: number): number => -0.691 + 10 * Math.log10(energy)
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

function addStepEnergy(channel: Float32Array, sampleRate: number, stepFrames: number, energy: Float64Array): void {
  const [[b0, b1, b2, a1, a2], [, , , c1, c2]] = kWeighting(sampleRate)
  let x1 = 0
  let x2 = 0
  let y1 = 0
  let y2 = 0
  let z1 = 0
  let z2 = 0
  for (let step = 0, frame = 0; step < energy.length; step++) {
    let sum = 0
    for (const end = frame + stepFrames; frame < end; frame++) {
      const x = channel[frame] ?? 0
      const y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2
      x2 = x1
      x1 = x
      const z = y - 2 * y1 + y2 - c1 * z1 - c2 * z2
      y2 = y1
      y1 = y
      z2 = z1
      z1 = z
      sum += z * z
    }
    energy[step] = (energy[step] ?? 0) + sum
  }
}
