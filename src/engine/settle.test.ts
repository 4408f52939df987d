// Waiting for the engine, against the real module (Node).
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { bootEngine } from '../../wasm/test/engine.ts'
import type { Generation } from './generation.ts'
import { drainReplies } from './replies.ts'
import { createSettling } from './settle.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const rig = () => {
  const engine = bootEngine()
  const replies = engine.wire.replies()
  const living = { commands: engine.wire.commands('main') } as Generation
  const state = { current: living as Generation | null, awake: true }
  const settling = createSettling({
    generation: () => state.current,
    turn() {
      if (state.awake) engine.pump()
      drainReplies(
        replies,
        () => undefined,
        settling.answered,
        () => undefined,
      )
    },
  })
  const settled = async (): Promise<boolean> => {
    let done = false
    void settling.settled().then(() => (done = true))
    await vi.advanceTimersByTimeAsync(40)
    return done
  }
  return { state, settled, settling, engine }
}

test('a sleeping engine answers once it has done what came before', async () => {
  const { settled, state, engine } = rig()
  const before = engine.status('refused')
  state.current!.commands.stripGain(9999, 0)
  expect(await settled()).toBe(true)
  engine.render(320)
  expect(engine.status('refused')).toBe(before + 1)
})

test('nobody waits longer than a second for an engine that is silent, and no timer is left', async () => {
  const { settled, state } = rig()
  state.awake = false
  expect(await settled()).toBe(false)
  await vi.advanceTimersByTimeAsync(1100)
  expect(vi.getTimerCount()).toBe(0)
})

test('a replaced engine ends the wait', async () => {
  const { settling, state } = rig()
  state.awake = false
  let done = false
  void settling.settled().then(() => (done = true))
  state.current = null
  await vi.advanceTimersByTimeAsync(10)
  expect([done, vi.getTimerCount()]).toEqual([true, 0])
})
