// Which of several like checks this commit runs: each has its turn, `npm run verify` runs them all. Tests only.
import { execFileSync } from 'node:child_process'

function commit(): number {
  try {
    const hash = execFileSync('git', ['rev-parse', '--short=7', 'HEAD'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return Number.parseInt(hash, 16)
  } catch {
    return 0
  }
}
const seed = commit()

/** It is the turn of check `index` of `count` alike. */
export const hasTurn = (index: number, count: number): boolean =>
  Boolean(process.env.VERIFY) || seed % count === index % count

/** Sample rates in Hz: one for each commit. */
export const RATES: readonly number[] = [44_100, 48_000, 96_000].filter((_, index) => hasTurn(index, 3))
