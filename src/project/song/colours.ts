// The colour token of each role, for its tiles and for tracks that play it (any thread).
import type { Colour } from '../../compile/song.ts'
import type { Role } from '../../presets/model.ts'

export const ROLE_COLOURS: Readonly<Record<Role, Colour>> = {
  PAD: 7,
  BASS: 1,
  LEAD: 3,
  KEYS: 5,
  PLUCK: 4,
  BELL: 2,
  STRINGS: 8,
  DRUM: 6,
  FX: 9,
  ARP: 4,
  CHORD: 5,
  TEXTURE: 9,
  DRONE: 7,
  GUITAR: 2,
  BRASS: 3,
  VOX: 8,
}
