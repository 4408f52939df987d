// Makes an element a target for sounds dragged from the browser (main thread).
import { useState, type DragEvent } from 'react'
import { carriesPreset, droppedPreset } from './presetDrag.ts'

/** Props for the target; `over` while a sound hovers. `onDrop` null: it takes none now. */
export function usePresetDrop(onDrop: ((presetId: string) => void) | null) {
  const [over, setOver] = useState(false)
  const hover = (event: DragEvent) => {
    if (!onDrop || !carriesPreset(event)) return
    // A target inside this one takes it.
    if (event.defaultPrevented) return setOver(false)
    event.preventDefault()
    event.dataTransfer.dropEffect = 'copy'
    setOver(true)
  }
  return {
    over: over && onDrop !== null,
    target: {
      onDragEnter: hover,
      onDragOver: hover,
      onDragLeave: (event: DragEvent) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false)
      },
      // Also where a target inside takes it.
      onDropCapture: () => setOver(false),
      onDrop: (event: DragEvent) => {
        if (!onDrop || !carriesPreset(event)) return
        event.preventDefault()
        event.stopPropagation()
        onDrop(droppedPreset(event))
      },
    },
  }
}
