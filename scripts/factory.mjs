// `npm run factory`: writes public/presets/factory.json from src/presets/factory (Node).
import { mkdirSync, writeFileSync } from 'node:fs'
import { runnerImport } from 'vite'

const { module } = await runnerImport('./src/presets/factory/factory.ts', { configFile: false, logLevel: 'error' })
mkdirSync('public/presets', { recursive: true })
writeFileSync('public/presets/factory.json', module.factoryText())
console.log(`public/presets/factory.json: ${String(module.factoryPresets().length)} sounds`)
