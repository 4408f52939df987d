// Two instances on one memory: the audio instance never allocates, and an attempt to do so traps.
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import { records } from '../../src/generated/wire.ts'
import { hashOf, bootEngine, effect, type Sound } from './engine.ts'
import { sawPatch } from './patches.ts'
import { bootTwins } from './twins.ts'

const sound: Sound = {
  patch: sawPatch({ mods: [{ from: 'env', to: 'filter.cutoff', amount: 2 }] }),
  effects: [effect('plate'), effect('chorus'), effect('delay')],
}

describe('two instances on one memory', () => {
  it('the audio instance takes and gives no memory, whatever is played, edited, swapped or reset', () => {
    const { control, engine } = bootTwins()
    const count = (): number[] => [0, 1, 2].map((which) => control.exports.mem_count!(which))
    const { compiled } = engine.install(sound)
    const next = engine.load(sound)
    const third = engine.load(sound)
    const before = count()
    let id = 0
    for (let round = 0; round < 40; round++) {
      engine.noteOn(++id, 40 + (id % 30))
      engine.commands.at(null).setParam(0, 0, compiled.params['filter.cutoff']!.param, 200 + 100 * round)
      engine.commands.at(null).setBypass(0, 1, round % 2 === 0)
      if (round === 10) engine.commands.installProgram(0, next.handle, 'swap')
      if (round === 20) engine.commands.installProgram(0, third.handle, 'switch')
      if (round === 30) engine.commands.reset(5)
      if (round === 35) engine.commands.panic()
      engine.render(2048, 100)
      engine.replies()
    }
    expect(count()).toEqual(before)
    expect(engine.returned()).toHaveLength(2)
  })

  it('an allocation from the audio stack traps', () => {
    const { audio, control } = bootTwins()
    expect(() => audio.exports.mem_alloc!(64)).toThrow(WebAssembly.RuntimeError)
    expect(control.exports.mem_alloc!(64)).toBeGreaterThan(0)
  })

  it('renders the same bits as one instance alone', () => {
    const play = (engine: ReturnType<typeof bootEngine>): string => {
      engine.install(sound)
      engine.noteOn(1, 50)
      engine.noteOn(2, 57)
      return hashOf(engine.render(9600))
    }
    expect(play(bootTwins().engine)).toBe(play(bootEngine()))
  })

  it('renders in one thread while the other builds and frees programs: 200 hot swaps, every program comes back', async () => {
    const { control, engine } = bootTwins()
    const stop = new Int32Array(new SharedArrayBuffer(8))
    const worker = new Worker(
      `const { workerData: d } = require('node:worker_threads')
       const { exports } = new WebAssembly.Instance(d.module, { env: { memory: d.memory } })
       exports.__stack_pointer.value = d.stack
       while (Atomics.load(d.stop, 0) === 0) { exports.engine_render(128); Atomics.add(d.stop, 1, 1) }`,
      {
        eval: true,
        workerData: {
          module: control.module,
          memory: control.memory,
          stack: stackTop(engine.wire.buffer, control.exports.engine_wire!()),
          stop,
        },
      },
    )
    await once(worker, 'online')
    let installed = 0
    let freed = 0
    const tick = () => new Promise((resolve) => setTimeout(resolve, 1))
    /** Waits until at most `most` programs are out; a renderer that is starved of its core gets time, a dead one fails. */
    const collect = async (most: number) => {
      for (let i = 0; i < 5000 && (i === 0 || installed - freed > most); i++) {
        await tick()
        for (const handle of engine.returned()) freed += control.exports.program_free!(handle)
      }
    }
    while (Atomics.load(stop, 1) === 0) await tick()
    for (let i = 0; i < 200; i++) {
      engine.install(sound, i % 2 ? 'swap' : 'switch')
      engine.noteOn(i + 1, 40 + (i % 24))
      engine.noteOff(i)
      installed++
      await collect(24)
    }
    engine.commands.at(null).clearStrip(0)
    await collect(0)
    Atomics.store(stop, 0, 1)
    await once(worker, 'exit')
    expect(freed).toBe(installed)
    expect(engine.status('stale')).toBe(0)
  })
})

function stackTop(buffer: ArrayBufferLike, header: number): number {
  return new DataView(buffer, header).getUint32(records.wireHeader.offset.stackEnd, true)
}
