// Live readings from the real engine's slots (Node, browser counters by hand).
import { expect, test } from 'vitest'
import { STATS_BYTES } from '../../worklets/stats.ts'
import { bootEngine, peakOf } from '../../wasm/test/engine.ts'
import { sawPatch } from '../../wasm/test/patches.ts'
import type { Generation } from './generation.ts'
import type { LevelReading } from './live.ts'
import { createReadings } from './readings.ts'

function setUp(context: object = {}) {
  const engine = bootEngine()
  const generation = {
    wire: engine.wire,
    stats: new SharedArrayBuffer(STATS_BYTES),
    blockFrames: 128,
    context: { state: 'running', sampleRate: 48000, outputLatency: 0, ...context },
  } as unknown as Generation
  const level: LevelReading = { peakLeft: -1, peakRight: -1, rmsLeft: -1, rmsRight: -1 }
  return { engine, generation, level, readings: createReadings(() => generation) }
}

test('nothing is known before an engine runs, and nothing is written', () => {
  const readings = createReadings(() => null)
  const level: LevelReading = { peakLeft: 7, peakRight: 7, rmsLeft: 7, rmsRight: 7 }
  expect(readings.readLevels('master', level)).toBe(false)
  expect(level.peakLeft).toBe(7)
  expect(new Set(Object.values(readings.figures()))).toEqual(new Set([null]))
})

test('levels are those of the output, once somebody has asked', () => {
  const { engine, level, readings } = setUp()
  engine.install({ patch: sawPatch() })
  engine.noteOn(1, 57)
  engine.render(1600)
  // The first question tells the engine that somebody looks.
  readings.readLevels('master', level)
  const { left } = engine.render(4800)
  expect(readings.readLevels('master', level)).toBe(true)
  expect(level.peakLeft).toBeGreaterThan(0.9 * peakOf(left, 3200))
  expect(level.peakLeft).toBeLessThanOrEqual(peakOf(left) * 1.0001)
  expect(level.rmsLeft).toBeLessThan(level.peakLeft)
  expect(level.rmsLeft).toBeGreaterThan(0)
})

test('voices are counted', () => {
  const { engine, readings } = setUp()
  engine.install({ patch: sawPatch() })
  for (const [id, note] of [50, 54, 57].entries()) engine.noteOn(id + 1, note)
  engine.render(1600)
  expect(readings.figures()).toMatchObject({ voices: 3, groups: 1, maxVoices: 8 })
})

test('the latency of the master is that of its limiter', () => {
  const { engine, readings } = setUp()
  engine.render(1600)
  expect(readings.figures().masterLatencySeconds).toBeCloseTo(0.0015, 6)
})

test('what the browser cannot tell is null, never 0', () => {
  expect(setUp().readings.figures()).toMatchObject({
    cpuUsage: null,
    dropouts: null,
    dropoutSeconds: null,
    outputLatencySeconds: null,
  })
  const playbackStats = { underrunEvents: 0, underrunDuration: 0 }
  expect(setUp({ playbackStats, outputLatency: 0.03 }).readings.figures()).toMatchObject({
    dropouts: 0,
    dropoutSeconds: 0,
    outputLatencySeconds: 0.03,
  })
})
