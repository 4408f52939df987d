// What a sound's own data says of it, in words that people search for (any thread). Only what the values show; no taste.
import { effectFacts } from './effects.ts'
import { motionFacts } from './motion.ts'
import { FREE, inTempo, readSound, type SoundData, type SoundFact, type SoundReading } from './reading.ts'
import { shapeFacts } from './shape.ts'
import { sourceFacts } from './sources.ts'
import { toneFacts } from './tone.ts'

export interface Characteristics {
  /** In the order of the signal; no phrase twice. */
  readonly facts: readonly SoundFact[]
  /** Times that repeat, in seconds: echoes and cycles of modulation. */
  readonly periods: readonly number[]
  /** Note lengths that parts of the sound keep in the song's time: "1/8D". */
  readonly synced: readonly string[]
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
  return {
    facts: facts.filter(({ phrase }) => !seen.has(phrase) && seen.add(phrase)),
    periods: periodsOf(sound),
    synced: syncedOf(sound),
  }
}

const ECHOES: ReadonlySet<string> = new Set(['delay', 'pingpong', 'tape', 'multitap'])

function periodsOf({ effects, units, mods }: SoundReading): number[] {
  const echoes = effects
    .filter(({ type, word }) => ECHOES.has(type) && word('sync') === FREE)
    .map((echo) => echo.number('time'))
  const moving = units.filter(
    (unit) => unit.type === 'lfo' && unit.word('sync') === FREE && mods.some(({ from }) => from === unit),
  )
  return [...echoes, ...moving.map((lfo) => 1 / lfo.number('rate'))]
}

function syncedOf({ effects, units }: SoundReading): string[] {
  return [...units, ...effects].flatMap(({ word }) => inTempo(word('sync')) ?? [])
}

/** "slow attack 900 ms" */
export const factText = ({ phrase, detail }: SoundFact): string => (detail ? `${phrase} ${detail}` : phrase)
