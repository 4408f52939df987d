// What the engine may take: kept with the session, and an effect that would delay too long is refused (Node).
import { afterEach, expect, test, vi } from 'vitest'
import { EFFECTS } from '../generated/effects.ts'
import { latencyHintOf, MAX_LATENCY_MS } from '../params/budget.ts'
import { readSession } from '../project/session.ts'
import { followMaster } from './followMaster.ts'
import { testApp } from './testApp.ts'

afterEach(() => void vi.useRealTimers())

test('both budgets are kept, and numbers out of range are refused', async () => {
  const app = testApp()
  await app.run('engine.setMaxCpu', { maxCpu: 0.5 })
  await app.run('engine.setMaxLatency', { maxLatencyMs: 20 })
  expect(app.stores.session.getState()).toMatchObject({ maxCpu: 0.5, maxLatencyMs: 20 })
  expect(readSession(app.stores.session.getState())).toMatchObject({ maxCpu: 0.5, maxLatencyMs: 20 })
  await expect(app.run('engine.setMaxCpu', { maxCpu: 1.5 })).rejects.toMatchObject({ code: 'invalid-argument' })
  expect(readSession({ maxCpu: 7, maxLatencyMs: 'soon' })).toMatchObject({ maxCpu: 0.7, maxLatencyMs: 250 })
})

test('an effect that delays longer than the limit is not added, and the error says by how much', async () => {
  const app = testApp()
  const { trackId } = await app.run('track.add', { presetId: 'one' })
  const slow = EFFECTS.reduce((most, spec) => (spec.latencyMs > most.latencyMs ? spec : most))
  expect(slow.latencyMs).toBeGreaterThan(20)
  await app.run('engine.setMaxLatency', { maxLatencyMs: 20 })
  const devices = () => app.stores.project.getState().tracks[0]!.devices.length
  const before = devices()
  await expect(app.run('device.add', { trackId, type: slow.id })).rejects.toMatchObject({
    code: 'over-budget',
    message: expect.stringContaining(`${slow.label} delays by`) as string,
  })
  expect(devices()).toBe(before)
  await app.run('device.add', { trackId, type: 'compressor' })
  await app.run('engine.setMaxLatency', { maxLatencyMs: 500 })
  await app.run('device.add', { trackId, type: slow.id })
  expect(devices()).toBe(before + 2)
})

test('the output follows the latency limit: short, as usual, long; a limit that is still being moved is no wish', async () => {
  expect([MAX_LATENCY_MS.min, 20, 21, MAX_LATENCY_MS.init, 399, 400].map(latencyHintOf)).toEqual([
    0,
    0,
    'interactive',
    'interactive',
    'interactive',
    'playback',
  ])
  vi.useFakeTimers()
  const app = testApp()
  const asked: unknown[] = []
  const engine = { ...app.context.engine, setLatencyHint: (hint: unknown) => void asked.push(hint) }
  const stop = followMaster(app.stores, engine)
  expect(asked).toEqual(['interactive'])
  for (const maxLatencyMs of [300, 450, 500, 8]) await app.run('engine.setMaxLatency', { maxLatencyMs })
  expect(asked).toEqual(['interactive'])
  vi.runAllTimers()
  expect(asked).toEqual(['interactive', 0])
  // Nothing else of the session asks.
  await app.run('engine.setMaxCpu', { maxCpu: 0.5 })
  vi.runAllTimers()
  expect(asked).toEqual(['interactive', 0])
  stop()
  await app.run('engine.setMaxLatency', { maxLatencyMs: 450 })
  vi.runAllTimers()
  expect(asked).toHaveLength(2)
})
