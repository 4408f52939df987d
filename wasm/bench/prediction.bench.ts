// How well the compiler's prediction meets the clock: real sounds with all their voices sounding. Node.
import { compileProgram } from '../../src/compile/program.ts'
import { bootEngine, programInput, type Sound } from '../test/engine.ts'
import { realSounds } from '../test/sounds.ts'

/** Share of one core that the sound takes with every voice held, in percent; the least of many calls. */
function measured(sound: Sound): number {
  const engine = bootEngine()
  engine.commands.at(null).masterBypass(0, true)
  engine.install(sound)
  for (let i = 0; i < sound.patch.voices.max; i++) engine.noteOn(i + 1, 36 + ((i * 7) % 48), 0.7)
  engine.render(24000)
  let best = Infinity
  for (let round = 0; round < 1500; round++) {
    const begin = performance.now()
    engine.instance.exports.engine_render!(128)
    best = Math.min(best, performance.now() - begin)
  }
  return (best / 1000 / (128 / 48000)) * 100
}

export default async function bench() {
  const rows: { what: string; value: number; unit: string; bar?: number }[] = []
  for (const { name, sound } of await realSounds()) {
    const predicted = compileProgram(programInput(sound)).predictedCost * 100
    const actual = measured(sound)
    rows.push({
      what: `${name}: ${actual.toFixed(2)} % measured, ${predicted.toFixed(2)} % predicted`,
      value: actual / predicted,
      unit: 'times',
      bar: 2,
    })
  }
  return rows
}
