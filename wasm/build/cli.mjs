// `npm run engine`: builds wasm/out/engine.wasm and says how long it took; `-- --shipped`: as users get it. Node.
import { buildEngine } from './engine.mjs'

const begin = performance.now()
const result = await buildEngine({
  root: process.cwd(),
  shipped: process.argv.includes('--shipped'),
  log: (line) => console.log(line),
})
const seconds = ((performance.now() - begin) / 1000).toFixed(2)
if (result.ok) {
  const work = result.compiled === 0 && !result.changed ? 'unchanged' : `${result.compiled} files compiled`
  console.log(`engine.wasm ${(result.bytes / 1000).toFixed(1)} kB, ${work}, ${seconds} s`)
} else {
  console.error(result.text)
  process.exitCode = 1
}
