// `./test` or `npm test`: sets everything up on a fresh clone and passes all checks; the last line adds them up.
// `--verify` (or VERIFY=1) runs long checks in full.
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { obtainBrowser } from './browser.mjs'
import { ensurePackages, root } from './setup.mjs'
import { countPlaywright, countVitest } from './counts.mjs'

process.chdir(root)
ensurePackages()
const verify = process.argv.includes('--verify') || Boolean(process.env.VERIFY)
if (verify) process.env.VERIFY = '1'
const deadline = performance.now() + (verify ? 240 : 19) * 60_000
const results = join('.cache', 'test')
rmSync(results, { recursive: true, force: true })
mkdirSync(results, { recursive: true })

/** Runs a Node program to its end; its exit code, or null when the time for all checks is up. */
function node(args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { stdio: 'inherit', env: { ...process.env, ...env } })
    const timer = setTimeout(() => child.kill('SIGKILL'), deadline - performance.now())
    child.on('exit', (code) => {
      clearTimeout(timer)
      resolve(code)
    })
  })
}
const bin = (...parts) => join('node_modules', ...parts)
const read = (name) => {
  try {
    return JSON.parse(readFileSync(join(results, name), 'utf8'))
  } catch {
    return null
  }
}

const total = { passed: 0, failed: 0 }
function add(name, { passed, failed, skipped = 0 }, begin) {
  total.passed += passed
  total.failed += failed
  const seconds = ((performance.now() - begin) / 1000).toFixed(1)
  console.log(
    `${failed > 0 ? 'FAILED' : 'ok'}  ${name}: ${passed} passed, ${failed} failed, ${skipped} skipped (${seconds} s)`,
  )
}
async function check(name, args) {
  const begin = performance.now()
  const ok = (await node(args)) === 0
  add(name, { passed: ok ? 1 : 0, failed: ok ? 0 : 1 }, begin)
  return ok
}

const TYPES = ['main', 'worker', 'worklet', 'node'].map((kind) => `tsconfig.${kind}.json`)
await check('types', [bin('tsgo', 'bin', 'tsc'), '-b', ...TYPES])
await check('eslint', [bin('eslint', 'bin', 'eslint.js'), '--cache', '--cache-location', '.cache/eslint/', '.'])
await check('prettier', [bin('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level', 'warn', '.'])
await check('clang-format', ['scripts/clang-format.mjs'])
await check('engine', ['wasm/build/cli.mjs', '--shipped'])

let begin = performance.now()
const vitestJson = join(results, 'vitest.json')
const vitestCode = await node([
  bin('vitest', 'vitest.mjs'),
  ...['run', '--reporter=default', '--reporter=json', `--outputFile.json=${vitestJson}`],
])
add('unit and engine tests', countVitest(read('vitest.json'), vitestCode), begin)

const built = await check('production build', [bin('vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn'])
begin = performance.now()
try {
  if (!built) throw new Error('No production build: end-to-end tests cannot run.')
  const browser = await obtainBrowser()
  // One after the other: what is timed must not share the machine.
  for (const project of ['page', 'heard']) {
    begin = performance.now()
    const json = `playwright-${project}.json`
    const env = { CHROMIUM_BIN: browser, PLAYWRIGHT_JSON_OUTPUT_NAME: join(results, json) }
    const code = await node(
      [bin('@playwright', 'test', 'cli.js'), 'test', `--project=${project}`, '--reporter=list,json'],
      env,
    )
    add(`end-to-end tests (${project})`, countPlaywright(read(json), code), begin)
  }
} catch (error) {
  console.error(error.message)
  add('end-to-end tests', { passed: 0, failed: 1 }, begin)
}

console.log(`${total.passed} passed, ${total.failed} failed`)
process.exit(total.failed > 0 ? 1 : 0)
