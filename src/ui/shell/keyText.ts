// Shortcuts as people write them: tinykeys' `$mod+Shift+z` -> `Ctrl Shift Z` (any thread).

const WORDS: Readonly<Record<string, string>> = { $mod: 'Ctrl', Escape: 'Esc', Control: 'Ctrl' }

/** A press may be a chord (`+`), and several may follow each other (a space). */
export const keyText = (keys: string): string =>
  keys
    .split(' ')
    .map((press) =>
      press
        .split('+')
        .map((key) => WORDS[key] ?? (key.length === 1 ? key.toUpperCase() : key))
        .join(' '),
    )
    .join(', ')
