// The demo song that comes with the app, read once when it is first wanted (main thread).
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Project } from './document.ts'
import { readProjectText } from './text.ts'

export interface DemoView {
  /** What the song is; null until it has been read. */
  readonly song: { readonly name: string; readonly tracks: number; readonly sections: number } | null
  /** The last try to read it failed; another one may not. */
  readonly missing: boolean
}

export interface Demo {
  readonly store: StoreApi<DemoView>
  /** The song as its file has it; it must get an id of its own before it is opened. */
  load(): Promise<Project>
}

/** `read` gives the text of the file, or rejects. */
export function createDemo(read: () => Promise<string>): Demo {
  const store = createStore<DemoView>(() => ({ song: null, missing: false }))
  let loading: Promise<Project> | null = null
  return {
    store,
    load() {
      loading ??= read().then((text) => {
        const project = readProjectText(text)
        const { name, tracks, markers } = project
        store.setState({ song: { name, tracks: tracks.length, sections: markers.length }, missing: false })
        return project
      })
      return loading.catch((error: unknown) => {
        loading = null
        store.setState({ missing: true })
        throw error
      })
    },
  }
}
