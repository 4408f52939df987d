// Patches that are dropped or pasted on the instrument: they load at once; whole presets go the way of every import (main thread).
import { useEffect, useRef, useState, type RefObject } from 'react'

const LOOKS_LIKE_JSON = /^[\s\uFEFF]*\{/

/** A patch has units of its own; a preset holds its patch. */
export function isPatchText(text: string): boolean {
  if (!LOOKS_LIKE_JSON.test(text)) return false
  try {
    const value = JSON.parse(text) as Record<string, unknown>
    return 'units' in value && !('patch' in value) && !('presets' in value)
  } catch {
    return false
  }
}

/** The only file, where it may be a patch. */
const patchFile = (files: FileList | undefined): File | null =>
  files?.length === 1 && files[0]!.name.toLowerCase().endsWith('.json') ? files[0]! : null

interface Takers {
  readonly load: (text: string) => void
  readonly importFile: (file: File) => void
}

/** True while files hover over the card. */
export function usePatchDrop(card: RefObject<HTMLElement | null>, takers: Takers): boolean {
  const [over, setOver] = useState(false)
  const latest = useRef(takers)
  useEffect(() => {
    latest.current = takers
  })
  useEffect(() => {
    const element = card.current
    if (!element) return
    const stop = new AbortController()
    const { signal } = stop
    const quiet = () => setOver(false)
    element.addEventListener(
      'dragover',
      (event) => {
        if (!event.dataTransfer?.types.includes('Files')) return
        event.preventDefault()
        setOver(true)
      },
      { signal },
    )
    element.addEventListener('dragleave', (event) => element.contains(event.relatedTarget as Node | null) || quiet(), {
      signal,
    })
    element.addEventListener(
      'drop',
      (event) => {
        quiet()
        const file = patchFile(event.dataTransfer?.files)
        if (!file || event.defaultPrevented) return
        event.preventDefault()
        const { load, importFile } = latest.current
        void file.text().then((text) => (isPatchText(text) ? load(text) : importFile(file)))
      },
      { signal },
    )
    element.addEventListener(
      'paste',
      (event) => {
        const text = event.clipboardData?.getData('text/plain') ?? ''
        if ((event.target as Element).closest('input, textarea') || !isPatchText(text)) return
        event.preventDefault()
        event.stopPropagation()
        latest.current.load(text)
      },
      { signal },
    )
    return () => stop.abort()
  }, [card])
  return over
}
