// Which physical keys play which notes, and the letters printed on them (main thread).

/** Two rows, two octaves and a fourth: KeyboardEvent.code -> semitones above the octave's C. */
export const TYPING_KEYS: Readonly<Record<string, number>> = {
  KeyZ: 0,
  KeyS: 1,
  KeyX: 2,
  KeyD: 3,
  KeyC: 4,
  KeyV: 5,
  KeyG: 6,
  KeyB: 7,
  KeyH: 8,
  KeyN: 9,
  KeyJ: 10,
  KeyM: 11,
  Comma: 12,
  KeyL: 13,
  Period: 14,
  Semicolon: 15,
  Slash: 16,
  KeyQ: 12,
  Digit2: 13,
  KeyW: 14,
  Digit3: 15,
  KeyE: 16,
  KeyR: 17,
  Digit5: 18,
  KeyT: 19,
  Digit6: 20,
  KeyY: 21,
  Digit7: 22,
  KeyU: 23,
  KeyI: 24,
  Digit9: 25,
  KeyO: 26,
  Digit0: 27,
  KeyP: 28,
}

/** C of an octave as a MIDI note: C4 = 60. */
export const octaveNote = (octave: number): number => 12 * (octave + 1)

/** What is printed on the keys of a US keyboard, where the browser does not tell the user's own. */
const US_LETTERS: Readonly<Record<string, string>> = { Comma: ',', Period: '.', Semicolon: ';', Slash: '/' }
const usLetter = (code: string): string => US_LETTERS[code] ?? code.replace(/^Key|^Digit/, '')

/** The keyboard layout map of Chromium (navigator.keyboard), absent elsewhere. */
export interface KeyboardLayout {
  get(code: string): string | undefined
}
interface NavigatorKeyboard {
  getLayoutMap(): Promise<KeyboardLayout>
}

/** Letters of the user's own layout; null where the browser cannot tell. */
export async function readLayout(
  keyboard = (globalThis.navigator as Navigator & { keyboard?: NavigatorKeyboard }).keyboard,
): Promise<KeyboardLayout | null> {
  try {
    return (await keyboard?.getLayoutMap()) ?? null
  } catch {
    return null
  }
}

/** MIDI note -> letter for the octave; where two keys play one note, the upper row's. Notes above 127 have none. */
export function typingLetters(octave: number, layout: KeyboardLayout | null): ReadonlyMap<number, string> {
  const letters = new Map<number, string>()
  for (const [code, semitones] of Object.entries(TYPING_KEYS)) {
    const note = octaveNote(octave) + semitones
    if (note <= 127) letters.set(note, (layout?.get(code) ?? usLetter(code)).toUpperCase())
  }
  return letters
}
