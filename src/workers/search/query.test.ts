// How a typed query is understood (Node).
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isFiller, parseQuery } from './query.ts'
import { plainWords, wordsOf } from './words.ts'

const PHRASES = new Set(['slow_attack', 'long_release', 'low_pass_filter'])
const parse = (text: string) => parseQuery(text, (term) => PHRASES.has(term))
const said = (text: string): string[] =>
  parse(text)
    .filter((token) => !isFiller(token))
    .map(({ kind, not, words }) => `${not ? 'not ' : ''}${kind === 'words' ? '' : `${kind} `}${words.join('+')}`)

test.each([
  ['warm pad', ['warm', 'pad']],
  ['  Warm,  PAD! ', ['warm', 'pad']],
  ['warm pad slow attack', ['warm', 'pad', 'slow+attack']],
  ['attack slow', ['slow+attack']],
  ['slow, attack', ['slow', 'attack']],
  ['a pad with a low pass filter', ['pad', 'low+pass+filter']],
  ['no reverb', ['not reverb']],
  ['not a pad', ['not pad']],
  ['no reverb or delay', ['not reverb', 'not delay']],
  ['reverb or delay', ['reverb', 'delay']],
  ['bass -distortion', ['bass', 'not distortion']],
  ['not slow attack', ['not slow+attack']],
  ['hi-hat', ['hi+hat']],
  ['lo-fi keys', ['lo+fi', 'keys']],
  ['"glass meadow" soft', ['exact glass+meadow', 'soft']],
  ['no "glass meadow"', ['not exact glass+meadow']],
  ['"open quote', ['exact open+quote']],
  ['echo in tempo', ['echo', 'tempo in+tempo']],
  ['synced delay', ['tempo synced', 'delay']],
  ['Flöte', ['flote']],
  ["singer's voice", ['singers', 'voice']],
  ['no', []],
  ['', []],
])('"%s" is heard as %j', (text, tokens) => expect(said(text)).toEqual(tokens))

test('every token knows its place: leaving it out leaves the others as they were', () => {
  const text = 'warm pad, no reverb "glass meadow" slow attack'
  const tokens = parse(text)
  expect(tokens.map(({ from, to }) => text.slice(from, to))).toEqual([
    'warm',
    'pad',
    'no reverb',
    '"glass meadow"',
    'slow attack',
  ])
  const without = text.slice(0, tokens[2]!.from) + text.slice(tokens[2]!.to)
  expect(parse(without).map(({ words }) => words.join(' '))).toEqual(['warm', 'pad', 'glass meadow', 'slow attack'])
})

test('only the last token may be half typed', () => {
  expect(parse('warm pad').map(({ open }) => open)).toEqual([false, true])
  expect(parse('warm pad ').map(({ open }) => open)).toEqual([false, false])
})

test('any text is understood without an error, in order and inside the text', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc.string({ unit: fc.constantFrom('a', 'no', ' ', '-', '"', ',', 'slow ', 'attack', 'or', '’'), maxLength: 40 }),
  )
  fc.assert(
    fc.property(texts, (text) => {
      let end = 0
      for (const { from, to, words } of parse(text)) {
        expect(from).toBeGreaterThanOrEqual(end)
        expect(to).toBeGreaterThan(from)
        expect(to).toBeLessThanOrEqual(text.length)
        expect(words.every((word) => /^[\p{L}\p{M}\p{N}_]+$/u.test(word))).toBe(true)
        end = to
      }
    }),
  )
})

test('a very long query stays a small one', () => {
  expect(parse('warm pad '.repeat(10_000)).length).toBeLessThanOrEqual(24)
})

test.each([
  ['SuperSaw_Pad2', ['supersaw', 'super', 'saw', 'pad2', 'pad', '2']],
  ['Pad_Warm_Calm', ['pad', 'warm', 'calm']],
  ['lo-fi', ['lofi', 'lo', 'fi']],
  ['FMBass', ['fmbass', 'fm', 'bass']],
  ['Café 80’s', ['cafe', '80s', '80', 's']],
  ['', []],
])('%s is indexed as %j', (text, words) => expect(wordsOf(text)).toEqual(words))

test('names read as they are written, in order', () => {
  expect(plainWords('SuperSaw_Pad2')).toEqual(['super', 'saw', 'pad', '2'])
})
