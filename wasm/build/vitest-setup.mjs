// Vitest's global set-up: tests always meet the engine of the present sources. A failed build fails only the tests that load it.
import { buildEngine } from './engine.mjs'

export default async function setup() {
  const result = await buildEngine({ root: process.cwd(), log: (line) => console.log(line) })
  if (!result.ok) console.error(`the engine does not build:\n${result.text}`)
}
