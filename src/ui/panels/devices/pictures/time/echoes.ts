// When the echoes of delays come, and how loud on each side (any thread). Tone and wow are left out.
import { number, type Read, type Scene } from '../face.ts'
import { delaySeconds } from '../tempo.ts'

export interface Echo {
  readonly seconds: number
  /** Amplitudes of a sound of 1 in the middle. */
  readonly left: number
  readonly right: number
}

/** Longest lines of the delays and of one step of the multitap, in seconds. */
const LONGEST = 2
const LONGEST_STEP = 1
/** Below this an echo is not drawn: -40 dB. */
const LEAST = 0.01
const MOST_ECHOES = 200

function repeated(scene: Scene, sides: (echo: number) => readonly [left: number, right: number]): Echo[] {
  const { read } = scene
  const time = delaySeconds(scene, number(read, 'time'), LONGEST)
  const [mix, feedback] = [number(read, 'mix'), number(read, 'feedback')]
  const echoes: Echo[] = []
  for (let k = 1; k <= MOST_ECHOES; k++) {
    // A tape's curve holds what grows.
    const level = mix * Math.min(1, feedback ** (k - 1))
    if (level < LEAST && k > 1) break
    const [left, right] = sides(k)
    echoes.push({ seconds: k * time, left: level * left, right: level * right })
  }
  return echoes
}

/** Steps from the beginning to each echo (wasm/effects/multitap.h). */
export const RHYTHMS: Readonly<Record<string, readonly number[]>> = {
  even: [1, 2, 3, 4, 5, 6, 7, 8],
  swing: [1.3333333, 2, 3.3333333, 4, 5.3333333, 6, 7.3333333, 8],
  tresillo: [1.125, 2.25, 3, 4.125, 5.25, 6, 7.125, 8],
  faster: [1.9225, 3.4605, 4.6909, 5.6752, 6.4627, 7.0927, 7.5967, 8],
  slower: [0.4033, 0.9073, 1.5373, 2.3248, 3.3091, 4.5395, 6.0775, 8],
}

function taps(read: Read, step: number): Echo[] {
  const places = RHYTHMS[String(read('rhythm'))] ?? RHYTHMS.even!
  return places.slice(0, Math.round(number(read, 'taps'))).map((place, k) => {
    const level = number(read, 'mix') * number(read, `level${k + 1}`)
    const turn = (Math.PI / 4) * (number(read, `pan${k + 1}`) + 1)
    return { seconds: place * step, left: level * Math.cos(turn), right: level * Math.sin(turn) }
  })
}

/** All taps, and all of them again after the last one. */
function multitap(scene: Scene): Echo[] {
  const first = taps(scene.read, delaySeconds(scene, number(scene.read, 'time'), LONGEST_STEP))
  const loop = first.at(-1)?.seconds ?? 0
  const feedback = number(scene.read, 'feedback')
  const all: Echo[] = []
  for (let round = 0; round < 40 && feedback ** round >= LEAST; round++)
    for (const { seconds, left, right } of first) {
      const share = feedback ** round
      all.push({ seconds: seconds + round * loop, left: left * share, right: right * share })
    }
  return all
}

export const echoesOf: Readonly<Record<string, (scene: Scene) => Echo[]>> = {
  delay: (scene) => repeated(scene, () => [1, 1]),
  tape: (scene) => repeated(scene, () => [1, 1]),
  pingpong: (scene) => repeated(scene, (k) => (k % 2 === 1 ? [1, 0] : [0, 1])),
  multitap,
}

/** The dry sound at the beginning. */
export const dryOf = (read: Read): Echo => ({
  seconds: 0,
  left: 1 - number(read, 'mix'),
  right: 1 - number(read, 'mix'),
})

const WINDOWS = [0.25, 0.5, 1, 2, 4, 8, 16, 32]
/** The shortest of a few lengths in which so much fits. */
export const windowFor = (seconds: number): number => WINDOWS.find((window) => window >= seconds) ?? 32
