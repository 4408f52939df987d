// Tests of mix shares (Node).
import { expect, test } from 'vitest'
import { mixShares } from './ratios.ts'

test('ratios are scaled to sum 1 and missing ones share the rest', () => {
  expect(mixShares([0.6, 0.4], 2)).toEqual([0.6, 0.4])
  expect(mixShares([0.7], 1)).toEqual([1])
  expect(mixShares([0.4], 3)).toEqual([0.4, 0.3, 0.3])
  expect(mixShares([3, 1], 2)).toEqual([0.75, 0.25])
  expect(mixShares([], 4)).toEqual([0.25, 0.25, 0.25, 0.25])
  expect(mixShares([1, 1], 4)).toEqual([0.25, 0.25, 0.25, 0.25])
  expect(mixShares([0, 0], 2)).toEqual([0.5, 0.5])
  expect(mixShares([0.2, 0.8, 9], 2)).toEqual([0.2, 0.8])
})
