// What voices and effects cost on this machine: 64 voices of a pad with its effects, and one voice of plain patches. Node.
import { bootEngine, effect, type Sound } from '../test/engine.ts'
import { sawPatch, voice } from '../test/patches.ts'
import { realSounds } from '../test/sounds.ts'

const SAMPLE_RATE = 48000
const QUANTUM = 128

/** Microseconds per quantum with `notes` held. The least one is what the code costs; the rest is what else the machine does. */
function measure(sound: Sound, notes: number, quanta: number): { least: number; median: number; worst: number } {
  const engine = bootEngine(SAMPLE_RATE)
  engine.install({ ...sound, patch: { ...sound.patch, voices: { ...sound.patch.voices, max: Math.max(1, notes) } } })
  for (let i = 0; i < notes; i++) engine.noteOn(i + 1, 36 + ((i * 7) % 60), 0.7)
  engine.render(SAMPLE_RATE / 2)
  const render = engine.instance.exports.engine_render!
  const times: number[] = []
  for (let i = 0; i < quanta; i++) {
    const begin = performance.now()
    render(QUANTUM)
    times.push((performance.now() - begin) * 1000)
  }
  times.sort((a, b) => a - b)
  return { least: times[0]!, median: times[times.length >> 1]!, worst: times[Math.floor(times.length * 0.999)]! }
}

export default async function bench() {
  const rows: { what: string; value: number; unit: string; bar?: number }[] = []
  const quantumUs = (QUANTUM / SAMPLE_RATE) * 1e6
  const plain: Sound = { patch: sawPatch({ voices: voice(64) }) }
  const moving: Sound = {
    patch: sawPatch(
      {
        voices: voice(64),
        mods: [
          { from: 'env', to: 'filter.cutoff', amount: 2 },
          { from: 'lfo', to: 'voice.pitch', amount: 0.1 },
        ],
      },
      { lfo: { type: 'lfo' } },
    ),
  }
  const perVoice = (sound: Sound): number =>
    ((measure(sound, 64, 3000).least - measure(sound, 0, 3000).least) * 1000) / 64 / (QUANTUM / 32)
  rows.push({ what: 'saw, filter, envelope, pan: one voice, 32 frames', value: perVoice(plain), unit: 'ns', bar: 200 })
  rows.push({ what: 'the same with filter and pitch modulated', value: perVoice(moving), unit: 'ns', bar: 300 })
  rows.push({ what: 'idle engine, one quantum', value: measure(plain, 0, 3000).least, unit: 'us', bar: 40 })
  const chain: Sound = { ...plain, effects: [effect('chorus'), effect('delay'), effect('plate')] }
  rows.push({
    what: 'chorus, delay, plate with one voice, one quantum',
    value: measure(chain, 1, 3000).least,
    unit: 'us',
  })
  for (const { name, sound } of await realSounds()) {
    if (!/Juno/.test(name)) continue
    const { median, worst } = measure(sound, 64, 6000)
    rows.push({
      what: `64 voices of ${name}: share of the quantum`,
      value: (100 * median) / quantumUs,
      unit: '%',
      bar: 50,
    })
    rows.push({ what: '  99.9th percentile', value: (100 * worst) / quantumUs, unit: '%', bar: 50 })
  }
  return rows
}
