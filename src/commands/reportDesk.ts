// Which import report is open, and the import that runs now (main thread).
import { createStore, type StoreApi } from 'zustand/vanilla'

export interface ReportDesk {
  readonly open: string | null
  readonly importing: { readonly fileName: string; readonly found: number } | null
}

export const createReportDesk = (): StoreApi<ReportDesk> =>
  createStore<ReportDesk>(() => ({ open: null, importing: null }))
