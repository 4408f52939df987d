// `npm run demo`: writes public/presets/demo.json from the song in src/project/demo (Node).
import { writeFileSync } from 'node:fs'
import { runnerImport } from 'vite'

const { module } = await runnerImport('./src/project/demo/demo.ts', { configFile: false, logLevel: 'error' })
const text = module.demoText()
writeFileSync('public/presets/demo.json', text)
const { tracks } = JSON.parse(text)
const notes = tracks.reduce((sum, { clips }) => sum + clips.reduce((count, clip) => count + clip.notes.length, 0), 0)
console.log(`public/presets/demo.json: ${tracks.length} tracks, ${notes} notes, ${text.length} bytes`)
