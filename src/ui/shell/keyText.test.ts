// Shortcuts in words.
import { expect, test } from 'vitest'
import { keyText } from './keyText.ts'

test('a shortcut is written as it is pressed', () => {
  expect(keyText('$mod+Shift+z')).toBe('Ctrl Shift Z')
  expect(keyText('Space')).toBe('Space')
  expect(keyText('l')).toBe('L')
  expect(keyText('Escape Escape')).toBe('Esc, Esc')
})
