// Notices to the user: one line of fact, one of consequence, at most two actions (main thread).
import { createStore, type StoreApi } from 'zustand/vanilla'

export interface Notice {
  readonly id: string
  readonly kind: 'ok' | 'info' | 'warning' | 'error'
  readonly fact: string
  readonly consequence?: string
  readonly actions?: readonly { readonly label: string; readonly run: () => void }[]
}

const MAX_NOTICES = 20

export interface Notices {
  readonly store: StoreApi<{ readonly notices: readonly Notice[] }>
  /** A notice that says the same as one on screen replaces it. */
  show(notice: Omit<Notice, 'id'>): string
  dismiss(id: string): void
}

export function createNotices(): Notices {
  const store = createStore<{ notices: readonly Notice[] }>(() => ({ notices: [] }))
  let count = 0
  return {
    store,
    show(notice) {
      count += 1
      const id = `notice-${String(count)}`
      const others = store.getState().notices.filter(({ fact }) => fact !== notice.fact)
      store.setState({ notices: [...others, { ...notice, id }].slice(-MAX_NOTICES) })
      return id
    },
    dismiss(id) {
      store.setState({ notices: store.getState().notices.filter((notice) => notice.id !== id) })
    },
  }
}
