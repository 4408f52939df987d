// A few warm compiler processes that share one queue. Node.
import { fork } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'

const SCRIPT = fileURLToPath(new URL('./compiler.mjs', import.meta.url))

/** Starts compilers when jobs need them, at most one per core and four in all. `close()` ends them. */
export function createPool(limit = Math.min(4, availableParallelism())) {
  const children = new Set()
  const idle = []
  const queue = []
  let nextId = 0

  const start = () => {
    const child = fork(SCRIPT, {
      execArgv: ['--liftoff-only', '--no-warnings'],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'], // stdout carries only clang's own loading progress
    })
    children.add(child)
    child.on('message', ({ output, text }) => {
      const { resolve } = child.job
      child.job = null
      idle.push(child)
      resolve({ output, text })
      pump()
    })
    child.on('exit', (code, signal) => {
      children.delete(child)
      if (idle.includes(child)) idle.splice(idle.indexOf(child), 1)
      child.job?.resolve({ output: null, text: `the compiler process ended (${signal ?? code})` })
    })
    return child
  }
  const pump = () => {
    while (queue.length > 0) {
      const child = idle.pop() ?? (children.size < limit ? start() : null)
      if (!child) return
      child.job = queue.shift()
      child.send({ id: nextId++, args: child.job.args, files: child.job.files })
    }
  }
  return {
    /** Runs clang; resolves to `{output: Uint8Array | null, text}`: the file named `out`, and what the compiler said. */
    run: (args, files) =>
      new Promise((resolve) => {
        queue.push({ args, files, resolve })
        pump()
      }),
    close: () => {
      for (const child of children) child.disconnect()
    },
  }
}
