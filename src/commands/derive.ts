// A store computed from others (main thread).
import { createStore, type StoreApi } from 'zustand/vanilla'

type States<Sources extends readonly StoreApi<unknown>[]> = {
  [K in keyof Sources]: Sources[K] extends StoreApi<infer State> ? State : never
}

/** Recomputed in the same task as each change of a source; watchers are woken only when the result is another object. */
export function derive<const Sources extends readonly StoreApi<unknown>[], View>(
  sources: Sources,
  compute: (...states: States<Sources>) => View,
): StoreApi<View> {
  const read = (): View => compute(...(sources.map((source) => source.getState()) as States<Sources>))
  const view = createStore<View>(read)
  for (const source of sources) source.subscribe(() => view.setState(read(), true))
  return view
}
