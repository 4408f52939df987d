// Whether a panel of the shell is open, as the session remembers it (main thread).
import { useCallback } from 'react'
import { useStore } from 'zustand'
import { usePorts } from '../context.ts'

/** The panels that the shell can fold away; `first`: how a panel stands until somebody decides. */
export function usePanel(
  panel: 'sounds' | 'analysers' | 'bottom' | 'diagnostics',
  first = true,
): { readonly open: boolean; readonly setOpen: (open: boolean) => void } {
  const { session, run } = usePorts()
  const open = useStore(session, ({ panels }) => panels[panel] ?? first)
  const setOpen = useCallback((to: boolean) => void run('view.setPanel', { panel, open: to }), [run, panel])
  return { open, setOpen }
}
