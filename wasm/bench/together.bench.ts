// A song of 16 tracks rendered by one, two and four workers in the page: the best of some rounds, in turn. Node.
import { open } from '../../e2e/app.ts'
import { withPages } from './page.ts'

const WORKERS = [1, 2, 4]
const ROUNDS = 3
const BEATS = 64
/** Of so many workers, where there are as many cores. */
const LEAST_SHARE = 0.8

export default function bench(): Promise<{ what: string; value: number; unit: string; least?: number }[]> {
  return withPages(async (newPage) => {
    const page = await newPage()
    await open(page)
    const { cores, seconds, best } = await page.evaluate(
      async ({ workers, rounds, beats }) => {
        const { run, state, renderProject } = window.soundloom!
        await run('project.openDemo')
        // Whatever plays or moves in the page takes a core of its own.
        await run('transport.stop')
        const { tracks } = state().project as { tracks: { id: string }[] }
        for (const { id } of tracks) await run('track.duplicate', { trackId: id })
        const best = workers.map(() => Infinity)
        let seconds = 0
        const hashes = new Set<string>()
        for (let round = 0; round < rounds; round++)
          for (const [index, count] of workers.entries()) {
            const begun = performance.now()
            const { frames, sampleRate, sha256 } = await renderProject({ fromBeat: 0, toBeat: beats, workers: count })
            best[index] = Math.min(best[index]!, performance.now() - begun)
            seconds = frames / sampleRate
            hashes.add(sha256)
          }
        if (hashes.size !== 1) throw new Error('The number of workers changes the samples')
        return { cores: navigator.hardwareConcurrency, seconds, best }
      },
      { workers: WORKERS, rounds: ROUNDS, beats: BEATS },
    )
    return WORKERS.flatMap((count, index) => {
      const faster = best[0]! / best[index]!
      const name = `16 tracks, ${String(count)} of ${String(cores)} cores`
      return [
        { what: name, value: (seconds * 1000) / best[index]!, unit: 'x real time' },
        ...(count === 1
          ? []
          : [
              {
                what: `${name}: times one worker`,
                value: faster,
                unit: 'x',
                ...(count <= cores ? { least: LEAST_SHARE * count } : {}),
              },
            ]),
      ]
    })
  })
}
