// Time of the FFT beside a plain one, and what share of a core each stream takes at 48 kHz. Node.
import { FEATURES } from '../../src/generated/streams.ts'
import { streamOptions, STREAM_SPECS, type StreamValues } from '../../src/engine/wire/streams.ts'
import { createFeature } from '../../src/workers/analyzer/features.ts'
import { createStreamInstance } from '../../src/workers/analyzer/instance.ts'
import { fftRig } from '../test/dsp/fftRig.ts'
import { engineModule } from '../test/module.ts'

interface Row {
  what: string
  value: number
  unit: string
  bar?: number
}

/** Microseconds of one call: the least of several timings. */
function microseconds(work: () => void, calls: number): number {
  let best = Infinity
  for (let round = 0; round < 20; round++) {
    const begun = performance.now()
    for (let call = 0; call < calls; call++) work()
    best = Math.min(best, performance.now() - begun)
  }
  return (best * 1000) / calls
}

const RATE = 48000
/** What the docks ask for, and the most that anyone can. */
const LOADS: readonly (readonly [string, StreamValues])[] = [
  ['levels', {}],
  ['scope', {}],
  ['spectrum', {}],
  ['spectrum', { size: 32768, overlap: 0.875 }],
  ['spectrum', { size: 512, overlap: 0.875 }],
]

/** Percent of the time that there is, fed as the worker feeds it: 800 frames, then one result, 60 times a second. */
function load(type: string, values: StreamValues): Row {
  const spec = STREAM_SPECS.get(type)!
  const instance = createStreamInstance(engineModule())
  const stream = instance.create(spec, streamOptions(spec, values), RATE)
  for (let i = 0; i < instance.input.length; i++) instance.input[i] = Math.sin(i * i * 0.37)
  const turn = (): void => {
    stream.push(800)
    stream.read()
  }
  const options = Object.entries(values).map(([id, value]) => `${id} ${value}`)
  const value = (microseconds(turn, 240) / (1e6 / 60)) * 100
  return { what: [`${type}: share of a core`, ...options].join(', '), value, unit: '%', bar: 3 }
}

/** Features of the newest frames, 30 times a second. */
function featureLoad(type: string): Row {
  const spec = STREAM_SPECS.get(type)!
  const input = Float32Array.from({ length: 3200 }, (_, i) => Math.sin(i * i * 0.37))
  const stream = createFeature(spec, streamOptions(spec, {}), RATE, input)
  const turn = (): void => {
    stream.push(1600)
    stream.read()
  }
  return { what: `${type}: share of a core`, value: (microseconds(turn, 20) / (1e6 / 30)) * 100, unit: '%', bar: 10 }
}

export default function bench(): Row[] {
  const transforms = [512, 2048, 4096, 32768].flatMap((size): Row[] => {
    const rig = fftRig(size)!
    const calls = Math.ceil(400_000 / size)
    const fast = microseconds(rig.forward, calls)
    const plain = microseconds(rig.plain, calls)
    return [
      { what: `FFT of ${size}`, value: fast, unit: 'us' },
      // Larger ones multiply in double precision to keep their noise below -135 dB: about half as fast.
      {
        what: `FFT of ${size}, time against the plain one`,
        value: fast / plain,
        unit: '',
        bar: size > 4096 ? 1 : 0.4,
      },
    ]
  })
  return [
    ...transforms,
    ...LOADS.map(([type, values]) => load(type, values)),
    ...FEATURES.map(({ id }) => featureLoad(id)),
  ]
}
