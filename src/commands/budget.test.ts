// What the engine may take: kept with the session, and an effect that would delay too long is refused (Node).
import { expect, test } from 'vitest'
import { EFFECTS } from '../generated/effects.ts'
import { readSession } from '../project/session.ts'
import { testApp } from './testApp.ts'

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
