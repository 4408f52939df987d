// Compiles unit_rig.cpp to the .wasm path given as argument. Run as `node --liftoff-only build_rig.mjs OUT` (Node child process).
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { runClang } from '@yowasp/clang'

const wasm = join(dirname(fileURLToPath(import.meta.url)), '../..')
const folder = (path) =>
  Object.fromEntries(
    readdirSync(path, { withFileTypes: true })
      .filter((e) => e.isDirectory() || /\.(h|cpp)$/.test(e.name))
      .map((e) => [e.name, e.isDirectory() ? folder(join(path, e.name)) : readFileSync(join(path, e.name))]),
  )
const flags =
  '-O3 -msimd128 -mbulk-memory -std=c++23 -fno-exceptions -fno-rtti -fno-threadsafe-statics -fvisibility=hidden -Wall -Wextra'
const link =
  '-mexec-model=reactor -Wl,--gc-sections,--initial-memory=33554432,--max-memory=67108864,-z,stack-size=262144,--strip-all'
let text = ''
try {
  const out = await runClang(
    ['clang++', ...flags.split(' '), '-Iwasm', ...link.split(' '), 'wasm/test/units/unit_rig.cpp', '-o', 'rig.wasm'],
    { wasm: folder(wasm) },
    { stderr: (bytes) => bytes && (text += new TextDecoder().decode(bytes)) },
  )
  text = text.replace(/yowasp-llvm: fetched.*\n?/g, '')
  if (/warning:/.test(text)) console.error(text)
  // Two test files may build at once: the name appears only when the file is whole.
  writeFileSync(`${process.argv[2]}.${process.pid}`, out['rig.wasm'])
  renameSync(`${process.argv[2]}.${process.pid}`, process.argv[2])
} catch (error) {
  console.error(text || error)
  process.exit(1)
}
