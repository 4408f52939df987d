// How long reverbs and strings ring: times to fall by 60 dB (any thread).
import { number, type Scene } from '../face.ts'
import { delaySeconds } from '../tempo.ts'

export interface Decay {
  /** Where in the spectrum. */
  readonly label: string
  readonly seconds: number
}

export interface Decays {
  /** Silence before. */
  readonly beginsSeconds: number
  /** The main one first. */
  readonly lines: readonly Decay[]
}

/** Of wasm/dsp/predelay.h. */
export const PREDELAY_SECONDS = 0.5
const begins = (scene: Scene): number => delaySeconds(scene, number(scene.read, 'predelay'), PREDELAY_SECONDS)

const plain = ({ read }: Scene): Decays => ({
  beginsSeconds: 0,
  lines: [{ label: '', seconds: number(read, 'decay') }],
})

export const decaysOf: Readonly<Record<string, (scene: Scene) => Decays>> = {
  string: plain,
  metal: plain,
  /** A muted string is as much shorter (wasm/units/pluck.h). */
  pluck: ({ read }) => ({
    beginsSeconds: 0,
    lines: [{ label: '', seconds: number(read, 'decay') * 2 ** (-5.5 * number(read, 'mute')) }],
  }),
  plate: (scene) => ({ ...plain(scene), beginsSeconds: number(scene.read, 'predelay') }),
  reverb: (scene) => {
    const decay = number(scene.read, 'decay')
    return {
      beginsSeconds: begins(scene),
      lines: [
        { label: 'mid', seconds: decay },
        { label: 'low', seconds: decay * number(scene.read, 'lowDecay') },
        { label: 'high', seconds: decay * number(scene.read, 'highDecay') },
      ],
    }
  },
}
