// Adds up what Vitest and Playwright report. A run that ends badly never counts as passed. Node.

/**
 * @param {{testResults: {status: string, assertionResults: {status: string}[]}[]} | null} report Vitest's JSON; null: it wrote none
 * @param {number | null} exitCode
 */
export function countVitest(report, exitCode) {
  const count = { passed: 0, failed: 0, skipped: 0 }
  for (const { status, assertionResults } of report?.testResults ?? []) {
    for (const test of assertionResults) {
      if (test.status === 'passed') count.passed++
      else if (test.status === 'failed') count.failed++
      else count.skipped++
    }
    // A file that does not load holds no tests.
    if (status === 'failed' && !assertionResults.some((test) => test.status === 'failed')) count.failed++
  }
  return orFailed(count, exitCode)
}

/**
 * @param {{stats: {expected: number, unexpected: number, flaky: number, skipped: number}} | null} report Playwright's JSON
 * @param {number | null} exitCode
 */
export function countPlaywright(report, exitCode) {
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = report?.stats ?? {}
  return orFailed({ passed: expected, failed: unexpected + flaky, skipped }, exitCode)
}

const orFailed = (count, exitCode) => (exitCode !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count)
