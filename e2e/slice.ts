// Which of several like checks CI runs: one for each commit, another with the next; `npm run verify` runs them all (Playwright).
import { execFileSync } from 'node:child_process'
import { test } from '@playwright/test'

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

/** Skips the running test unless it is this commit's turn: check `index` of `count` alike. */
export function oneOf(index: number, count: number): void {
  test.skip(!process.env.VERIFY && seed % count !== index, `one of ${count} like checks for each commit`)
}
