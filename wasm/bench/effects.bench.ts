// Time of every effect: nanoseconds for 32 stereo frames at 48 kHz, settled; `costNs` of each spec is taken from here. Node.
import { effects, Rig, withAsset } from '../test/effects/rig.ts'
import { noise } from '../test/effects/signals.ts'

interface Row {
  what: string
  value: number
  unit: string
  bar?: number
}

const BLOCK_NS = (32 / 48000) * 1e9
/** Share of the time that there is; the plate is the dearest one allowed. */
const BAR = 0.02

export default function bench(): Row[] {
  const times = effects.map((spec) => {
    const rig = new Rig(spec.id, spec.id === 'limiter' ? { ceiling: -12 } : {})
    const value = rig.nanoseconds()
    rig.free()
    return { what: spec.id, value, unit: 'ns', bar: BAR * BLOCK_NS }
  })
  // Its long transforms are spread over 256 micro-blocks.
  const rig = new Rig('convolution')
  const value = rig.unevenness(256)
  rig.free()
  return [
    ...times,
    { what: 'convolution, dearest micro-block over the mean', value, unit: 'x', bar: 2 },
    ...longTails(),
  ]
}

/** Ten seconds of a cathedral, stereo: what the governor's levels take off its cost. */
function longTails(): Row[] {
  const seconds = 10
  const tail = [1, 2].map((seed) =>
    noise(seconds * 48000, seed).map((value, frame) => value * 10 ** ((-3 * frame) / (7 * 48000))),
  )
  const rig = withAsset('impulse', tail, 48000, () => new Rig('convolution'))
  const rows = [0, 2, 4].map((level) => {
    rig.govern(level).silence(12 * 48000)
    return { what: `convolution of ${seconds} s, level ${level} of the governor`, value: rig.nanoseconds(), unit: 'ns' }
  })
  rig.free()
  return rows
}
