// How a note begins, stays and ends, and how notes share voices (any thread).
import { formatValue } from '../../params/format.ts'
import { paramSpec, unitSpec } from '../spec.ts'
import type { SoundFact, SoundReading, UnitReading } from './reading.ts'

const SLOW_ATTACK_SECONDS = 0.3
const FAST_ATTACK_SECONDS = 0.015
const LONG_RELEASE_SECONDS = 1
const SHORT_RELEASE_SECONDS = 0.15
const SHORT_DECAY_SECONDS = 0.6
const LONG_DECAY_SECONDS = 2

const time = (param: string, seconds: number): string =>
  formatValue(paramSpec(unitSpec('env'), param) ?? { unit: 'seconds', curve: 'linear', min: 0, max: 1 }, seconds)

/** Seconds that a unit itself takes to speak. */
const ownAttack = ({ type, number }: UnitReading): number =>
  type === 'bow' || type === 'wind' ? number('attack') : type === 'fm6' ? number('attack1') : 0

const RINGING: readonly string[] = ['string', 'pluck', 'modal', 'partials']
/** From here on a unit rings for as long as anybody listens. */
const ENDLESS_SECONDS = 30

/** Seconds in which a unit falls silent by itself. */
function ownDecay({ type, number }: UnitReading): number | undefined {
  if (type === 'fm6') return number('sustain1') < 0.05 ? number('decay1') : undefined
  const seconds = RINGING.includes(type) ? number('decay') : ENDLESS_SECONDS
  return seconds < ENDLESS_SECONDS ? seconds : undefined
}

export function shapeFacts({ envelope, units, voices }: SoundReading): SoundFact[] {
  const facts: SoundFact[] = []
  const add = (phrase: string, detail?: string): void => void facts.push(detail ? { phrase, detail } : { phrase })
  if (envelope) {
    const attack = Math.max(envelope.number('attack'), ...units.map(ownAttack))
    const decay = envelope.number('decay')
    const sustain = envelope.number('sustain')
    const release = envelope.number('release')
    // What is plucked or struck rings by its own decay, whatever the envelope would hold.
    const rings = units.map(ownDecay).find((seconds) => seconds !== undefined)
    const falls = sustain < 0.05 ? decay : rings
    if (attack > SLOW_ATTACK_SECONDS) add('slow attack', time('attack', attack))
    else if (attack <= FAST_ATTACK_SECONDS) add('fast attack', time('attack', attack))
    if (release > LONG_RELEASE_SECONDS) add('long release', time('release', release))
    else if (release < SHORT_RELEASE_SECONDS) add('short release', time('release', release))
    if (falls === undefined) {
      if (sustain >= 0.5) add('sustained')
    } else if (falls < SHORT_DECAY_SECONDS) add('short decay', time('decay', falls))
    else if (falls > LONG_DECAY_SECONDS) add('long decay', time('decay', falls))
    const hit = sustain < 0.05 || units.some(({ type }) => type === 'modal' || type === 'fm6')
    if (hit && falls !== undefined && attack <= FAST_ATTACK_SECONDS)
      add(falls < SHORT_DECAY_SECONDS ? 'percussive' : 'struck')
  }
  if (!voices) return facts
  if (voices.max === 1 || voices.mode !== 'poly') add('mono')
  if (voices.glideSeconds > 0.01) add('glide', time('attack', voices.glideSeconds))
  return facts
}
