// When the watchdog calls for help, and when it must not (Node).
import { expect, test } from 'vitest'
import { CHECK_MS, createWatchdog, type Pulse, type Verdict } from './watchdog.ts'

const healthy = (i: number): Pulse => ({ heartbeat: i * 90, contextTime: i / 4, audioRunning: true, controlBeat: i })

/** Verdicts of one check every CHECK_MS. */
function watch(pulses: readonly Pulse[], stepMs = CHECK_MS): Verdict[] {
  const dog = createWatchdog()
  return pulses.map((pulse, i) => dog.check(pulse, i * stepMs))
}
const series = (count: number, change: (pulse: Pulse, i: number) => Pulse): Pulse[] =>
  Array.from({ length: count }, (_, i) => change(healthy(i), i))

test('a healthy engine is left alone', () => {
  expect(new Set(watch(series(40, (pulse) => pulse)))).toEqual(new Set(['fine']))
})

test('a dead processor under a running context: resume after half a second, a new node after two', () => {
  const verdicts = watch(series(12, (pulse) => ({ ...pulse, heartbeat: 7 })))
  expect(verdicts.indexOf('resume')).toBe(2)
  expect(verdicts.indexOf('rebuild-node')).toBe(8)
})

test('an audio thread that hangs needs a new context', () => {
  expect(watch(series(12, (pulse) => ({ ...pulse, heartbeat: 7, contextTime: 1 })))).toContain('rebuild-context')
})

test('a suspended context may stand still for ever', () => {
  const verdicts = watch(series(60, (pulse) => ({ ...pulse, heartbeat: 0, contextTime: 0, audioRunning: false })))
  expect(new Set(verdicts)).toEqual(new Set(['fine']))
})

test('a dead control worker is found while audio goes on', () => {
  expect(watch(series(12, (pulse) => ({ ...pulse, controlBeat: 3 }))).indexOf('rebuild-control')).toBe(8)
})

test('a control worker busy for one second is not dead', () => {
  const verdicts = watch(series(20, (pulse, i) => ({ ...pulse, controlBeat: i < 5 ? 1 : i })))
  expect(new Set(verdicts)).toEqual(new Set(['fine']))
})

test('waking from sleep accuses nobody', () => {
  const dog = createWatchdog()
  dog.check(healthy(1), 0)
  expect(dog.check(healthy(1), 3_600_000)).not.toMatch(/rebuild/)
  expect(dog.check(healthy(2), 3_600_250)).toBe('fine')
})

test('after a reset the count starts again', () => {
  const dog = createWatchdog()
  for (let i = 0; i < 8; i++) dog.check({ ...healthy(i), heartbeat: 1 }, i * CHECK_MS)
  dog.reset()
  expect(dog.check({ ...healthy(9), heartbeat: 1 }, 9 * CHECK_MS)).toBe('fine')
})
