// The compiled engine module (main thread): fetched once, fetched again when the dev server has built another.
import engineUrl from '../../wasm/out/engine.wasm?url'

/** Names this build of the engine by its file, whose name holds a hash of the content; null where the dev server serves many under one. */
export const engineBuild: string | null = import.meta.env.DEV ? null : engineUrl

let compiled: Promise<WebAssembly.Module> | null = null

/** Rejects when the file cannot be fetched or is not valid here. */
export function engineModule(): Promise<WebAssembly.Module> {
  compiled ??= compile(engineUrl)
  compiled.catch(() => (compiled = null))
  return compiled
}

async function compile(url: string, cache: RequestCache = 'default'): Promise<WebAssembly.Module> {
  const response = await fetch(url, { cache })
  if (!response.ok) throw new Error(`engine.wasm: the server answered ${response.status}`)
  return WebAssembly.compileStreaming(response)
}

/** Calls back when a new module is ready to be used by a rebuild; only the dev server ever sends one. */
export function onModuleReplaced(replaced: () => void): void {
  import.meta.hot?.on('engine:wasm', ({ hash }: { hash: string }) => {
    void compile(`${engineUrl}?${hash}`, 'no-store').then((module) => {
      compiled = Promise.resolve(module)
      replaced()
    })
  })
}
