// Rings and latest-value slots: every interleaving of their steps, and one script played on both languages' sides.
import { describe, expect, it } from 'vitest'
import { ringReader, ringWriter } from '../../src/engine/wire/ring.ts'
import { slotReader } from '../../src/engine/wire/seqlock.ts'
import { constants, enums, records } from '../../src/generated/wire.ts'
import { bootEngine } from './engine.ts'

/** Runs `make()`'s threads in every order of their steps; each thread yields before each shared access. */
function everyOrder<S>(
  make: () => { threads: Generator<unknown, void>[]; state: S },
  check: (state: S) => void,
): number {
  let runs = 0
  const explore = (prefix: number[]): void => {
    const { threads, state } = make()
    const open = threads.map(() => true)
    for (const index of prefix) open[index] = !threads[index]!.next().done
    if (!open.some(Boolean)) {
      runs++
      check(state)
      return
    }
    // Each prefix is replayed from the start: the threads cannot be copied.
    open.forEach((alive, index) => alive && explore([...prefix, index]))
  }
  explore([])
  return runs
}

/** The steps of ring.ts and ring.h on plain words, one shared access at a time. `order` lets a test break the protocol. */
function ringModel(capacity: number, sends: number, receives: number, publishFirst = false) {
  const state = {
    head: 0,
    tail: 0,
    slots: new Array<number>(capacity).fill(-1),
    sent: [] as number[],
    got: [] as number[],
  }
  function* producer(): Generator<unknown, void> {
    for (let value = 0; value < sends; value++) {
      yield 'load tail'
      const tail = state.tail
      if (state.head - tail >= capacity) continue
      const at = state.head % capacity
      if (publishFirst) {
        yield 'publish'
        state.head++
        yield 'write'
        state.slots[at] = value
      } else {
        yield 'write'
        state.slots[at] = value
        yield 'publish'
        state.head++
      }
      state.sent.push(value)
    }
  }
  function* consumer(): Generator<unknown, void> {
    for (let n = 0; n < receives; n++) {
      yield 'load head'
      const head = state.head
      if (state.tail === head) continue
      yield 'read'
      const value = state.slots[state.tail % capacity]!
      yield 'release'
      state.tail++
      state.got.push(value)
    }
  }
  return { threads: [producer(), consumer()], state }
}

const isPrefix = (part: readonly number[], whole: readonly number[]): boolean =>
  part.every((value, i) => whole[i] === value)

function slotModel(writes: number, unguarded = false) {
  const state = { sequence: 0, words: [0, 0], seen: [] as [number, number][] }
  function* writer(): Generator<unknown, void> {
    for (let n = 1; n <= writes; n++) {
      if (!unguarded) {
        yield 'odd'
        state.sequence++
      }
      yield 'word 0'
      state.words[0] = n
      yield 'word 1'
      state.words[1] = n
      if (!unguarded) {
        yield 'even'
        state.sequence++
      }
    }
  }
  function* reader(): Generator<unknown, void> {
    for (let attempt = 0; attempt < 2; attempt++) {
      yield 'before'
      const before = state.sequence
      if (before & 1) continue
      yield 'read 0'
      const a = state.words[0]!
      yield 'read 1'
      const b = state.words[1]!
      yield 'after'
      if (state.sequence === before) state.seen.push([a, b])
    }
  }
  return { threads: [writer(), reader()], state }
}

