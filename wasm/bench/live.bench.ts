// 512 held voices of two oscillators and 24 dB, played live by the page: time of the worklet's calls and sound that was lost, beside the same
// engine at rest and a worklet that does nothing, in turn. Node.
import { emptyRun, idleRun, openLive, playHeldVoices, QUANTUM_US, voicesRun, type Run } from '../../e2e/callbacks.ts'
import { withPages } from './page.ts'

const VOICES = 512
const ROUNDS = 3
const SECONDS = 10

interface Row {
  what: string
  value: number
  unit: string
  bar?: number
}

export default function bench(): Promise<Row[]> {
  return withPages(async (newPage) => {
    const rounds: { idle: Run; held: Run; empty: number }[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const page = await newPage()
      await openLive(page)
      const idle = await idleRun(page, SECONDS)
      await playHeldVoices(page, VOICES, SECONDS + 60)
      const held = await voicesRun(page, VOICES, SECONDS)
      await page.close()
      const bare = await newPage()
      const empty = await emptyRun(bare, SECONDS)
      await bare.close()
      rounds.push({ idle, held, empty })
    }
    const share = (us: number): number => (100 * us) / QUANTUM_US
    const lostMs = (seconds: (of: (typeof rounds)[number]) => number): number =>
      1000 * rounds.reduce((sum, of) => sum + seconds(of), 0)
    const least = Math.min(...rounds.map(({ held }) => held.meanUs))
    const emptyMs = lostMs(({ empty }) => empty)
    return [
      // Other processes only add to it: the least of the rounds is nearest to an idle core.
      { what: `${VOICES} voices: mean call, least round`, value: share(least), unit: '% of its time', bar: 30 },
      ...rounds.flatMap(({ idle, held }, round): Row[] => [
        { what: `round ${round + 1}: engine at rest, mean`, value: share(idle.meanUs), unit: '%' },
        { what: `round ${round + 1}: mean`, value: share(held.meanUs), unit: '%' },
        { what: `round ${round + 1}: median`, value: share(held.p50Us), unit: '%' },
        { what: `round ${round + 1}: 99.9 of 100 calls`, value: share(held.p999Us), unit: '%' },
      ]),
      { what: 'sound lost, empty worklet', value: emptyMs, unit: 'ms' },
      { what: 'sound lost, engine at rest', value: lostMs(({ idle }) => idle.underrunSeconds), unit: 'ms' },
      {
        what: `sound lost, ${VOICES} voices`,
        value: lostMs(({ held }) => held.underrunSeconds),
        unit: 'ms',
        bar: emptyMs + 10,
      },
    ]
  })
}
