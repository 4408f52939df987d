// `npm run bench [name]`: runs wasm/bench/*.bench.{mjs,ts} one after the other and prints a table. Node.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { runnerImport } from 'vite'
import { buildEngine } from '../wasm/build/engine.mjs'

const filter = process.argv[2] ?? ''
const folder = join(process.cwd(), 'wasm', 'bench')
const files = readdirSync(folder).filter((name) => /\.bench\.(mjs|ts)$/.test(name) && name.includes(filter))
// What users get is measured.
const engine = await buildEngine({ root: process.cwd(), shipped: true })
if (!engine.ok) throw new Error(engine.text)
const inline = { configFile: false, logLevel: 'warn' }

for (const name of files.sort()) {
  const { module } = await runnerImport(join(folder, name), inline)
  /** Each bench resolves to rows `{what, value, unit, bar?, least?}`: the highest or the lowest value that is good enough. */
  const rows = await module.default()
  const width = Math.max(...rows.map((row) => row.what.length))
  console.log(`\n${name}`)
  for (const { what, value, unit, bar, least } of rows) {
    const limit = bar ?? least
    const good = bar === undefined ? value >= least : value <= bar
    const verdict =
      limit === undefined ? '' : good ? `  (bar ${limit} ${unit})` : `  MISSES the bar of ${limit} ${unit}`
    console.log(`  ${what.padEnd(width)}  ${value.toPrecision(4).padStart(10)} ${unit}${verdict}`)
  }
}
