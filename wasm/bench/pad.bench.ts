// What a rich sound costs on this machine: 64 voices of a pad with its effects, an idle engine, a chain of effects. Node.
import { bootEngine, effect, type Sound } from '../test/engine.ts'
import { sawPatch, voice } from '../test/patches.ts'
import { realSounds } from '../test/sounds.ts'

const SAMPLE_RATE = 48000
const QUANTUM = 128

/** Microseconds per quantum with `notes` held. The least one is what the code costs; the rest is what else the machine does. */
function measure(sound: Sound, notes: number): { least: number; median: number } {
  const engine = bootEngine(SAMPLE_RATE)
  engine.install({ ...sound, patch: { ...sound.patch, voices: { ...sound.patch.voices, max: Math.max(1, notes) } } })
  for (let i = 0; i < notes; i++) engine.noteOn(i + 1, 36 + ((i * 7) % 60), 0.7)
  engine.render(SAMPLE_RATE / 2)
  const render = engine.instance.exports.engine_render!
  const times: number[] = []
  for (let i = 0; i < 4000; i++) {
    const begin = performance.now()
    render(QUANTUM)
    times.push((performance.now() - begin) * 1000)
  }
  times.sort((a, b) => a - b)
  return { least: times[0]!, median: times[times.length >> 1]! }
}

export default async function bench() {
  const rows: { what: string; value: number; unit: string; bar?: number }[] = []
  const percent = (us: number): number => (100 * us) / ((QUANTUM / SAMPLE_RATE) * 1e6)
  const plain: Sound = { patch: sawPatch({ voices: voice(64) }) }
  const chain: Sound = { ...plain, effects: [effect('chorus'), effect('delay'), effect('plate')] }
  rows.push({ what: 'idle engine', value: percent(measure(plain, 0).least), unit: '%', bar: 1 })
  rows.push({
    what: 'one voice, chorus, delay, plate, limiter',
    value: percent(measure(chain, 1).least),
    unit: '%',
    bar: 5,
  })
  for (const { name, sound } of await realSounds()) {
    if (!name.includes('Juno')) continue
    const { least, median } = measure(sound, 64)
    rows.push({ what: `64 voices of ${name}, least`, value: percent(least), unit: '%', bar: 10 })
    rows.push({ what: `64 voices of ${name}, median`, value: percent(median), unit: '%', bar: 50 })
  }
  return rows
}
