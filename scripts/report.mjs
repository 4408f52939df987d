// `npm run report`: measures the engine against its acceptance figures and writes what Help shows (about ten minutes).
// `npm run report -- saw-alias env-time` measures these rows again and leaves the others. Node.
import { join } from 'node:path'
import { runnerImport } from 'vite'

const root = process.cwd()
const { module } = await runnerImport(join(root, 'wasm', 'report', 'generate.ts'), {
  configFile: false,
  logLevel: 'warn',
})
module.writeReport(root, process.argv.slice(2))
