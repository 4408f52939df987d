// The one row under the top bar that says what stands in the way: another tab has the project, the sound is gone, an update waits
// (main thread). Several may be true; the most urgent is shown.
import { createStore, type StoreApi } from 'zustand/vanilla'

/** Most urgent first. */
const KINDS = ['audio', 'reader', 'update'] as const
export type BannerKind = (typeof KINDS)[number]

export interface BannerView {
  readonly kind: BannerKind
  readonly text: string
  readonly detail?: string
  readonly actions: readonly { readonly label: string; readonly run: () => void }[]
}

export interface BannerDesk {
  readonly store: StoreApi<{ readonly banner: BannerView | null }>
  /** Says it, or with null that it is over. */
  put(kind: BannerKind, said: Omit<BannerView, 'kind'> | null): void
}

export function createBannerDesk(): BannerDesk {
  const said = new Map<BannerKind, BannerView>()
  const store = createStore<{ banner: BannerView | null }>(() => ({ banner: null }))
  return {
    store,
    put(kind, view) {
      if (view) said.set(kind, { kind, ...view })
      else if (!said.delete(kind)) return
      const first = KINDS.find((each) => said.has(each))
      store.setState({ banner: first === undefined ? null : said.get(first)! })
    },
  }
}
