// Parts of the page that the first sound does not wait for: fetched when they are first shown, or once the page is at rest (main thread).
import { lazy } from 'react'

const parts = {
  arrangement: () => import('../panels/arrangement/ArrangementPanel.tsx'),
  devices: () => import('../panels/devices/DevicesPanel.tsx'),
  keyboard: () => import('../panels/keyboard/KeyboardPanel.tsx'),
  diagnostics: () => import('../panels/diagnostics/DiagnosticsPanel.tsx'),
  report: () => import('../panels/report/ReportSheet.tsx'),
  projects: () => import('./ProjectsSheet.tsx'),
}

export const ArrangementPanel = lazy(async () => ({ default: (await parts.arrangement()).ArrangementPanel }))
export const DevicesHead = lazy(async () => ({ default: (await parts.devices()).DevicesHead }))
export const DevicesBody = lazy(async () => ({ default: (await parts.devices()).DevicesBody }))
export const KeyboardPanel = lazy(async () => ({ default: (await parts.keyboard()).KeyboardPanel }))
export const DiagnosticsPanel = lazy(async () => ({ default: (await parts.diagnostics()).DiagnosticsPanel }))
export const ReportSheet = lazy(async () => ({ default: (await parts.report()).ReportSheet }))
export const ProjectsSheet = lazy(async () => ({ default: (await parts.projects()).ProjectsSheet }))
/** Read once in a while: fetched when it is shown. */
export const MeasuredFigures = lazy(async () => ({
  default: (await import('../help/MeasuredFigures.tsx')).MeasuredFigures,
}))
export const Reference = lazy(async () => ({ default: (await import('../help/Reference.tsx')).Reference }))

/** After the first gesture the rest is fetched, so that nothing opens late. */
export function fetchPartsAtRest(): () => void {
  const fetchAll = (): void => {
    stop()
    // A part that does not come is asked for again when it is shown.
    requestIdleCallback(() => void Promise.allSettled(Object.values(parts).map((part) => part())))
  }
  const stop = (): void => GESTURES.forEach((gesture) => removeEventListener(gesture, fetchAll))
  GESTURES.forEach((gesture) => addEventListener(gesture, fetchAll))
  return stop
}

const GESTURES = ['pointerup', 'keyup'] as const
