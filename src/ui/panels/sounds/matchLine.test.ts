// The reason on a tile, and taking tokens back (Node).
import { expect, test } from 'vitest'
import type { MatchedField, SoundMatch } from '../../../presets/library/search.ts'
import { without } from './heardText.ts'
import { matchLine } from './matchLine.ts'

const match = (field: MatchedField, text: string, token = 0): SoundMatch => ({ field, text, token })

test('says what the tile does not show already, values first, nothing twice', () => {
  const matches = [
    match('name', 'pad'),
    match('tags', 'warm'),
    match('description', 'lights'),
    match('characteristics', 'slow attack 900 ms'),
    match('characteristics', 'slow attack 900 ms', 1),
  ]
  expect(matchLine(matches)).toBe('slow attack 900 ms, warm, described as “lights”')
  expect(matchLine([match('file', 'group.json')])).toBe('in group.json')
  expect(matchLine([match('name', 'pad'), match('role', 'pad')])).toBe('')
})

test.each([
  ['warm pad', 0, 4, 'pad'],
  ['warm pad, slow attack', 5, 8, 'warm, slow attack'],
  ['warm, pad', 6, 9, 'warm'],
  ['pad no reverb', 4, 13, 'pad'],
  ['pad', 0, 3, ''],
])('"%s" without what stands at %i to %i is "%s"', (text, from, to, left) =>
  expect(without(text, { from, to })).toBe(left),
)
