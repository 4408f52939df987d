// The last line of CI tells the truth. Node.
import { expect, it } from 'vitest'
import { countPlaywright, countVitest } from './counts.mjs'

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((each) => ({ status: each })),
})

it('counts tests, and a file that does not load as one failure', () => {
  const report = {
    testResults: [file('passed', 'passed', 'skipped'), file('failed', 'failed', 'passed'), file('failed')],
  }
  expect(countVitest(report, 1)).toEqual({ passed: 2, failed: 2, skipped: 1 })
})

it('counts a run that ends badly as failed even when every test passed or no report was written', () => {
  expect(countVitest({ testResults: [file('passed', 'passed')] }, 1)).toEqual({ passed: 1, failed: 1, skipped: 0 })
  expect(countVitest(null, null).failed).toBe(1)
  expect(countPlaywright(null, 1).failed).toBe(1)
})

it('counts a flaky end-to-end test as failed', () => {
  const report = { stats: { expected: 3, unexpected: 0, flaky: 1, skipped: 2 } }
  expect(countPlaywright(report, 0)).toEqual({ passed: 3, failed: 1, skipped: 2 })
})
