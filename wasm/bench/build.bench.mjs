// How long engine builds take: cold, after a change of one file, unchanged; medians of 5, processes started anew each time. Node.
import { spawnSync } from 'node:child_process'
import { appendFileSync, cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const RUNS = 5
const median = (values) => values.sort((a, b) => a - b)[values.length >> 1]

export default async function buildBench() {
  const root = mkdtempSync(join(tmpdir(), 'soundloom-build-'))
  const cache = join(root, 'cache')
  cpSync('wasm', join(root, 'wasm'), { recursive: true, filter: (path) => !path.endsWith(join('wasm', 'out')) })
  const build = () => {
    const begin = performance.now()
    const env = { ...process.env, SOUNDLOOM_CACHE: cache }
    const script = join(process.cwd(), 'wasm', 'build', 'cli.mjs')
    const { status, stderr } = spawnSync(process.execPath, [script], { cwd: root, env, encoding: 'utf8' })
    if (status !== 0) throw new Error(stderr)
    return (performance.now() - begin) / 1000
  }
  const cold = () => {
    rmSync(cache, { recursive: true, force: true })
    rmSync(join(root, 'wasm', 'out'), { recursive: true, force: true })
    return build()
  }
  const touched = (path) => () => {
    appendFileSync(join(root, 'wasm', path), '\n')
    return build()
  }
  const times = (run) => median(Array.from({ length: RUNS }, run))
  const dsp = ['dsp/svf.h', 'effects/delay.h', 'units/svf.h'].filter((path) => existsSync(join(root, 'wasm', path)))
  const rows = [
    { what: 'cold', value: times(cold), unit: 's', bar: 120 },
    ...dsp.map((path) => ({ what: `${path} changed`, value: times(touched(path)), unit: 's', bar: 10 })),
    { what: 'unchanged', value: times(build), unit: 's', bar: 1 },
  ]
  rmSync(root, { recursive: true, force: true })
  return rows
}
