// Files from a drop or the clipboard (main thread).
import { useEffect, useState } from 'react'

const carriesFiles = (transfer: DataTransfer | null): boolean => transfer?.types.includes('Files') ?? false
/** Text that is long enough to be a preset and begins like one goes the way of a file. */
const LOOKS_LIKE_JSON = /^[\s\uFEFF]*[[{]/

/** True while files hover over the page. Dropped and pasted files go to `importFiles`; typing fields keep their own paste. */
export function useDrop(importFiles: (files: readonly File[]) => unknown): {
  readonly over: boolean
  readonly count: number
} {
  const [hover, setHover] = useState<{ over: boolean; count: number }>({ over: false, count: 0 })

  useEffect(() => {
    const stop = new AbortController()
    const { signal } = stop
    const quiet = () => setHover({ over: false, count: 0 })
    const enter = (event: DragEvent) => {
      if (!carriesFiles(event.dataTransfer)) return
      event.preventDefault()
      event.dataTransfer!.dropEffect = 'copy'
      const count = event.dataTransfer!.items.length
      setHover((was) => (was.over && was.count === count ? was : { over: true, count }))
    }
    window.addEventListener('dragenter', enter, { signal })
    window.addEventListener('dragover', enter, { signal })
    window.addEventListener('dragleave', (event) => event.relatedTarget === null && quiet(), { signal })
    window.addEventListener('dragend', quiet, { signal })
    window.addEventListener('keydown', (event) => event.key === 'Escape' && quiet(), { signal })
    window.addEventListener(
      'drop',
      (event) => {
        quiet()
        // A device has taken it.
        if (event.defaultPrevented || !carriesFiles(event.dataTransfer)) return
        event.preventDefault()
        const files = [...event.dataTransfer!.files]
        if (files.length > 0) importFiles(files)
      },
      { signal },
    )
    window.addEventListener(
      'paste',
      (event) => {
        const target = event.target
        if (target instanceof Element && target.closest('input, textarea, [contenteditable]')) return
        const files = [...(event.clipboardData?.files ?? [])]
        const text = event.clipboardData?.getData('text/plain') ?? ''
        if (files.length === 0 && LOOKS_LIKE_JSON.test(text))
          files.push(new File([text], 'pasted.json', { type: 'application/json' }))
        if (files.length === 0) return
        event.preventDefault()
        importFiles(files)
      },
      { signal },
    )
    return () => stop.abort()
  }, [importFiles])

  return hover
}
