// How each role looks: its colour token and its glyph, so that colour is never alone (main thread).
import type { Role } from '../presets/model.ts'
import { ROLE_COLOURS } from '../project/song/colours.ts'

/** SVG paths in a 10 x 10 box. */
export const ROLE_GLYPHS: Readonly<Record<Role, string>> = {
  PAD: 'M2.5 2.5h5a2.5 2.5 0 0 1 0 5h-5a2.5 2.5 0 0 1 0-5z',
  BASS: 'M0 0h10v10H0z',
  LEAD: 'M5 0l5 9.5H0z',
  KEYS: 'M0 0h2.6v10H0zM3.7 0h2.6v10H3.7zM7.4 0H10v10H7.4z',
  PLUCK: 'M0 0 10 5 0 10z',
  BELL: 'M5 0a5 5 0 0 1 5 5v3H0V5a5 5 0 0 1 5-5z',
  STRINGS: 'M5 0l5 5-5 5-5-5z',
  DRUM: 'M5 0a5 5 0 0 1 0 10A5 5 0 0 1 5 0z',
  FX: 'M3.5 0h3v3.5H10v3H6.5V10h-3V6.5H0v-3h3.5z',
  ARP: 'M0 10V7h3V4h3V1h4v3H9v3H6v3z',
  CHORD: 'M0 0h10v2.6H0zM0 3.7h10v2.6H0zM0 7.4h10V10H0z',
  TEXTURE: 'M0 0h4v4H0zM6 0h4v4H6zM0 6h4v4H0zM6 6h4v4H6z',
  DRONE: 'M0 1.5h10v2H0zM0 6.5h10v2H0z',
  GUITAR: 'M5 0a5 5 0 0 1 0 10A5 5 0 0 1 5 0zM5 3a2 2 0 0 0 0 4 2 2 0 0 0 0-4z',
  BRASS: 'M0 3.5 10 0v10L0 6.5z',
  VOX: 'M2.5 0h5L10 5 7.5 10h-5L0 5z',
}

/** The CSS colour of a role. */
export const roleColour = (role: Role): string => `var(--t${ROLE_COLOURS[role]})`
