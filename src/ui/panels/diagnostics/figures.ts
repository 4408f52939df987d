// The figures of the diagnostics panel as lines of text with their units, for the screen and for a bug report (main thread).
import { GOVERNOR_LEVELS } from '../../../generated/governor.ts'
import type { Diagnostics, NamedCall } from '../../../engine/live/diagnostics.ts'
import type { SearchStatistics } from '../../../presets/library/search.ts'
import type { TransportMetrics } from '../../../transport/store.ts'

export type SearchFigures = SearchStatistics & { readonly transport: TransportMetrics }

export interface Figure {
  readonly name: string
  readonly value: string
  /** A second reading of the same thing: the share of a call's time. */
  readonly also?: string | undefined
  readonly bad?: boolean
}

export interface FigureGroup {
  readonly title: string
  readonly figures: readonly Figure[]
}

const UNKNOWN = 'not told'

const rounded = (value: number, digits: number): string => String(Number(value.toFixed(digits)))
export const microseconds = (us: number): string =>
  us < 1000 ? `${Math.round(us)} µs` : `${rounded(us / 1000, us < 10_000 ? 2 : 1)} ms`
export const percent = (share: number): string => `${rounded(share * 100, share < 0.1 ? 1 : 0)} %`
const milliseconds = (seconds: number | null): string =>
  seconds === null ? UNKNOWN : `${rounded(seconds * 1000, 1)} ms`
const hertz = (value: number | null): string => (value === null ? UNKNOWN : `${value.toLocaleString('en')} Hz`)
const count = (value: number | null): string => (value === null ? UNKNOWN : value.toLocaleString('en'))

/** Minutes, seconds and milliseconds of engine time. */
export function engineTime(seconds: number): string {
  const minutes = Math.floor(seconds / 60)
  return `${minutes}:${(seconds - 60 * minutes).toFixed(3).padStart(6, '0')}`
}

/** `2, Still tails`. */
export const governorLevel = (level: number): string => `${String(level)}, ${GOVERNOR_LEVELS[level]?.label ?? ''}`

export function figureGroups({ calls, engine, transport, heapMiB, governor }: Diagnostics): FigureGroup[] {
  const { times, quantumUs, slowCalls } = calls
  const unknown = engine.running ? UNKNOWN : 'audio is not running'
  const time = (name: string, us: number | undefined): Figure => ({
    name,
    value: us === undefined ? unknown : microseconds(us),
    also: us === undefined || quantumUs === null ? undefined : percent(us / quantumUs),
    bad: us !== undefined && quantumUs !== null && us > quantumUs,
  })
  return [
    {
      title: 'Calls of the audio thread',
      figures: [
        time('Average', times?.meanUs),
        time('99 % take at most', times?.p99Us),
        time('Longest', times?.worstUs),
        { name: 'Time for each', value: quantumUs === null ? UNKNOWN : microseconds(quantumUs) },
        { name: 'Calls timed', value: count(times?.samples ?? 0) },
        { name: 'Slow calls', value: count(slowCalls), bad: slowCalls > 0 },
        { name: 'Dropouts', value: count(engine.dropouts), bad: (engine.dropouts ?? 0) > 0 },
        { name: 'Sound lost', value: milliseconds(engine.dropoutSeconds), bad: (engine.dropoutSeconds ?? 0) > 0 },
      ],
    },
    {
      title: 'Engine',
      figures: [
        { name: 'Sample rate', value: hertz(engine.sampleRate) },
        { name: 'Block', value: `${engine.blockSize} frames` },
        { name: 'CPU', value: engine.cpuUsage === null ? unknown : percent(engine.cpuUsage) },
        { name: 'CPU budget', value: percent(governor.maxCpu) },
        { name: 'Quality level', value: governorLevel(governor.level), bad: governor.level > 0 },
        { name: 'Voices', value: count(engine.voices), also: groupsOf(engine.groups) },
        { name: 'Output latency', value: milliseconds(engine.outputLatencySeconds) },
        { name: 'Limiter latency', value: milliseconds(engine.masterLatencySeconds) },
        { name: 'Engine memory', value: `${engine.memoryMiB} MiB` },
        { name: 'Page memory', value: heapMiB === null ? UNKNOWN : `${Math.round(heapMiB)} MiB` },
        { name: 'Starts', value: count(engine.generation) },
      ],
    },
    transportGroup('Transport store', transport),
  ]
}

/** Of one thread's transport store. */
const transportGroup = (title: string, transport: TransportMetrics): FigureGroup => ({
  title,
  figures: [
    { name: 'Sample rate', value: hertz(transport.sampleRate) },
    { name: 'Block', value: transport.blockFrames === null ? UNKNOWN : `${transport.blockFrames} frames` },
    { name: 'Subscribers', value: count(transport.subscribers) },
    { name: 'Rate wanted', value: hertz(transport.rateHz) },
    {
      name: 'Actual rate',
      value: transport.actualRateHz === null ? 'nobody watches' : hertz(Number(transport.actualRateHz.toFixed(1))),
    },
    { name: 'Updates', value: count(transport.updates) },
    { name: 'Readings given up', value: count(transport.busy), bad: transport.busy > 0 },
  ],
})

const took = (ms: number | null): string => (ms === null ? UNKNOWN : `${rounded(ms, ms < 10 ? 2 : 0)} ms`)

/** The search worker, and its own transport store. */
export const searchGroups = (search: SearchFigures): FigureGroup[] => [
  {
    title: 'Search worker',
    figures: [
      { name: 'Sounds', value: count(search.sounds) },
      { name: 'Words', value: count(search.terms) },
      { name: 'Searches', value: count(search.queries) },
      { name: 'Last one took', value: took(search.lastMilliseconds) },
      { name: '95 % take at most', value: took(search.p95Milliseconds) },
      { name: 'Spent on the index', value: took(search.indexMilliseconds) },
    ],
  },
  transportGroup('Transport store, search worker', search.transport),
]

const groupsOf = (groups: number | null): string | undefined =>
  groups === null ? undefined : groups === 1 ? '1 group' : `${groups} groups`

export const dearestOf = ({ dearest }: NamedCall): string =>
  dearest ? `${dearest.track}, ${dearest.device} (${percent(dearest.share)})` : 'nothing ran'

/** Everything as text; `about` names the version and the browser. */
export function diagnosticsText(
  reading: Diagnostics,
  about: readonly string[],
  more: readonly FigureGroup[] = [],
): string {
  const lines = [...about]
  for (const { title, figures } of [...figureGroups(reading), ...more]) {
    lines.push('', title)
    for (const { name, value, also } of figures) lines.push(`  ${name}: ${value}${also ? `, ${also}` : ''}`)
  }
  lines.push('', 'Slow calls')
  if (reading.slow.length === 0) lines.push('  none')
  for (const call of reading.slow)
    lines.push(
      `  ${engineTime(call.atSeconds)}  ${microseconds(call.us)}  ${percent(call.share)}  ${dearestOf(call)}  (start ${call.generation})`,
    )
  lines.push('', 'Changes of quality')
  if (reading.governor.events.length === 0) lines.push('  none')
  for (const { atSeconds, level, load, dearest } of reading.governor.events)
    lines.push(
      `  ${engineTime(atSeconds)}  ${governorLevel(level)}${load === null ? '' : `  ${percent(load)}`}  ${dearest ?? ''}`,
    )
  return lines.join('\n')
}
