// The pool of render workers: order, cancelling, idling, dying (Node, workers played by message channels).
import { afterEach, expect, test, vi } from 'vitest'
import { serve } from '../rpc.ts'
import { createPool, poolSize } from './pool.ts'

interface Api {
  work(name: string): Promise<string>
}

/** A pool whose workers finish a job only when `finish(name)` is called. */
function setUp(size: number, idleMs = 1e6) {
  const started: string[] = []
  const finishers = new Map<string, () => void>()
  const errors: ((event: { message: string }) => void)[] = []
  let terminated = 0
  const spawn = (): Worker => {
    const { port1, port2 } = new MessageChannel()
    serve(
      {
        work(name: string) {
          started.push(name)
          return new Promise<string>((done) => finishers.set(name, () => done(`${name} done`)))
        },
      } satisfies Api,
      port1,
    )
    const listen = port2.addEventListener.bind(port2)
    const fake = Object.assign(port2, {
      terminate() {
        terminated++
        port1.close()
        port2.close()
      },
      addEventListener(type: string, listener: never) {
        if (type === 'error') errors.push(listener)
        else listen(type as 'message', listener)
      },
    })
    return fake as unknown as Worker
  }
  const pool = createPool<Api>({ spawn, size, idleMs })
  pools.push(pool)
  const finish = async (name: string): Promise<void> => {
    await expect.poll(() => finishers.has(name)).toBe(true)
    finishers.get(name)?.()
  }
  return { pool, started, finish, errors, terminated: () => terminated }
}
const pools: { dispose(): void }[] = []
afterEach(() => {
  for (const pool of pools.splice(0)) pool.dispose()
  vi.useRealTimers()
})

test('two cores are left to audio and page, one worker is always there, many cores do not mean many workers', () => {
  expect([1, 2, 3, 6, 64, undefined].map(poolSize)).toEqual([1, 1, 1, 4, 6, 2])
})

test('what someone waits for overtakes what runs in the background', async () => {
  const { pool, started, finish } = setUp(1)
  const jobs = [
    pool.run((api) => api.work('a'), 'background'),
    pool.run((api) => api.work('b'), 'background'),
    pool.run((api) => api.work('c'), 'prompt'),
  ]
  for (const name of ['a', 'c', 'b']) await finish(name)
  expect(await Promise.all(jobs)).toEqual(['a done', 'b done', 'c done'])
  expect(started).toEqual(['a', 'c', 'b'])
})

test('never more workers than asked for', async () => {
  const { pool, finish } = setUp(2)
  const jobs = ['a', 'b', 'c'].map((name) => pool.run((api) => api.work(name), 'background'))
  expect(pool.alive).toBe(2)
  for (const name of ['a', 'b', 'c']) await finish(name)
  await Promise.all(jobs)
})

test('a cancelled job that still waits never starts', async () => {
  const { pool, started, finish } = setUp(1)
  const first = pool.run((api) => api.work('a'), 'background')
  const controller = new AbortController()
  const second = pool.run((api) => api.work('b'), 'background', controller.signal)
  controller.abort()
  await expect(second).rejects.toMatchObject({ code: 'cancelled' })
  await finish('a')
  await first
  expect(started).toEqual(['a'])
})

test('a worker that dies rejects its own job only, and the next one gets a new worker', async () => {
  const { pool, finish, errors } = setUp(1)
  const first = pool.run((api) => api.work('a'), 'background')
  const second = pool.run((api) => api.work('b'), 'background')
  errors[0]?.({ message: 'out of memory' })
  await expect(first).rejects.toMatchObject({ code: 'engine-fault', message: 'out of memory' })
  await finish('b')
  expect(await second).toBe('b done')
})

test('idle workers end, and work starts them again', async () => {
  const { pool, finish, terminated } = setUp(1, 30)
  const first = pool.run((api) => api.work('a'), 'background')
  await finish('a')
  await first
  await expect.poll(() => pool.alive).toBe(0)
  expect(terminated()).toBe(1)
  const second = pool.run((api) => api.work('b'), 'background')
  await finish('b')
  expect(await second).toBe('b done')
})

test('closing rejects what waits and what runs', async () => {
  const { pool } = setUp(1)
  const jobs = ['a', 'b'].map((name) => pool.run((api) => api.work(name), 'prompt'))
  pool.dispose()
  for (const job of jobs) await expect(job).rejects.toMatchObject({ code: 'cancelled' })
})
