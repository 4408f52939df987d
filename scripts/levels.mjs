// `npm run levels`: measures factory sounds and writes the trims that bring each to -20 LUFS on a 2 s C3 chord (Node).
// Without arguments those that have none yet; with ids those sounds; with `all` every one; with `kits` each pad of the kits.
import { readFileSync, writeFileSync } from 'node:fs'
import { runnerImport } from 'vite'

const FILE = 'src/presets/factory/levels.json'
const TARGET_LUFS = -20

const load = async (path) => (await runnerImport(path, { configFile: false, logLevel: 'error' })).module
const { SOUNDS, soundAt } = await load('./src/presets/factory/factory.ts')
const { chordLoudness, soundOf } = await load('./wasm/test/sounds/measure.ts')

const known = JSON.parse(readFileSync(FILE, 'utf8'))
const asked = process.argv.slice(2)
const levels = {}
for (const sound of SOUNDS) {
  if (sound.id in known && !asked.includes(sound.id) && !asked.includes('all')) {
    levels[sound.id] = known[sound.id]
    continue
  }
  let trimDb = 0
  let loudness = Number.NEGATIVE_INFINITY
  // Not linear where the limiter or a drive is at work: repeat.
  for (let turn = 0; turn < 6; turn++) {
    loudness = chordLoudness(soundOf(soundAt(sound, trimDb)))
    if (!Number.isFinite(loudness) || Math.abs(loudness - TARGET_LUFS) < 0.05) break
    trimDb = Math.round(Math.min(24, Math.max(-60, trimDb + TARGET_LUFS - loudness)) * 10) / 10
  }
  levels[sound.id] = trimDb
  console.log(`${sound.id.padEnd(20)} ${loudness.toFixed(1).padStart(7)} LUFS, trim ${trimDb.toFixed(1)} dB`)
}
writeFileSync(FILE, `${JSON.stringify(levels, null, 2)}\n`)

if (asked.includes('kits') || asked.includes('all')) {
  const { KIT_SKETCHES } = await load('./src/presets/factory/kits/kits.ts')
  const { buildKit } = await load('./src/presets/factory/kits/kitSketch.ts')
  const { measureStroke, MOST_PEAK_DB, padsOf, renderPads, strokeTarget } = await load('./wasm/test/sounds/kits.ts')
  const padLevels = {}
  for (const sketch of KIT_SKETCHES) {
    // From well below the limiter upwards.
    const own = Object.fromEntries(Object.keys(sketch.pads).map((id) => [id, -18]))
    for (let turn = 0; turn < 4; turn++) {
      const preset = buildKit(sketch, own)
      const sounds = renderPads(preset, 0.5)
      for (const { id, low } of padsOf(preset)) {
        const { loudness, peakDb } = measureStroke(sounds.get(low))
        if (!Number.isFinite(loudness)) throw new Error(`${sketch.id}: ${id} is silent`)
        const missing = Math.min(strokeTarget(low) - loudness, MOST_PEAK_DB - peakDb)
        own[id] = Math.round(Math.min(12, Math.max(-60, own[id] + missing)) * 10) / 10
      }
    }
    padLevels[sketch.id] = own
  }
  writeFileSync('src/presets/factory/kits/padLevels.json', `${JSON.stringify(padLevels, null, 2)}\n`)
}
