// The pool of render workers: order, cancelling, idling, dying (Node, workers played by message channels).
import { afterEach, expect, test, vi } from 'vitest'
import { SoundloomError } from '../../params/error.ts'
import { serve } from '../rpc.ts'
import { createPool, poolSize, togetherSize } from './pool.ts'

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

test('one core is left to the page while workers render together, four at most', () => {
  expect([1, 2, 3, 4, 5, 64, undefined].map(togetherSize)).toEqual([1, 1, 2, 3, 4, 4, 1])
})

test('together: those that are free and new ones, never waiting for a busy one', async () => {
  const { pool, finish } = setUp(2)
  const busy = pool.run((api) => api.work('busy'), 'background')
  const counts: number[] = []
  const gather = (most: number, name: string) =>
    pool.together(
      most,
      (apis) => {
        counts.push(apis.length)
        return Promise.all(apis.map((api, n) => api.work(`${name}${String(n)}`)))
      },
      'prompt',
    )
  const first = gather(2, 'a')
  const second = gather(3, 'b')
  expect(pool.alive).toBe(2)
  await finish('a0')
  expect(await first).toEqual(['a0 done'])
  for (const name of ['b0', 'b1']) await finish(name)
  expect(await second).toEqual(['b0 done', 'b1 done'])
  // Three may be alive where three were asked for.
  expect([counts, pool.alive]).toEqual([[1, 2], 3])
  await finish('busy')
  await busy
})

test.each(['cancelled', 'a worker dies'])('together: %s, and the job is told to end', async (how) => {
  const { pool, errors } = setUp(1)
  const calling = new AbortController()
  let ended = false
  const job = pool.together(
    2,
    (_, signal) =>
      new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => {
          ended = true
          reject(new SoundloomError('cancelled', 'Cancelled'))
        })
      }),
    'prompt',
    calling.signal,
  )
  expect(pool.alive).toBe(2)
  if (how === 'cancelled') calling.abort()
  else errors[1]?.({ message: 'out of memory' })
  await expect(job).rejects.toMatchObject({ code: how === 'cancelled' ? 'cancelled' : 'engine-fault' })
  expect([ended, pool.alive]).toEqual([true, how === 'cancelled' ? 2 : 1])
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
