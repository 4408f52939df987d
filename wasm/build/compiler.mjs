// A warm compiler: a forked process that keeps clang in memory and compiles or links what it is sent.
// Started with --liftoff-only: clang is 73 MB of wasm, and optimising it costs more than it saves.
import { runClang } from '@yowasp/clang'

const decoder = new TextDecoder()

async function run(args, files) {
  const chunks = []
  const stderr = (bytes) => {
    if (bytes) chunks.push(bytes.slice())
  }
  const text = () =>
    decoder
      .decode(Buffer.concat(chunks))
      .split('\n')
      .filter((line) => !line.startsWith('yowasp-llvm:'))
      .join('\n')
      .trim()
  try {
    const output = await runClang(args, files, { stdout: stderr, stderr, decodeASCII: false, fetchProgress: () => {} })
    return { output: output['out'], text: text() }
  } catch (error) {
    return { output: null, text: text() || String(error) }
  }
}

/** `{'a/b.h': text}` -> the nested folders that clang's file system wants. */
function treeOf(files) {
  const tree = {}
  for (const [path, content] of Object.entries(files)) {
    const names = path.split('/')
    const last = names.pop()
    let folder = tree
    for (const name of names) folder = folder[name] ??= {}
    folder[last] = content
  }
  return tree
}

process.on('message', async ({ id, args, files }) => {
  const { output, text } = await run(args, treeOf(files))
  process.send({ id, output, text })
})
process.on('disconnect', () => process.exit())
