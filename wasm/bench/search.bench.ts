// What searching costs the search worker, by size of the library. Node.
import { createSearchDesk } from '../../src/workers/search/desk.ts'
import { manySounds } from '../../src/workers/search/manySounds.ts'
import { factoryPresets } from '../../src/presets/factory/factory.ts'

const ASKED = [
  'warm pad slow attack',
  'dark evolving drone long reverb',
  'punchy analog bass no reverb',
  'brihgt glass bell',
  'velvet_silk',
  'short round pluck with delay',
  '"copper river" lead',
  'bank7',
]

const factory = factoryPresets()

/** Every query as it is typed, letter by letter. */
const keystrokes = ASKED.flatMap((text) => Array.from(text, (_, at) => text.slice(0, at + 1)))

/** Milliseconds of processor time: the same on a busy machine. */
function cost(work: () => void): number {
  const begin = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(begin)
  return (user + system) / 1000
}

export default function bench() {
  return [1_000, 5_000, 20_000, 100_000].flatMap((count) => {
    const entries = manySounds(factory, count)
    const desk = createSearchDesk()
    const built = cost(() => void desk.update(entries, []))
    const times = keystrokes
      .map((text) => cost(() => void desk.search({ text, roles: [], limit: 12 })))
      .sort((a, b) => a - b)
    const replaced = cost(() => void desk.update(entries.slice(0, 40), []))
    const name = count.toLocaleString('en')
    return [
      { what: `${name} sounds: index built`, value: built, unit: 'ms' },
      { what: `${name} sounds: a keystroke, median`, value: times[Math.floor(times.length / 2)]!, unit: 'ms' },
      {
        what: `${name} sounds: a keystroke, p95`,
        value: times[Math.floor(times.length * 0.95)]!,
        unit: 'ms',
      },
      { what: `${name} sounds: 40 replaced`, value: replaced, unit: 'ms' },
    ]
  })
}
