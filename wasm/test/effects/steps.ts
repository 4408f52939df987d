// What a step of a parameter sends above 10 kHz while a low tone sounds. Tests and the report; Node.
import { Rig, type RigSpec, type Stereo } from './rig.ts'
import { db, fft, sine } from './signals.ts'

const WINDOW = 1024
/** 4-term Blackman-Harris: sidelobes below -92 dB. */
const blackmanHarris = Float64Array.from({ length: WINDOW }, (_, i) => {
  const t = (2 * Math.PI * i) / WINDOW
  return 0.35875 - 0.48829 * Math.cos(t) + 0.14128 * Math.cos(2 * t) - 0.01168 * Math.cos(3 * t)
})
/** Energy of each side above 10 kHz (dB of full scale) in its loudest 1024-frame window; both in one transform. */
function highBursts({ left, right }: Stereo, sampleRate: number): [number, number] {
  const n = WINDOW
  const most = [0, 0]
  for (let from = 0; from + n <= left.length; from += n / 2) {
    const re = blackmanHarris.map((w, i) => w * left[from + i])
    const im = blackmanHarris.map((w, i) => w * right[from + i])
    fft(re, im)
    const sum = [0, 0]
    for (let k = Math.ceil((10000 * n) / sampleRate); k <= n / 2; k++) {
      const m = (n - k) % n
      sum[0] += ((re[k] + re[m]) ** 2 + (im[k] - im[m]) ** 2) / 4
      sum[1] += ((im[k] + im[m]) ** 2 + (re[k] - re[m]) ** 2) / 4
    }
    for (const s of [0, 1]) most[s] = Math.max(most[s], Math.sqrt(sum[s] / (0.258 * n * n * 0.5)))
  }
  return [db(most[0]), db(most[1])]
}

export interface ParameterStep {
  readonly param: string
  /** Loudest 1024 frames above 10 kHz after either step, in dB of full scale. */
  readonly burst: number
  /** The same while it stands at either end. */
  readonly floor: number
}
/** Each parameter from one end of its range to the other and back, while 100 Hz sound for `cycles` of them each time. */
export function parameterSteps(
  spec: RigSpec,
  sampleRate: number,
  cycles: number,
  song: Parameters<Rig['song']>[0],
): ParameterStep[] {
  const steady = sine(100, (cycles * sampleRate) / 100, sampleRate, 0.5) // whole cycles: runs join without a step
  return spec.params.map((p) => {
    const settings = [0, 1].map((v) => {
      const value = p.curve === 'option' ? v * (p.options.length - 1) : v === 0 ? p.min : p.max
      return { [p.id]: value }
    })
    const rig = new Rig(spec.id, settings[0], sampleRate, 0).song(song)
    const floor = Math.max(
      ...settings.map((values) => {
        rig.reset().set(values)
        rig.process(steady)
        return highBursts(rig.process(steady), sampleRate)[0]
      }),
    )
    const bursts = settings.flatMap((values) => highBursts(rig.set(values).process(steady), sampleRate))
    rig.free()
    return { param: p.id, burst: Math.max(...bursts), floor }
  })
}
