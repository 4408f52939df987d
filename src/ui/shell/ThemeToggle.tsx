// Light and dark; until the first choice the system decides (main thread).
import { useEffect, useSyncExternalStore } from 'react'
import { useStore } from 'zustand'
import { usePorts } from '../context.ts'
import { IconButton } from '../controls/Button.tsx'
import { applyTheme, onThemeChange, shownTheme } from '../theme/theme.ts'

export function ThemeToggle() {
  const { theme: store, run } = usePorts()
  const chosen = useStore(store, (state) => state.theme)
  useEffect(() => applyTheme(chosen), [chosen])
  const shown = useSyncExternalStore(onThemeChange, shownTheme)
  const other = shown === 'dark' ? 'light' : 'dark'
  return (
    <IconButton
      icon={shown === 'dark' ? 'sun' : 'moon'}
      name={`Use ${other} theme`}
      large
      onClick={() => void run('view.setTheme', { theme: other })}
    />
  )
}
