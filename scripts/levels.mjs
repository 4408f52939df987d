// `npm run levels`: measures every factory sound and writes the trims that bring each to -20 LUFS on a 2 s C3 chord (Node).
import { writeFileSync } from 'node:fs'
import { runnerImport } from 'vite'

const FILE = 'src/presets/factory/levels.json'
const TARGET_LUFS = -20

const load = async (path) => (await runnerImport(path, { configFile: false, logLevel: 'error' })).module
const { SKETCHES } = await load('./src/presets/factory/factory.ts')
const { buildSketch } = await load('./src/presets/factory/sketch.ts')
const { chordLoudness, soundOf } = await load('./wasm/test/sounds/measure.ts')

const levels = {}
for (const sketch of SKETCHES) {
  let trimDb = 0
  let loudness = Number.NEGATIVE_INFINITY
  // Not linear where the limiter or a drive is at work: repeat.
  for (let turn = 0; turn < 6; turn++) {
    loudness = chordLoudness(soundOf(buildSketch(sketch, trimDb)))
    if (!Number.isFinite(loudness) || Math.abs(loudness - TARGET_LUFS) < 0.05) break
    trimDb = Math.round(Math.min(24, Math.max(-60, trimDb + TARGET_LUFS - loudness)) * 10) / 10
  }
  levels[sketch.id] = trimDb
  console.log(`${sketch.id.padEnd(20)} ${loudness.toFixed(1).padStart(7)} LUFS, trim ${trimDb.toFixed(1)} dB`)
}
writeFileSync(FILE, `${JSON.stringify(levels, null, 2)}\n`)
