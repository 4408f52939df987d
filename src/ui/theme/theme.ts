// Light and dark: follows the system until the user chooses (main thread).
export type Theme = 'dark' | 'light' | 'system'

const listeners = new Set<() => void>()
const systemLight = window.matchMedia('(prefers-color-scheme: light)')
systemLight.addEventListener('change', announce)
window.matchMedia('(forced-colors: active)').addEventListener('change', announce)

/** The last choice, read before anything is drawn: the session arrives a moment later. */
const KEY = 'soundloom-theme'
const remembered = remember()
if (remembered === 'dark' || remembered === 'light') document.documentElement.dataset.theme = remembered

/** Reads the choice, or keeps a new one; where storage is refused there is none. */
function remember(theme?: Theme): string | null {
  try {
    if (theme !== undefined) localStorage.setItem(KEY, theme)
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}

function announce() {
  for (const listener of listeners) listener()
}

/** Sets the page's theme; canvases that watch with `onThemeChange` redraw. */
export function applyTheme(theme: Theme) {
  const root = document.documentElement
  if (theme === 'system') delete root.dataset.theme
  else root.dataset.theme = theme
  remember(theme)
  announce()
}

/** What is on screen now. */
export function shownTheme(): 'dark' | 'light' {
  const chosen = document.documentElement.dataset.theme
  if (chosen === 'dark' || chosen === 'light') return chosen
  return systemLight.matches ? 'light' : 'dark'
}

/** Calls back after each change of colours; returns how to stop. */
export function onThemeChange(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
