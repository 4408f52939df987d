// Like checks take turns in CI, one for each commit; `npm run verify` runs them all (Playwright).
import { test } from '@playwright/test'
import { hasTurn } from '../wasm/test/turn.ts'

/** Skips the running test unless it is this commit's turn: check `index` of `count` alike. */
export function oneOf(index: number, count: number): void {
  test.skip(!hasTurn(index, count), `one of ${count} like checks for each commit`)
}

/** As `test`, for a file whose tests open a page before they begin. */
export const testOneOf = (index: number, count: number): typeof test | typeof test.skip =>
  hasTurn(index, count) ? test : test.skip
