// A worker that is not there yet (Node).
import { expect, test } from 'vitest'
import { lateWorker } from './late.ts'

function fake() {
  const said: unknown[] = []
  const target = new EventTarget()
  const worker = Object.assign(target, {
    postMessage: (message: unknown) => void said.push(message),
    terminate: () => void said.push('end'),
  })
  let started = 0
  const late = lateWorker(() => {
    started++
    return worker as unknown as Worker
  })
  return { said, worker, late, started: () => started }
}

test('what is sent before it begins arrives in order, once, and it starts once', () => {
  const { said, late, started } = fake()
  late.endpoint.postMessage(1)
  late.endpoint.postMessage(2)
  expect(started()).toBe(0)
  late.begin()
  late.begin()
  late.endpoint.postMessage(3)
  expect(said).toEqual([1, 2, 3])
  expect(started()).toBe(1)
})
test('listeners hear it from its first word, those taken away do not', () => {
  const { worker, late } = fake()
  const heard: string[] = []
  const gone = (): void => void heard.push('gone')
  late.endpoint.addEventListener('message', () => void heard.push('kept'))
  late.endpoint.addEventListener('message', gone)
  late.endpoint.removeEventListener('message', gone)
  late.begin()
  worker.dispatchEvent(new Event('message'))
  expect(heard).toEqual(['kept'])
})
test('after its end it does not start', () => {
  const { late, started } = fake()
  late.end()
  late.begin()
  expect(started()).toBe(0)
})
