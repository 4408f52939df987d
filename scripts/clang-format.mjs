// Checks (or with --write, applies) clang-format on every C++ file of wasm/. Node, no system clang-format.
import { readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { format } from '@wasm-fmt/clang-format'

const write = process.argv.includes('--write')
const style = await readFile('.clang-format', 'utf8')
const files = (await readdir('wasm', { recursive: true })).filter((name) => /\.(h|cpp)$/.test(name)).sort()
const bad = []
for (const name of files) {
  const path = join('wasm', name)
  const text = await readFile(path, 'utf8')
  const formatted = format(text, path, style)
  if (formatted === text) continue
  bad.push(path)
  if (write) await writeFile(path, formatted)
}
if (bad.length > 0) {
  console.log(`clang-format: ${bad.length} of ${files.length} files ${write ? 'rewritten' : 'need "npm run format"'}`)
  for (const path of bad) console.log(`  ${path}`)
  if (!write) process.exitCode = 1
}
