// Spelling of keys: camelCase, kebab-case and spaces become snake_case; unit suffixes are cut off (any thread).

const cache = new Map<string, string>()

/** `attackMs`, `Attack-MS` and `attack ms` are all `attack_ms`. */
export function snakeKey(key: string): string {
  const known = cache.get(key)
  if (known !== undefined) return known
  const snake = key
    .slice(0, 200)
    .trim()
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[\s-]+/g, '_')
    .toLowerCase()
  // Keys repeat a lot within a file, but a hostile file may hold millions of different ones.
  if (cache.size < 2000) cache.set(key, snake)
  return snake
}

/** Names of one thing in different files; the value is the canonical one. */
const SECTION_NAMES: Readonly<Record<string, string>> = {
  adsr: 'envelope',
  amp_envelope: 'envelope',
  amplitude_envelope: 'envelope',
  amp_env: 'envelope',
  env: 'envelope',
  effects: 'fx',
  effect_chain: 'fx',
  fx_chain: 'fx',
  oscillators: 'oscillator',
  osc: 'oscillator',
  oscs: 'oscillator',
  synthesis: 'synthesis_type',
  characteristics: 'sound_characteristics',
  sound_character: 'sound_characteristics',
  topology: 'topological_metadata',
  string: 'strings',
}

/** Canonical name of a member of an instrument: `adsr` is `envelope`, `soundCharacteristics` is `sound_characteristics`. */
export function sectionKey(key: string): string {
  const snake = snakeKey(key)
  return Object.hasOwn(SECTION_NAMES, snake) ? (SECTION_NAMES[snake] ?? snake) : snake
}

const SUFFIXES: readonly (readonly [suffix: string, unit: string])[] = [
  ['_milliseconds', 'ms'],
  ['_millis', 'ms'],
  ['_msec', 'ms'],
  ['_ms', 'ms'],
  ['_seconds', 's'],
  ['_secs', 's'],
  ['_sec', 's'],
  ['_s', 's'],
  ['_khz', 'khz'],
  ['_hz', 'hz'],
  ['_semitones', 'semitones'],
  ['_semis', 'semitones'],
  ['_st', 'semitones'],
  ['_cents', 'cents'],
  ['_octaves', 'octaves'],
  ['_db', 'db'],
  ['_percent', '%'],
  ['_pct', '%'],
]

/** Splits a unit off a snake_case key: `depth_cents` is `depth` in cents. */
export function splitSuffix(key: string): { readonly key: string; readonly unit: string | null } {
  for (const [suffix, unit] of SUFFIXES) {
    if (key.length > suffix.length && key.endsWith(suffix)) return { key: key.slice(0, -suffix.length), unit }
  }
  return { key, unit: null }
}

/** Display text from a file: no bidirectional controls, no control characters, one line, at most `limit` characters. */
export function cleanText(text: string, limit = 200): string {
  return text
    .slice(0, limit * 4)
    .replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, limit)
    .toWellFormed()
}
