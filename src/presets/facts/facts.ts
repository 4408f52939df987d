// What a sound's own data says of it, in words that people search for (any thread). Only what the values show; no taste.
import { effectFacts } from './effects.ts'
import { motionFacts } from './motion.ts'
import { readSound, type SoundData, type SoundFact, type SoundReading } from './reading.ts'
import { shapeFacts } from './shape.ts'
import { sourceFacts } from './sources.ts'
import { toneFacts } from './tone.ts'

export interface Characteristics {
  /** In the order of the signal; no phrase twice. */
  readonly facts: readonly SoundFact[]
  /** Times that repeat, in seconds: echoes and cycles of modulation. */
  readonly periods: readonly number[]
}

export function characteristicsOf(data: SoundData): Characteristics {
  const sound = readSound(data)
  const facts = [
    ...shapeFacts(sound),
    ...toneFacts(sound),
    ...sourceFacts(sound),
    ...motionFacts(sound),
    ...effectFacts(sound),
  ]
  const seen = new Set<string>()
  return { facts: facts.filter(({ phrase }) => !seen.has(phrase) && seen.add(phrase)), periods: periodsOf(sound) }
}

function periodsOf({ effects, units, mods }: SoundReading): number[] {
  const echoes = effects
    .filter(({ type }) => type === 'delay' || type === 'pingpong')
    .map((echo) => echo.number('time'))
  const moving = units.filter((unit) => unit.type === 'lfo' && mods.some(({ from }) => from === unit))
  return [...echoes, ...moving.map((lfo) => 1 / lfo.number('rate'))]
}

/** "slow attack 900 ms" */
export const factText = ({ phrase, detail }: SoundFact): string => (detail ? `${phrase} ${detail}` : phrase)
