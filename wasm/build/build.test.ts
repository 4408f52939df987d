// The compiler driver: what is rebuilt when, what is refused, what the developer sees. Node.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it, test } from 'vitest'
import { openCache } from './cache.mjs'
import { buildEngine, outputFolder } from './engine.mjs'
import { checkModule } from './module.mjs'
import { createPool } from './pool.mjs'
import { scanSources } from './sources.mjs'
import { overlayError } from './vite.mjs'

const MAIN = `#include "a.h"
extern "C" __attribute__((export_name("describe"))) int describe(char* at, int) {
  at[0] = '{', at[1] = '}';
  return kLength;
}
`
const folders: string[] = []
const pool = createPool(1)
let root: string
const write = (path: string, text: string) => {
  mkdirSync(dirname(join(root, 'wasm', path)), { recursive: true })
  writeFileSync(join(root, 'wasm', path), text)
}
const build = (shipped = false) => buildEngine({ root, shipped, pool, cache: openCache(join(root, 'cache')) })

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'soundloom-build-'))
  folders.push(root)
  write('main.cpp', MAIN)
  write('a.h', '#include "deep/b.h"\n')
  write('deep/b.h', 'constexpr int kLength = 2;\n')
  write('other.cpp', 'int unrelated() { return 1; }\n')
})
afterAll(() => {
  pool.close()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

describe('what is rebuilt', () => {
  it('is every file that includes a changed header, however deep, and no other', () => {
    const before = scanSources(root).units
    write('deep/b.h', 'constexpr int kLength = 1 + 1;\n')
    const after = scanSources(root).units
    const changed = after.filter((unit, index) => unit.key !== before[index]!.key)
    expect(changed.map((unit) => unit.path)).toEqual(['main.cpp'])
    expect(changed[0]!.files).toEqual(['a.h', 'deep/b.h', 'main.cpp'])
  })

  it('is nothing when nothing changed, one file after one change, and nothing after the change is taken back', async () => {
    expect(await build()).toMatchObject({ ok: true, compiled: 2, changed: true })
    expect(await build()).toMatchObject({ ok: true, compiled: 0, changed: false })
    write('deep/b.h', 'constexpr int kLength = 3 - 1;\n')
    expect(await build()).toMatchObject({ ok: true, compiled: 1 })
    write('deep/b.h', 'constexpr int kLength = 2;\n')
    expect(await build()).toMatchObject({ ok: true, compiled: 0 })
  }, 60_000)
})

test('what is shipped is optimised and describes itself alike; where it is there, nobody needs the other', async () => {
  await build()
  const [module, description] = ['engine.wasm', 'description.json'].map((name) => join(outputFolder(root), name))
  const plain = [readFileSync(module!), readFileSync(description!)]
  expect(await build(true)).toMatchObject({ ok: true, shipped: true, compiled: 0, changed: true })
  expect(readFileSync(module!).equals(plain[0]!)).toBe(false)
  expect(readFileSync(description!).equals(plain[1]!)).toBe(true)
  expect(await build()).toMatchObject({ ok: true, shipped: true, compiled: 0, changed: false })
}, 60_000)

describe('what is refused', () => {
  it('is a computed include, because its object could not be cached', () => {
    write('main.cpp', '#define WHICH "a.h"\n#include WHICH\n')
    expect(() => scanSources(root)).toThrow('computed #include')
  })

  it('is a module that imports anything but its memory', () => {
    const memory = [0x03, 0x65, 0x6e, 0x76, 0x06, 0x6d, 0x65, 0x6d, 0x6f, 0x72, 0x79, 0x02, 0x03, 0x01, 0x01]
    const clock = [0x03, 0x65, 0x6e, 0x76, 0x05, 0x63, 0x6c, 0x6f, 0x63, 0x6b, 0x00, 0x00]
    const module = (...imports: number[][]) => {
      const body = [imports.length, ...imports.flat()]
      const types = [0x01, 0x04, 0x01, 0x60, 0x00, 0x00]
      return new Uint8Array([0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...types, 0x02, body.length, ...body])
    }
    expect(checkModule(module(memory, clock))).toBe(
      'the engine may import only env.memory, but imports env.memory, env.clock',
    )
    expect(checkModule(module(memory))).toContain('does not export _initialize')
  })

  it('leaves the last good module and names file and line in the overlay', async () => {
    await build()
    const good = readFileSync(join(outputFolder(root), 'engine.wasm'))
    write('deep/b.h', 'constexpr int kLength = two;\n')
    const result = await build()
    expect(result.ok).toBe(false)
    expect(readFileSync(join(outputFolder(root), 'engine.wasm')).equals(good)).toBe(true)
    expect(JSON.parse(readFileSync(join(outputFolder(root), 'status.json'), 'utf8'))).toMatchObject({ ok: false })
    const error = overlayError(root, result.ok ? '' : result.text)
    expect(error).toMatchObject({ loc: { file: join(root, 'wasm/deep/b.h'), line: 1, column: 25 } })
  }, 60_000)
})
