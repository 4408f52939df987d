// How the time grows with voices and with tracks, a heavy patch in 512 voices, and a whole song: the shipped path in Node. Writes a plot.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sessionScore, twoSawPatch, voicesScore, type BenchScore } from '../../src/compile/benchWorks.ts'
import { demoProject, SONG_BEATS } from '../../src/project/demo/demo.ts'
import { BPM } from '../../src/project/demo/arrangement.ts'
import { runScore } from '../../src/workers/render/bench.ts'
import { playSong } from '../test/song/player.ts'
import { engineModule } from '../test/module.ts'

interface Row {
  what: string
  value: number
  unit: string
  bar?: number
  least?: number
}
const SPEC = { sampleRate: 48_000, seconds: 1, block: 128 }
const MIB = 128
const VOICES = [1, 16, 32, 64, 128, 256, 384, 512]
const TRACKS = [1, 4, 8, 16, 32, 48, 64]
/** Straight within this share of its variance. */
const STRAIGHT = 0.98

/** Milliseconds for one second of sound, the least of a few. */
function cost(score: BenchScore, rounds = 5): number {
  let best = Infinity
  for (let round = 0; round < rounds; round++)
    best = Math.min(best, runScore(engineModule(), score, SPEC, MIB).ms / SPEC.seconds)
  return best
}

/** Least squares: base and slope, and the share of the variance that the line explains. */
function line(points: readonly (readonly [number, number])[]): { base: number; slope: number; r2: number } {
  const n = points.length
  const [mx, my] = [0, 1].map((k) => points.reduce((sum, point) => sum + point[k]!, 0) / n) as [number, number]
  const slope =
    points.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0) / points.reduce((sum, [x]) => sum + (x - mx) ** 2, 0)
  const base = my - slope * mx
  const rest = points.reduce((sum, [x, y]) => sum + (y - base - slope * x) ** 2, 0)
  return { base, slope, r2: 1 - rest / points.reduce((sum, [, y]) => sum + (y - my) ** 2, 0) }
}

function plot(
  title: string,
  points: readonly (readonly [number, number])[],
  fit: { base: number; slope: number },
): string {
  const [width, height, left, bottom] = [640, 260, 50, 30]
  const most = points.at(-1)![0]
  const top = Math.max(...points.map(([, y]) => y), fit.base + fit.slope * most) * 1.05
  const x = (value: number): string => (left + ((width - left - 10) * value) / most).toFixed(1)
  const y = (value: number): string => (height - bottom - ((height - bottom - 24) * value) / top).toFixed(1)
  const dots = points.map(
    ([at, ms]) => `<circle cx="${x(at)}" cy="${y(ms)}" r="3"><title>${at}: ${ms.toFixed(2)} ms</title></circle>`,
  )
  const labels = points.map(([at]) => `<text x="${x(at)}" y="${height - 12}" text-anchor="middle">${at}</text>`)
  const marks = [0, 0.25, 0.5, 0.75, 1].map((share) => {
    const value = (share * top) / 1.05
    return `<text x="${left - 6}" y="${y(value)}" text-anchor="end">${value.toFixed(1)}</text>`
  })
  return `<g><text x="${left}" y="14">${title}: ms for one second of sound</text>
<line x1="${x(0)}" y1="${y(fit.base)}" x2="${x(most)}" y2="${y(fit.base + fit.slope * most)}" stroke="currentColor"/>
${dots.join('')}${labels.join('')}${marks.join('')}</g>`
}

export default function bench(): Row[] {
  const grown = ([what, counts, score]: readonly [string, readonly number[], (n: number) => BenchScore]) => {
    const points = counts.map((n): [number, number] => [n, cost(score(n))])
    return { what, points, fit: line(points) }
  }
  const both = (
    [
      ['voices', VOICES, (n: number) => voicesScore(n)],
      ['tracks', TRACKS, sessionScore],
    ] as const
  ).map(grown)
  const svg = both.map(
    ({ what, points, fit }, i) => `<g transform="translate(0 ${280 * i})">${plot(what, points, fit)}</g>`,
  )
  const folder = join(process.cwd(), '.cache')
  mkdirSync(folder, { recursive: true })
  writeFileSync(
    join(folder, 'growth.svg'),
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 550" font-family="sans-serif" font-size="11">${svg.join('')}</svg>\n`,
  )
  const seconds = (SONG_BEATS * 60) / BPM
  const song = demoProject()
  // Sixteen tracks: those of the demo, twice.
  const twice = { ...song, tracks: [...song.tracks, ...song.tracks.map((track) => ({ ...track, id: `${track.id}b` }))] }
  // The first time the compiler is still at work beside it.
  const ratios = Array.from({ length: 3 }, () => {
    const begun = performance.now()
    playSong(twice, { fromBeat: 0, seconds, seed: song.seed })
    return (seconds * 1000) / (performance.now() - begun)
  })
  return [
    ...both.flatMap(({ what, points, fit }): Row[] => [
      ...points.map(([n, ms]) => ({ what: `${what}: ${n}`, value: ms, unit: 'ms per s' })),
      { what: `${what}: each more`, value: fit.slope, unit: 'ms per s' },
      { what: `${what}: share that a straight line explains`, value: fit.r2, unit: '', least: STRAIGHT },
    ]),
    {
      what: '512 voices of two oscillators and 24 dB',
      value: cost(voicesScore(512, twoSawPatch)) / 10,
      unit: '% of a core',
      bar: 30,
    },
    {
      what: `song of ${twice.tracks.length} tracks, offline`,
      value: Math.max(...ratios),
      unit: 'x real time',
      least: 20,
    },
  ]
}
