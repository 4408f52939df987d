// `npm run gen`: writes src/generated from the description of the built module. Node.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildEngine, outputFolder } from './engine.mjs'
import { argsTs } from './gen/args.mjs'
import { readDescription } from './gen/description.mjs'
import { brokenPromises, lockOf } from './gen/lock.mjs'
import { referenceMd } from './gen/reference.mjs'
import { patchSchema, presetSchema } from './gen/schema.mjs'
import { docsTs, governorTs, specsTs, streamsTs, tableTs, wireTs } from './gen/typescript.mjs'

const json = (value) => `${JSON.stringify(value, null, 2)}\n`

/** Every generated file of one description: name within src/generated -> text. */
export function renderGenerated(descriptionText) {
  const description = readDescription(descriptionText)
  const { units, effects, pads } = description
  return {
    'specs.ts': specsTs(description),
    'units.ts': tableTs('units', 'UNITS', 'UnitSpec', 'Every unit generator.', units),
    'effects.ts': tableTs('effects', 'EFFECTS', 'EffectSpec', 'Every effect.', effects),
    'pads.ts': tableTs('units', 'PADS', 'UnitSpec', 'What every pad of a kit has beside its units.', pads),
    'docs.ts': docsTs(description),
    'streams.ts': streamsTs(description),
    'governor.ts': governorTs(description),
    'wire.ts': wireTs(description),
    'args.ts': argsTs(description),
    'patch.schema.json': json(patchSchema(description)),
    'preset.schema.json': json(presetSchema(description)),
    'reference.md': referenceMd(description),
  }
}

export const generatedFolder = (root) => join(root, 'src', 'generated')

/** Writes what differs and removes what is no longer generated; the names of changed files. */
export function writeGenerated(root, descriptionText) {
  const folder = generatedFolder(root)
  mkdirSync(folder, { recursive: true })
  const files = renderGenerated(descriptionText)
  const present = Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  )
  const changed = Object.keys(files).filter((name) => present[name] !== files[name])
  const gone = Object.keys(present).filter((name) => !(name in files))
  for (const name of changed) writeFileSync(join(folder, name), files[name])
  for (const name of gone) rmSync(join(folder, name))
  return [...changed, ...gone]
}

/** Brings wasm/test/spec.lock.json up to date; returns the promises that this would break, and then writes nothing. */
export function writeLock(root, descriptionText) {
  const path = join(root, 'wasm', 'test', 'spec.lock.json')
  const next = lockOf(readDescription(descriptionText))
  const broken = existsSync(path) ? brokenPromises(JSON.parse(readFileSync(path, 'utf8')), next) : []
  if (broken.length === 0) writeFileSync(path, json(next))
  return broken
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = process.cwd()
  const result = await buildEngine({ root, log: (line) => console.log(line) })
  if (!result.ok) {
    console.error(result.text)
    process.exit(1)
  }
  const description = readFileSync(join(outputFolder(root), 'description.json'), 'utf8')
  const changed = writeGenerated(root, description)
  console.log(changed.length > 0 ? `src/generated: wrote ${changed.join(', ')}` : 'src/generated: up to date')
  const broken = writeLock(root, description)
  if (broken.length > 0) {
    console.error(`Saved presets would break (wasm/test/spec.lock.json):\n  ${broken.join('\n  ')}`)
    process.exitCode = 1
  }
}
