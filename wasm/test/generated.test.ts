// src/generated is exactly what this build of the engine describes. Node.
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readDescription, shortest } from '../build/gen/description.mjs'
import { generatedFolder, renderGenerated } from '../build/gen.mjs'
import { describeModule } from '../build/module.mjs'
import { engineModule } from './module.ts'

const root = join(import.meta.dirname, '..', '..')
const text = describeModule(engineModule())

describe('src/generated', () => {
  it('is what the module describes, byte for byte', () => {
    const files: Record<string, string> = renderGenerated(text)
    const folder = generatedFolder(root)
    const stale = Object.keys(files).filter(
      (name) => !existsSync(join(folder, name)) || readFileSync(join(folder, name), 'utf8') !== files[name],
    )
    const extra = readdirSync(folder).filter((name) => !(name in files))
    expect([...stale, ...extra], 'stale files: run npm run gen').toEqual([])
  })

  it('prints each f32 as its shortest exact decimal', () => {
    expect(shortest(Math.fround(0.1))).toBe(0.1)
    expect(shortest(20000)).toBe(20000)
    const values = [0.001, 1 / 3, 1e-20, 123456.789, -0.95].map(Math.fround)
    expect(values.map((value) => Math.fround(shortest(value)))).toEqual(values)
  })

  it('gives every option parameter a default that is one of its options', () => {
    const { units, effects } = readDescription(text)
    for (const spec of [...units, ...effects])
      for (const param of spec.params)
        if (param.curve === 'option')
          expect(param.options.map((option: { id: string }) => option.id)).toContain(param.init)
  })
})
