// Shares of the sources in a mix (any thread).
import { round } from '../rules/quantity.ts'

/**
 * Shares of `count` sources that sum to 1: missing ratios share what the given ones leave of 1 (or their mean where nothing is
 * left), surplus ones are ignored, all-zero lists become equal shares.
 */
export function mixShares(ratios: readonly number[], count: number): number[] {
  const given = ratios.slice(0, count)
  const sum = given.reduce((total, ratio) => total + ratio, 0)
  const missing = count - given.length
  const rest = sum < 1 ? 1 - sum : given.length > 0 ? (sum / given.length) * missing : 1
  const all = [...given, ...Array.from({ length: missing }, () => rest / missing)]
  const total = all.reduce((a, b) => a + b, 0)
  return all.map((share) => (total > 0 ? round(share / total) : round(1 / count)))
}
