// The size of an element in CSS pixels, followed (main thread).
import { useEffect, useState, type RefObject } from 'react'
import type { Area } from './face.ts'

/** Null until it has been measured. */
export function useSize(ref: RefObject<HTMLElement | null>): Area | null {
  const [area, setArea] = useState<Area | null>(null)
  useEffect(() => {
    const element = ref.current!
    const watch = new ResizeObserver(() => {
      const { clientWidth: width, clientHeight: height } = element
      setArea((known) =>
        width === 0 || height === 0
          ? null
          : known?.width === width && known.height === height
            ? known
            : { width, height },
      )
    })
    watch.observe(element)
    return () => watch.disconnect()
  }, [ref])
  return area
}
