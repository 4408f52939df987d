// Triple buffers: in any order of steps of both sides, the reader sees whole results, the newest, and never an older one again.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createTriple, tripleReader, tripleWriter } from './triple.ts'

const COUNTS = [3, 1, 2]

describe('triple buffer', () => {
  test('nothing is there before the first result', () => {
    const buffer = createTriple(COUNTS)
    const reader = tripleReader(buffer, COUNTS)
    expect([reader.refresh(), reader.stamp, reader.computed()]).toEqual([false, null, 0])
  })

  test('readings, stamp, cost and counts arrive as they were written', () => {
    const buffer = createTriple(COUNTS)
    const writer = tripleWriter(buffer, COUNTS)
    const reader = tripleReader(buffer, COUNTS)
    writer.values.set([1, 2, 3, 4, 5, 6])
    writer.publish({ generation: 7, engineFrame: 2 ** 40 + 1, songFrame: 99 }, 12.4)
    writer.addDropped(64)
    expect(reader.refresh()).toBe(true)
    expect(reader.stamp).toEqual({ generation: 7, engineFrame: 2 ** 40 + 1, songFrame: 99 })
    expect(COUNTS.map((_, index) => [...reader.reading(index)])).toEqual([[1, 2, 3], [4], [5, 6]])
    expect([reader.computed(), reader.droppedFrames(), reader.durationUs()]).toEqual([1, 64, 12])
    expect(reader.refresh()).toBe(false)
  })

  test('whatever the order of steps, what is held is whole and the newest that was published before it was taken', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('fill', 'publish', 'refresh', 'look'), { maxLength: 200 }), (steps) => {
        const buffer = createTriple(COUNTS)
        const writer = tripleWriter(buffer, COUNTS)
        const reader = tripleReader(buffer, COUNTS)
        let filled = 0
        let published = 0
        let held = 0
        for (const step of steps) {
          // The writer may stop in the middle of filling; the reader must not see that.
          if (step === 'fill') writer.values.fill(-1, 0, 2)
          else if (step === 'publish') {
            writer.values.fill(++filled)
            writer.publish({ generation: 1, engineFrame: filled, songFrame: 0 }, 0)
            published = filled
          } else if (step === 'refresh') {
            expect(reader.refresh()).toBe(published > held)
            held = published
          }
          if (held === 0) continue
          expect(reader.stamp!.engineFrame).toBe(held)
          for (const index of COUNTS.keys()) expect(new Set(reader.reading(index))).toEqual(new Set([held]))
        }
      }),
      { numRuns: process.env.VERIFY ? 5000 : 300 },
    )
  })
})
