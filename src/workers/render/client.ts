// The render workers as the page sees them (main thread): started when needed, warm while used, ended after 10 s idle.
import { callback, type Remote } from '../rpc.ts'
import { createPool, poolSize, togetherSize, type Urgency } from './pool.ts'
import type { RenderApi } from './protocol.ts'

export interface RenderClient {
  /** Runs one job on a worker that holds the present module. */
  run<Result>(job: (api: Remote<RenderApi>) => Promise<Result>, urgency: Urgency, signal?: AbortSignal): Promise<Result>
  /** Runs one job on `most` workers, or on as many as are to be had at once. Its signal ends with the caller's, and when a worker dies. */
  together<Result>(
    most: number,
    job: (apis: readonly Remote<RenderApi>[], signal: AbortSignal) => Promise<Result>,
    urgency: Urgency,
    signal?: AbortSignal,
  ): Promise<Result>
  /** Workers that `together` is best asked for on this computer. */
  readonly togetherSize: number
  dispose(): void
}

/** Marks a head callback so that it runs on the page. */
export const onPage = callback

export function createRenderClient(module: () => Promise<WebAssembly.Module>): RenderClient {
  const booted = new WeakMap<Remote<RenderApi>, Promise<void>>()
  const boot = (api: Remote<RenderApi>): Promise<void> => {
    let booting = booted.get(api)
    if (!booting) {
      booting = module().then((compiled) => api.boot(compiled))
      booted.set(api, booting)
      booting.catch(() => booted.delete(api))
    }
    return booting
  }
  const pool = createPool<RenderApi>({
    spawn: () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'render' }),
    size: poolSize(navigator.hardwareConcurrency),
  })
  return {
    run: (job, urgency, signal) => pool.run((api) => boot(api).then(() => job(api)), urgency, signal),
    together: (most, job, urgency, signal) =>
      pool.together(most, (apis, ending) => Promise.all(apis.map(boot)).then(() => job(apis, ending)), urgency, signal),
    togetherSize: togetherSize(navigator.hardwareConcurrency),
    dispose: () => pool.dispose(),
  }
}
