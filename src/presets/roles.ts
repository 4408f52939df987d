// What a sound of each role takes where its file gives no usable value, and how a role is recognised (any thread).
import { ROLES, type Role } from './model.ts'
import { snakeKey } from './rules/keys.ts'

export interface RolePolicy {
  /** Slot or value key -> value in engine units; times in seconds. */
  readonly values: Readonly<Record<string, number>>
  /** Sources of a sound whose file names none. */
  readonly waves: readonly string[]
  readonly maxVoices: number
}

const policy = (
  attack: number,
  decay: number,
  sustain: number,
  release: number,
  cutoff: number,
  waves: readonly string[],
  maxVoices = 16,
): RolePolicy => ({
  values: {
    'env.attack': attack,
    'env.decay': decay,
    'env.sustain': sustain,
    'env.release': release,
    'filter.cutoff': cutoff,
    'filter.resonance': 0.2,
    'filter.amount': 0,
    'osc.detune': 0,
    'string.position': 0.3,
    frequency: 110,
    rate: 0.4,
    depth: 0.5,
    mix: 0.3,
  },
  waves,
  maxVoices,
})

export const ROLE_POLICIES: Readonly<Record<Role, RolePolicy>> = {
  PAD: policy(0.6, 0.5, 0.7, 1.2, 900, ['saw', 'triangle'], 64),
  BASS: policy(0.01, 0.25, 0.7, 0.2, 600, ['saw', 'sine']),
  LEAD: policy(0.02, 0.3, 0.8, 0.3, 2400, ['saw', 'square']),
  KEYS: policy(0.005, 0.6, 0.5, 0.4, 3000, ['triangle', 'sine'], 32),
  PLUCK: policy(0.003, 0.3, 0, 0.3, 2500, ['saw'], 32),
  BELL: policy(0.003, 1.2, 0.1, 1.2, 6000, ['sine'], 32),
  STRINGS: policy(0.3, 0.5, 0.85, 0.8, 1800, ['saw'], 32),
  DRUM: policy(0.001, 0.15, 0, 0.1, 4000, ['sine', 'white']),
  FX: policy(0.1, 0.6, 0.6, 1, 1800, ['saw', 'white']),
  ARP: policy(0.005, 0.18, 0.3, 0.2, 2000, ['square']),
  CHORD: policy(0.1, 0.5, 0.7, 0.7, 1200, ['saw', 'triangle'], 32),
  TEXTURE: policy(0.5, 0.8, 0.6, 1.4, 1400, ['triangle', 'pink'], 32),
  DRONE: policy(1.2, 1, 0.9, 2, 500, ['saw', 'sine'], 32),
  GUITAR: policy(0.002, 0.5, 0.7, 0.6, 2500, ['string'], 12),
  BRASS: policy(0.06, 0.3, 0.8, 0.25, 1600, ['saw']),
  VOX: policy(0.15, 0.4, 0.8, 0.5, 1500, ['saw', 'pulse'], 32),
}

/** Words of names, tags and characteristics that tell a role. The first word of a name wins, then the table's order. */
const ROLE_WORDS: Readonly<Record<string, Role>> = {
  pad: 'PAD',
  pads: 'PAD',
  atmosphere: 'PAD',
  atmos: 'PAD',
  bass: 'BASS',
  sub: 'BASS',
  bassline: 'BASS',
  lead: 'LEAD',
  solo: 'LEAD',
  hook: 'LEAD',
  keys: 'KEYS',
  key: 'KEYS',
  piano: 'KEYS',
  organ: 'KEYS',
  rhodes: 'KEYS',
  clav: 'KEYS',
  epiano: 'KEYS',
  pluck: 'PLUCK',
  plucks: 'PLUCK',
  plucky: 'PLUCK',
  harp: 'PLUCK',
  kalimba: 'PLUCK',
  bell: 'BELL',
  bells: 'BELL',
  glockenspiel: 'BELL',
  chime: 'BELL',
  mallet: 'BELL',
  strings: 'STRINGS',
  violin: 'STRINGS',
  cello: 'STRINGS',
  solina: 'STRINGS',
  drum: 'DRUM',
  drums: 'DRUM',
  kick: 'DRUM',
  snare: 'DRUM',
  hat: 'DRUM',
  percussion: 'DRUM',
  perc: 'DRUM',
  rhythm: 'DRUM',
  tom: 'DRUM',
  clap: 'DRUM',
  fx: 'FX',
  effect: 'FX',
  sfx: 'FX',
  riser: 'FX',
  sweep: 'FX',
  impact: 'FX',
  arp: 'ARP',
  arpeggio: 'ARP',
  sequence: 'ARP',
  seq: 'ARP',
  chord: 'CHORD',
  chords: 'CHORD',
  stab: 'CHORD',
  texture: 'TEXTURE',
  soundscape: 'TEXTURE',
  noise: 'TEXTURE',
  drone: 'DRONE',
  guitar: 'GUITAR',
  acoustic: 'GUITAR',
  electric: 'GUITAR',
  classical: 'GUITAR',
  nylon: 'GUITAR',
  brass: 'BRASS',
  trumpet: 'BRASS',
  horn: 'BRASS',
  trombone: 'BRASS',
  vox: 'VOX',
  voice: 'VOX',
  choir: 'VOX',
  vocal: 'VOX',
  vocals: 'VOX',
}

/** The role and what told it; `told` is null when nothing did and the role is a guess. */
export function findRole(
  name: string,
  hints: readonly string[],
  hasStrings: boolean,
): { role: Role; told: string | null } {
  const wordsOfName = snakeKey(name).split(/[^a-z0-9]+/)
  for (const word of wordsOfName) {
    const role = roleOf(word)
    if (role) return { role, told: `"${word}" in the name` }
  }
  for (const hint of hints) {
    for (const word of snakeKey(hint).split(/[^a-z0-9]+/)) {
      const role = roleOf(word)
      if (role) return { role, told: `"${word}" in "${hint.slice(0, 60)}"` }
    }
  }
  return hasStrings ? { role: 'GUITAR', told: 'it has strings' } : { role: 'KEYS', told: null }
}

/** The role that a lower-case word tells. */
export function roleOf(word: string): Role | undefined {
  const upper = word.toUpperCase()
  return ROLES.find((role) => role === upper) ?? (Object.hasOwn(ROLE_WORDS, word) ? ROLE_WORDS[word] : undefined)
}
