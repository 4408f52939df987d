// Fingerprints for components: asked for when shown, kept for the session (main thread).
import { useEffect, useState } from 'react'
import { usePorts } from './context.ts'
import type { Thumbnail, UiPorts } from './ports.ts'

type Source = UiPorts['thumbnail']

const caches = new WeakMap<Source, Map<string, Thumbnail>>()
/** A tile that flies past while scrolling asks for nothing. */
const SETTLE_MS = 60
/** A render that failed is asked for again while its tile is shown: the engine may just be rebuilding. */
const RETRY_MS = 2000
const TRIES = 3

const cacheOf = (source: Source) => {
  let cache = caches.get(source)
  if (!cache) caches.set(source, (cache = new Map()))
  return cache
}

/** The fingerprint of a sound; null until it is there, or where it can't be rendered. */
export function useThumbnail(presetId: string | null): Thumbnail | null {
  const source = usePorts().thumbnail
  const [arrived, setArrived] = useState<{ id: string; thumbnail: Thumbnail } | null>(null)
  const known = presetId === null ? undefined : cacheOf(source).get(presetId)

  useEffect(() => {
    if (presetId === null || cacheOf(source).has(presetId)) return
    const wish = new AbortController()
    let timer = setTimeout(ask, SETTLE_MS)
    let tries = 0
    async function ask() {
      // Aborted or not renderable: the well stays empty, the tile still plays.
      const thumbnail = await source(presetId!, wish.signal).catch(() => null)
      if (thumbnail) {
        cacheOf(source).set(presetId!, thumbnail)
        if (!wish.signal.aborted) setArrived({ id: presetId!, thumbnail })
      } else if (!wish.signal.aborted && ++tries < TRIES) {
        timer = setTimeout(ask, RETRY_MS)
      }
    }
    return () => {
      clearTimeout(timer)
      wish.abort()
    }
  }, [presetId, source])

  return known ?? (arrived?.id === presetId ? arrived.thumbnail : null)
}
