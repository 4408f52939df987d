// A sound that is dragged from the browser to a track (main thread).
import type { DragEvent } from 'react'
import { displayName } from '../sounds/describe.ts'

/** The payload is the preset's id. */
export const PRESET_TYPE = 'application/x-soundloom-preset'

export function startPresetDrag(event: DragEvent, preset: { readonly id: string; readonly name: string }): void {
  event.dataTransfer.setData(PRESET_TYPE, preset.id)
  event.dataTransfer.effectAllowed = 'copy'
  const ghost = document.createElement('div')
  ghost.className = 'dragghost'
  ghost.textContent = displayName(preset.name)
  document.body.append(ghost)
  event.dataTransfer.setDragImage(ghost, -12, -8)
  // The browser takes its picture of it in this task.
  setTimeout(() => ghost.remove())
}

/** Whether a sound hovers; what it is can be read on the drop only. */
export const carriesPreset = ({ dataTransfer }: Pick<DragEvent, 'dataTransfer'>): boolean =>
  dataTransfer.types.includes(PRESET_TYPE)

export const droppedPreset = ({ dataTransfer }: Pick<DragEvent, 'dataTransfer'>): string =>
  dataTransfer.getData(PRESET_TYPE)
