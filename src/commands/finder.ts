// What is typed to find a sound, wherever the field is (main thread). Of this visit only.
import { createStore, type StoreApi } from 'zustand/vanilla'

export interface Finder {
  readonly text: string
  /** Raised when somebody asks for the field: it then takes the focus. */
  readonly wanted: number
}

export const createFinder = (): StoreApi<Finder> => createStore<Finder>(() => ({ text: '', wanted: 0 }))
