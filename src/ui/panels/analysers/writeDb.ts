// Writes live readings into the page without React (main thread).
import { FLOOR_DB } from '../../controls/ballistics.ts'

/** Touches the page only when the text changes. */
export function writeText(element: HTMLElement | null, text: string) {
  if (element && element.textContent !== text) element.textContent = text
}

/** "−6.2", or "−∞" at the meter's floor. */
export function writeDb(element: HTMLElement | null, db: number) {
  writeText(element, db <= FLOOR_DB ? '−∞' : db.toFixed(1).replace('-', '−'))
}
