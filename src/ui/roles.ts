// How each role looks: its colour token and its glyph, so that colour is never alone (main thread).
import type { Role } from '../presets/model.ts'

interface RoleLook {
  readonly tone: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9
  /** SVG path in a 10 x 10 box. */
  readonly glyph: string
}

export const ROLE_LOOKS: Readonly<Record<Role, RoleLook>> = {
  PAD: { tone: 7, glyph: 'M2.5 2.5h5a2.5 2.5 0 0 1 0 5h-5a2.5 2.5 0 0 1 0-5z' },
  BASS: { tone: 1, glyph: 'M0 0h10v10H0z' },
  LEAD: { tone: 3, glyph: 'M5 0l5 9.5H0z' },
  KEYS: { tone: 5, glyph: 'M0 0h2.6v10H0zM3.7 0h2.6v10H3.7zM7.4 0H10v10H7.4z' },
  PLUCK: { tone: 4, glyph: 'M0 0 10 5 0 10z' },
  BELL: { tone: 2, glyph: 'M5 0a5 5 0 0 1 5 5v3H0V5a5 5 0 0 1 5-5z' },
  STRINGS: { tone: 8, glyph: 'M5 0l5 5-5 5-5-5z' },
  DRUM: { tone: 6, glyph: 'M5 0a5 5 0 0 1 0 10A5 5 0 0 1 5 0z' },
  FX: { tone: 9, glyph: 'M3.5 0h3v3.5H10v3H6.5V10h-3V6.5H0v-3h3.5z' },
  ARP: { tone: 4, glyph: 'M0 10V7h3V4h3V1h4v3H9v3H6v3z' },
  CHORD: { tone: 5, glyph: 'M0 0h10v2.6H0zM0 3.7h10v2.6H0zM0 7.4h10V10H0z' },
  TEXTURE: { tone: 9, glyph: 'M0 0h4v4H0zM6 0h4v4H6zM0 6h4v4H0zM6 6h4v4H6z' },
  DRONE: { tone: 7, glyph: 'M0 1.5h10v2H0zM0 6.5h10v2H0z' },
  GUITAR: { tone: 2, glyph: 'M5 0a5 5 0 0 1 0 10A5 5 0 0 1 5 0zM5 3a2 2 0 0 0 0 4 2 2 0 0 0 0-4z' },
  BRASS: { tone: 3, glyph: 'M0 3.5 10 0v10L0 6.5z' },
  VOX: { tone: 8, glyph: 'M2.5 0h5L10 5 7.5 10h-5L0 5z' },
}

/** The CSS colour of a role. */
export const roleColour = (role: Role): string => `var(--t${ROLE_LOOKS[role].tone})`
