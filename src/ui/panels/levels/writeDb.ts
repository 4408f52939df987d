// Writes a live level into the page without React (main thread).
import { FLOOR_DB } from '../../controls/ballistics.ts'

/** "−6.2", or "−∞" at the meter's floor; touches the page only when the text changes. */
export function writeDb(element: HTMLElement | null, db: number) {
  if (!element) return
  const text = db <= FLOOR_DB ? '−∞' : db.toFixed(1).replace('-', '−')
  if (element.textContent !== text) element.textContent = text
}
