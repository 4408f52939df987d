// Sizes of the fixed rows and columns around the song (any thread). CSS pixels; the style sheet gets them as variables.
export const HEAD_WIDTH = 208
export const RULER_HEIGHT = 24
export const MARKERS_HEIGHT = 20
export const TEMPO_HEIGHT = { shut: 16, open: 44 } as const

export const topHeight = (tempoOpen: boolean): number =>
  RULER_HEIGHT + MARKERS_HEIGHT + (tempoOpen ? TEMPO_HEIGHT.open : TEMPO_HEIGHT.shut)
