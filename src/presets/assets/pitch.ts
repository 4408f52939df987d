// The pitch of a recording, for its root key (any thread): normalised square difference (McLeod and Wyvill 2005) at several places.

const WINDOW = 4096
const PLACES = 3
/** A clearer peak than this is a tone. */
const CLEAR = 0.9
/** Places must agree to half a semitone. */
const APART_CENTS = 50
const LOWEST_HZ = 27.5
const HIGHEST_HZ = 4200

/** MIDI note number with cents; null: no steady tone. */
export function detectKey(samples: Float32Array, sampleRate: number): number | null {
  const window = Math.min(WINDOW, samples.length >> 1)
  if (window < 256) return null
  // After the attack and before the tail, where it is loud.
  const peak = samples.reduce((most, v) => Math.max(most, Math.abs(v)), 0)
  const loudest = samples.findIndex((v) => Math.abs(v) > 0.5 * peak)
  const first = Math.max(0, Math.min(loudest + Math.round(0.03 * sampleRate), samples.length - 2 * window))
  const last = Math.max(first, Math.min(samples.length - 2 * window, first + Math.round(sampleRate)))
  const found: number[] = []
  for (let place = 0; place < PLACES; place++) {
    const at = Math.round(first + ((last - first) * place) / (PLACES - 1))
    const key = keyAt(samples.subarray(at, at + 2 * window), window, sampleRate)
    if (key !== null) found.push(key)
  }
  if (found.length * 2 <= PLACES) return null
  const sorted = found.sort((a, b) => a - b)
  const middle = sorted[sorted.length >> 1]!
  const agreeing = sorted.filter((key) => Math.abs(key - middle) * 100 < APART_CENTS)
  if (agreeing.length * 2 <= PLACES) return null
  return agreeing.reduce((sum, key) => sum + key, 0) / agreeing.length
}

function keyAt(samples: Float32Array, window: number, sampleRate: number): number | null {
  const most = Math.min(window - 2, Math.ceil(sampleRate / LOWEST_HZ))
  const least = Math.max(2, Math.floor(sampleRate / HIGHEST_HZ))
  let energy = 0
  for (let i = 0; i < window; i++) energy += samples[i]! ** 2
  if (energy / window < 1e-8) return null
  let shifted = energy
  const clarity = new Float64Array(most + 2)
  for (let lag = 1; lag <= most + 1; lag++) {
    shifted += samples[window + lag - 1]! ** 2 - samples[lag - 1]! ** 2
    if (lag < least - 1) {
      clarity[lag] = 1
      continue
    }
    let product = 0
    for (let i = 0; i < window; i++) product += samples[i]! * samples[i + lag]!
    clarity[lag] = (2 * product) / (energy + shifted + 1e-12)
  }
  // The first of the peaks that are nearly as high as the highest, after the first dip.
  let lag = least
  while (lag <= most && clarity[lag]! > 0.5) lag++
  const peaks: number[] = []
  for (; lag <= most; lag++)
    if (clarity[lag]! > clarity[lag - 1]! && clarity[lag]! >= clarity[lag + 1]! && clarity[lag]! > 0.5) peaks.push(lag)
  const highest = Math.max(0, ...peaks.map((peak) => clarity[peak]!))
  const best = peaks.find((peak) => clarity[peak]! > 0.95 * highest)
  if (best === undefined || highest < CLEAR) return null
  const [a, b, c] = [clarity[best - 1]!, clarity[best]!, clarity[best + 1]!]
  const period = best + (a - c) / (2 * (a - 2 * b + c) || 1)
  return 69 + 12 * Math.log2(sampleRate / period / 440)
}
