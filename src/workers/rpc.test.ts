// Behaviours of worker calls: errors keep their fields, signals cross and stop a busy loop (Node, over a message channel).
import { afterEach, expect, test } from 'vitest'
import { SoundloomError } from '../params/error.ts'
import { callback, connect, isCancelled, serve, throwIfCancelled } from './rpc.ts'

const open: MessagePort[] = []
afterEach(() => open.splice(0).forEach((port) => port.close()))

function link<Api extends object>(api: Api) {
  const { port1, port2 } = new MessageChannel()
  open.push(port1, port2)
  serve(api, port1)
  return connect<Api>(port2)
}

test('a SoundloomError keeps code, field, value and hint across threads', async () => {
  const remote = link({
    fail(): void {
      throw new SoundloomError('limit-exceeded', 'Too many units', {
        field: '/units',
        value: 300,
        hint: 'Remove some.',
      })
    },
  })
  const error = await remote.fail().catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(SoundloomError)
  expect(error).toMatchObject({
    code: 'limit-exceeded',
    message: 'Too many units',
    field: '/units',
    value: 300,
    hint: 'Remove some.',
  })
})

test('a value that cannot be cloned travels as text instead of hiding the error', async () => {
  const remote = link({
    fail(): void {
      throw new SoundloomError('invalid-argument', 'Not a number', { value: () => 1 })
    },
  })
  await expect(remote.fail()).rejects.toMatchObject({ code: 'invalid-argument', value: '() => 1' })
})

test('any other error keeps its name and message and gets no code', async () => {
  const remote = link({
    async fail(): Promise<void> {
      throw new RangeError('out')
    },
  })
  const error = await remote.fail().catch((thrown: unknown) => thrown)
  expect(error).not.toBeInstanceOf(SoundloomError)
  expect(error).toMatchObject({ name: 'RangeError', message: 'out' })
})

test('an abort reaches a call that awaits', async () => {
  const remote = link({
    wait: (signal: AbortSignal) =>
      new Promise<string>((done) => signal.addEventListener('abort', () => done('aborted'))),
  })
  const controller = new AbortController()
  const result = remote.wait(controller.signal)
  controller.abort()
  expect(await result).toBe('aborted')
})

test('a signal aborted before the call is cancelled on arrival, without waiting for a message', async () => {
  const remote = link({
    check(signal: AbortSignal): boolean {
      const first = isCancelled(signal)
      throwIfCancelled(signal)
      return first
    },
  })
  await expect(remote.check(AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' })
})

test('a call that ends leaves the caller’s signal without listeners', async () => {
  const controller = new AbortController()
  let listeners = 0
  const { addEventListener, removeEventListener } = controller.signal
  controller.signal.addEventListener = (...args: Parameters<typeof addEventListener>) => {
    listeners++
    addEventListener.apply(controller.signal, args)
  }
  controller.signal.removeEventListener = (...args: Parameters<typeof removeEventListener>) => {
    listeners--
    removeEventListener.apply(controller.signal, args)
  }
  const remote = link({ quick: (value: number, signal: AbortSignal) => (isCancelled(signal) ? -1 : value) })
  expect(await remote.quick(7, controller.signal)).toBe(7)
  await expect.poll(() => listeners).toBe(0)
})

test('a callback runs on the caller’s side while the call goes on', async () => {
  const remote = link({
    async count(onStep: (step: number) => void): Promise<string> {
      for (let step = 0; step < 3; step++) await onStep(step)
      return 'done'
    },
  })
  const steps: number[] = []
  expect(await remote.count(callback((step: number) => void steps.push(step)))).toBe('done')
  expect(steps).toEqual([0, 1, 2])
})
