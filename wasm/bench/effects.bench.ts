// Time of every effect: nanoseconds for 32 stereo frames at 48 kHz, settled; `costNs` of each spec is taken from here. Node.
import { effects, Rig } from '../test/effects/rig.ts'

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
  return [...times, { what: 'convolution, dearest micro-block over the mean', value, unit: 'x', bar: 2 }]
}