describe('ring', () => {
  it.each([1, 2, 4])('in every interleaving with room for %i, what arrives is what was sent, in order', (capacity) => {
    const runs = everyOrder(
      () => ringModel(capacity, 3, 3),
      ({ sent, got, head, tail }) => {
        expect(isPrefix(got, sent)).toBe(true)
        expect(head - tail).toBeLessThanOrEqual(capacity)
        expect(head).toBe(sent.length)
        expect(tail).toBe(got.length)
      },
    )
    expect(runs).toBeGreaterThan(100)
  })

  it('the same search finds the fault of a ring that publishes before it writes', () => {
    let broken = 0
    everyOrder(
      () => ringModel(2, 2, 2, true),
      ({ sent, got }) => void (isPrefix(got, sent) || broken++),
    )
    expect(broken).toBeGreaterThan(0)
  })

  it('a full ring tells its producer and loses nothing; indices wrap', () => {
    const capacity = 8
    const buffer = new SharedArrayBuffer(records.ring.bytes + capacity * constants.recordBytes)
    const header = new Int32Array(buffer)
    header[records.ring.offset.capacity / 4] = capacity
    // Just below the wrap of 32-bit counters.
    header[records.ring.offset.head / 4] = header[records.ring.offset.tail / 4] = -3
    const writer = ringWriter(buffer, 0)
    const reader = ringReader(buffer, 0)
    const record = new Int32Array(8)
    const into = new Int32Array(8)
    for (let i = 0; i < capacity; i++) expect(writer.push(record.fill(i))).toBe(true)
    expect(writer.push(record.fill(99))).toBe(false)
    for (let i = 0; i < capacity; i++) {
      expect(reader.pop(into)).toBe(true)
      expect([...into]).toEqual(new Array(8).fill(i))
    }
    expect(reader.pop(into)).toBe(false)
  })

  it('note-ons are refused below a quarter free; note-off, pedal and panic still fit', () => {
    const { commands } = bootEngine()
    let notes = 0
    while (commands.noteOn(0, notes + 1, 60, 1)) notes++
    expect(notes).toBe((constants.commandCapacity * 3) / 4)
    expect(commands.setParam(0, 0, 0, 0)).toBe(false)
    expect(commands.noteOff(0, 1, 0)).toBe(true)
    expect(commands.sustain(0, false)).toBe(true)
    expect(commands.panic()).toBe(true)
  })

  it('one script of writes and reads leaves the same replies whichever side handled the ring', () => {
    // TypeScript writes commands, C++ reads them and writes replies, TypeScript reads those: tokens make the whole way round.
    const engine = bootEngine()
    let token = 0
    let random = 7
    const next = (n: number): number => (random = (random * 48271) % 2147483647) % n
    const expected: number[] = []
    for (let round = 0; round < 500; round++) {
      for (let n = next(40); n > 0; n--) if (engine.commands.ping(++token)) expected.push(token)
      engine.instance.exports.engine_pump!()
      if (next(3) === 0) expect(engine.replies().map(({ id }) => id)).toEqual(expected.splice(0))
    }
    expect(engine.replies().map(({ id }) => id)).toEqual(expected)
    expect(token).toBeGreaterThan(constants.commandCapacity)
  })

  it('records of another generation are dropped and counted', () => {
    const engine = bootEngine()
    const stale = engine.wire.buffer
    expect(stale).toBeInstanceOf(SharedArrayBuffer)
    const record = new Int32Array(8)
    const view = new DataView(record.buffer)
    view.setUint16(records.command.offset.type, enums.event.ping, true)
    view.setUint16(records.command.offset.flags, 3 << 8, true)
    view.setBigInt64(records.command.offset.frame, -(2n ** 63n), true)
    engine.commands.raw(record)
    engine.render(320)
    expect(engine.replies()).toEqual([])
    expect(engine.status('stale')).toBe(1)
  })
})

describe('latest-value slot', () => {
  it('in every interleaving a reader sees whole values or nothing', () => {
    const runs = everyOrder(
      () => slotModel(2),
      ({ seen }) => seen.forEach(([a, b]) => expect(a).toBe(b)),
    )
    expect(runs).toBeGreaterThan(1000)
  })

  it('the same search finds the fault of a slot without a sequence', () => {
    let torn = 0
    everyOrder(
      () => slotModel(2, true),
      ({ seen }) => void (seen.some(([a, b]) => a !== b) && torn++),
    )
    expect(torn).toBeGreaterThan(0)
  })

  it('reads what the engine wrote, and gives up while a write is open', () => {
    const engine = bootEngine()
    engine.render(3200)
    const slot = engine.wire.slot(enums.slotId.status)
    const words = new Int32Array(8)
    expect(slot.read(words)).toBe(true)
    expect(words[enums.statusWord.frameLow]).toBe(3200)
    const header = new DataView(engine.wire.buffer, engine.instance.exports.engine_wire!())
    const address = header.getUint32(records.wireHeader.offset.slots, true)
    const sequence = new Int32Array(engine.wire.buffer, address, 1)
    Atomics.add(sequence, 0, 1)
    expect(slotReader(engine.wire.buffer, address, 0).read(words)).toBe(false)
  })

  it('levels are computed only while somebody listens', () => {
    const engine = bootEngine()
    const slot = engine.wire.slot(enums.slotId.master)
    const words = new Int32Array(4)
    const peak = (): number => (slot.read(words), new Float32Array(words.buffer)[enums.levelWord.peakLeft]!)
    const patch = { units: { osc: { type: 'square' } }, out: { left: 'osc', right: 'osc' } }
    engine.install({
      patch: { version: 1, ...patch, mods: [], voices: { max: 1, mode: 'poly', glideSeconds: 0 }, groups: [] },
    })
    engine.noteOn(1, 60, 1)
    engine.render(4800)
    expect(peak()).toBe(0)
    slot.lease(4800 / 32 + 3000)
    engine.render(4800)
    expect(peak()).toBeGreaterThan(0.5)
  })
})
