// Figures of the diagnostics panel as text (Node).
import { expect, test } from 'vitest'
import type { Diagnostics } from '../../../engine/live/diagnostics.ts'
import { dearestOf, diagnosticsText, engineTime, figureGroups, microseconds, percent, searchGroups } from './figures.ts'

const reading: Diagnostics = {
  calls: {
    times: { samples: 12_000, meanUs: 120.4, p99Us: 640, p999Us: 900, worstUs: 2900 },
    quantumUs: 2666.7,
    slowCalls: 3,
  },
  slow: [
    {
      id: '1',
      frame: 3_024_000,
      generation: 2,
      us: 2900,
      share: 1.0875,
      atSeconds: 63,
      dearest: { track: 'Strings', device: 'Plate', share: 0.62 },
    },
  ],
  engine: {
    running: true,
    sampleRate: 48000,
    blockSize: 128,
    generation: 2,
    memoryMiB: 128,
    voices: 9,
    groups: 3,
    maxVoices: 16,
    cpuUsage: 0.045,
    dropouts: 0,
    dropoutSeconds: null,
    outputLatencySeconds: 0.0213,
    masterLatencySeconds: 0.0015,
  },
  governor: {
    level: 1,
    maxCpu: 0.7,
    events: [{ id: 1, atSeconds: 61, level: 1, load: 0.82, dearest: 'Plate on Strings: 31 %' }],
  },
  transport: {
    generation: 2,
    sampleRate: 48000,
    blockFrames: 128,
    subscribers: 2,
    rateHz: 30,
    actualRateHz: 29.94,
    updates: 1800,
    busy: 0,
  },
  heapMiB: null,
}
const figure = (name: string, from = reading) => figureGroups(from)[0]!.figures.find((each) => each.name === name)

test('times have units and their share of what a call may take', () => {
  expect(figure('Average')).toMatchObject({ value: '120 µs', also: '4.5 %', bad: false })
  expect(figure('Longest')).toMatchObject({ value: '2.9 ms', also: '109 %', bad: true })
  expect([microseconds(999.4), microseconds(2666.7), microseconds(15_040)]).toEqual(['999 µs', '2.67 ms', '15 ms'])
  expect([percent(0.004), percent(0.5), engineTime(0.25), engineTime(125.5)]).toEqual([
    '0.4 %',
    '50 %',
    '0:00.250',
    '2:05.500',
  ])
})

test('what nobody knows is said so and is never zero', () => {
  const silent = {
    ...reading,
    calls: { times: null, quantumUs: null, slowCalls: 0 },
    engine: { ...reading.engine, running: false },
  }
  expect(figure('Average', silent)).toMatchObject({ value: 'audio is not running', also: undefined, bad: false })
  expect(figure('Average', { ...silent, engine: reading.engine })!.value).toBe('not told')
  expect(figure('Sound lost')!.value).toBe('not told')
})

test('a slow call names track, device and its estimated share', () => {
  expect(dearestOf(reading.slow[0]!)).toBe('Strings, Plate (62 %)')
  expect(dearestOf({ ...reading.slow[0]!, dearest: null })).toBe('nothing ran')
})

test('the text for a bug report holds every figure and every slow call', () => {
  const text = diagnosticsText(reading, ['Soundloom 0.1.0'])
  expect(text.startsWith('Soundloom 0.1.0\n')).toBe(true)
  for (const { title, figures } of figureGroups(reading)) {
    expect(text).toContain(title)
    for (const { name, value } of figures) expect(text).toContain(`${name}: ${value}`)
  }
  expect(text).toContain('1:03.000  2.9 ms  109 %  Strings, Plate (62 %)')
})

test('the search worker tells its own figures and those of its transport store', () => {
  const { transport } = reading
  const groups = searchGroups({
    model: 'words',
    sounds: 20_040,
    terms: 3100,
    version: 501,
    queries: 7,
    lastMilliseconds: 4.256,
    p95Milliseconds: null,
    indexMilliseconds: 2326.4,
    transport: { ...transport, subscribers: 1 },
  })
  const lines = groups.flatMap(({ title, figures }) => figures.map(({ name, value }) => `${title} ${name} ${value}`))
  expect(lines).toContain('Search worker Sounds 20,040')
  expect(lines).toContain('Search worker Last one took 4.26 ms')
  expect(lines).toContain('Search worker 95 % take at most not told')
  expect(lines).toContain('Search worker Spent on the index 2326 ms')
  expect(lines).toContain('Transport store, search worker Subscribers 1')
  expect(diagnosticsText(reading, [], groups)).toContain('Search worker\n  Sounds: 20,040')
})
