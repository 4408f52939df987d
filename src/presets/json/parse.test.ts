// Tests of the tolerant JSON parser: equal to JSON.parse on what is JSON, total on what is not (Node).
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeText } from './decode.ts'
import { JsonDocument, type JsonNode } from './node.ts'
import { valueOf } from './value.ts'

const runs = { numRuns: process.env.VERIFY ? 20_000 : 300, seed: 20261 }
const codes = (text: string): string[] => new JsonDocument(text).source.notes.map((note) => note.code)
const read = (text: string): unknown => {
  const { root } = new JsonDocument(text)
  return root ? JSON.parse(JSON.stringify(valueOf(root))) : undefined
}
const at = (text: string, ...path: string[]): JsonNode => {
  let node = new JsonDocument(text).root
  for (const step of path) node = node?.entries().find((entry) => entry.key === step)?.node ?? null
  if (!node) throw new Error(`no ${path.join('/')}`)
  return node
}

test('every JSON text reads as JSON.parse reads it, without a note', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 8 }), fc.constantFrom(0, 2), (text, indent) => {
      const written = JSON.stringify(JSON.parse(text), null, indent)
      const document = new JsonDocument(written)
      expect(document.source.notes).toEqual([])
      expect(document.source.stopped).toBe('end')
      expect(read(written)).toEqual(JSON.parse(written))
    }),
    runs,
  )
})

test('a text that JSON.parse refuses is never taken silently', () => {
  const piece = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '"b',
    '1',
    '-',
    '01',
    '1.',
    '.5',
    'true',
    'nul',
    ' ',
    '//x\n',
    '\\',
    '\u0001',
    '"\\x"',
    '1e',
    '+3',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join('')
      const { notes, stopped } = new JsonDocument(text).source
      let valid = true
      try {
        JSON.parse(text)
      } catch {
        valid = false
      }
      expect(notes.length === 0 && stopped === 'end').toBe(valid)
    }),
    { ...runs, numRuns: runs.numRuns * 10 },
  )
})

test('any bytes decode, parse and walk without throwing', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      const document = new JsonDocument(decodeText(bytes).text)
      if (document.root) valueOf(document.root)
    }),
    runs,
  )
})

test('every prefix of a document keeps the members that were closed before the cut', () => {
  const text = '{"a": {"x": 1}, "b": [1, {"y": "z,}"}], "c": {"v": 2}}'
  for (let cut = 0; cut < text.length; cut++) {
    const { root, source } = new JsonDocument(text.slice(0, cut))
    expect(source.stopped).toBe(cut === 0 ? 'empty' : 'truncated')
    const closed = root
      ? root
          .entries()
          .filter((entry) => entry.node.closed)
          .map((entry) => entry.key)
      : []
    const whole = (['a', 'b', 'c'] as const).filter((key) => cut >= { a: 14, b: 38, c: 53 }[key])
    expect(closed).toEqual(whole)
  }
})

test('values carry their JSON pointer and one-based line and column', () => {
  const text = '{\n  "a/b": [10,\n    {"m~n": true}]\n}'
  const node = at(text, 'a/b', '1', 'm~n')
  expect(node.pointer()).toBe('/a~1b/1/m~0n')
  expect(node.position()).toEqual({ line: 3, column: 13 })
  expect(node.document.lineText(3, 13)).toBe('    {"m~n": true}]')
})

test('comments, extra and trailing commas, NaN and loose numbers are read and noted', () => {
  expect(read('{"a": 1, // note\n "b": [1, 2,], /* c */ "c": 3,}')).toEqual({ a: 1, b: [1, 2], c: 3 })
  expect(codes('[NaN, -Infinity, 1,, +2, 0x10, 1 2, "a\\q"] x')).toEqual([
    'not-a-number',
    'extra-comma',
    'loose-number',
    'unknown-word',
    'missing-comma',
    'bad-escape',
    'trailing-text',
  ])
})

test('a wrong bracket stops the reading where it stands', () => {
  const { source, root } = new JsonDocument('{"a": {"b": 1}, "c": [1}, "d": 2}')
  expect([source.stopped, source.stoppedAt]).toEqual(['syntax', 23])
  expect(root?.get('a')?.closed).toBe(true)
  expect(root?.get('c')?.closed).toBe(false)
})

test('100 000 nested arrays are skipped, not followed', () => {
  const { source, root } = new JsonDocument(`{"deep": ${'['.repeat(100_000)}${']'.repeat(100_000)}, "after": 1}`)
  expect(source.notes.map((note) => note.code)).toEqual(['too-deep'])
  expect(root?.get('after')?.number()).toBe(1)
})

test('prototype keys are data and reach no prototype', () => {
  const value = read('{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}')
  expect(Object.keys(value as object)).toEqual(['__proto__', 'constructor'])
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
})

test('byte order marks and UTF-16 give the same text', () => {
  const text = '{"näme": "♪"}'
  const le = new Uint8Array(Buffer.from(text, 'utf16le'))
  const be = le.slice()
  for (let i = 0; i < be.length; i += 2) be.set([le[i + 1] ?? 0, le[i] ?? 0], i)
  const utf8 = new TextEncoder().encode(text)
  const files: [string, Uint8Array][] = [
    ['utf-8', utf8],
    ['utf-8', Uint8Array.of(0xef, 0xbb, 0xbf, ...utf8)],
    ['utf-16le', le],
    ['utf-16le', Uint8Array.of(0xff, 0xfe, ...le)],
    ['utf-16be', be],
    ['utf-16be', Uint8Array.of(0xfe, 0xff, ...be)],
  ]
  for (const [encoding, bytes] of files) expect(decodeText(bytes)).toMatchObject({ text, encoding, replaced: false })
})

test('a string beyond the limit is clipped', () => {
  expect(at(`["${'x'.repeat(20_000)}"]`, '0').string()).toHaveLength(10_000)
  expect(codes(`["${'x'.repeat(20_000)}"]`)).toEqual(['long-string'])
})

test('64 MB parse within five seconds', { timeout: 60_000, skip: !process.env.VERIFY }, () => {
  const row =
    '{"name": "Pad", "filter": {"cutoff": "800Hz", "resonance": 0.25}, "fx": [{"type": "delay", "time": "250ms"}]},\n'
  const text = `[${row.repeat(Math.floor((64 * 2 ** 20) / row.length))}{}]`
  // Processor time: a shared machine gives a test a part of the clock only.
  const start = process.cpuUsage()
  const { source } = new JsonDocument(text)
  expect(source.stopped).toBe('end')
  const { user, system } = process.cpuUsage(start)
  expect((user + system) / 1e6).toBeLessThan(5)
})
