// What counts as an outage of the sound (Node).
import { expect, test } from 'vitest'
import { createOutageWatch } from './outage.ts'

test('before the first gesture a suspended context is no outage', () => {
  const watch = createOutageWatch()
  expect(watch.state('suspended')).toBeNull()
  expect(watch.failed()).toBeNull()
})
test('a running context that stops by itself is one, until it runs again', () => {
  const watch = createOutageWatch()
  watch.state('running')
  expect(watch.state('interrupted')).toBe('interrupted')
  expect(watch.state('suspended')).toBe('interrupted')
  expect(watch.state('running')).toBeNull()
})
test('a lost device is named', () => {
  const watch = createOutageWatch()
  watch.state('running')
  expect(watch.failed()).toBe('device')
  expect(watch.state('suspended')).toBe('device')
})
test('a rest that the page takes itself is none', () => {
  const watch = createOutageWatch()
  watch.state('running')
  watch.expect()
  expect(watch.state('suspended')).toBeNull()
  watch.state('running')
  expect(watch.state('closed')).toBe('interrupted')
})
