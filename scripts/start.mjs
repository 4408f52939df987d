// `./run` or `npm start`: sets everything up on a fresh clone and serves the app with hot reload.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { ensurePackages, root } from './setup.mjs'

ensurePackages()
console.log('Building the engine: under a minute the first time, then only what changed.')
const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
const server = spawn(process.execPath, [vite, ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' })
server.on('exit', (code) => process.exit(code ?? 0))
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal))
