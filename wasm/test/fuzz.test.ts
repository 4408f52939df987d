// Whatever a producer writes into its ring, and however full memory is: no trap, finite sound, and an answer.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileProgram } from '../../src/compile/program.ts'
import { constants, enums, records } from '../../src/generated/wire.ts'
import { bootEngine, effect, peakOf, programInput, stepOf, type Sound } from './engine.ts'
import { sawPatch, voice } from './patches.ts'

const RUNS = process.env.VERIFY ? 3000 : 60

const sound: Sound = {
  patch: sawPatch({
    voices: voice(6),
    mods: [
      { from: 'wheel', to: 'filter.cutoff', amount: 2 },
      { from: 'timbre', to: 'filter.cutoff', amount: 2 },
    ],
  }),
  effects: [effect('delay'), effect('chorus')],
}

const word = fc.oneof(
  fc.integer({ min: 0, max: 12 }),
  fc.constantFrom(0x3f800000, 0x42700000, 0x7fc00000, 0x7f800000, 0xff800000, 0xffffffff, 0x80000000, 513, 1025),
  fc.integer({ min: 0, max: 0xffffffff }),
)
const record = fc.record({
  type: fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: 0, max: 20 }) },
    { weight: 2, arbitrary: fc.constantFrom(enums.event.express, enums.event.timbre) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 65535 }) },
  ),
  flags: fc.constantFrom(0, 0, 0, 1, 2, 3, 255, 256),
  target: fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: word }),
  late: fc.oneof(fc.constant<number | null>(null), fc.integer({ min: -400, max: 400 })),
  payload: fc.array(word, { minLength: 4, maxLength: 4 }),
})

describe('any record', () => {
  it('never traps, never makes a sample that is not finite, and the engine plays on', () => {
    const engine = bootEngine()
    const free = Array.from({ length: 6 }, () => engine.load(sound).handle)
    let noteId = 100_000
    let sounding = 0
    let now = 0n
    const words = new Int32Array(8)
    const view = new DataView(words.buffer)
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 40 }), (batch) => {
        // Something always plays when the batch comes.
        if (engine.status('program') === 0 && free.length > 0)
          engine.commands.at(null).installProgram(0, free.shift()!, 'switch')
        engine.noteOn(++noteId, 60, 1)
        for (const { type, flags, target, late, payload } of batch) {
          view.setUint16(records.command.offset.type, type, true)
          view.setUint16(records.command.offset.flags, flags, true)
          view.setUint32(records.command.offset.target, target, true)
          view.setBigInt64(records.command.offset.frame, late === null ? -(2n ** 63n) : now + BigInt(late), true)
          payload.forEach((value, i) => view.setUint32(16 + 4 * i, value, true))
          engine.commands.raw(words)
        }
        const { left, right } = engine.render(256)
        now += 256n
        expect(Number.isFinite(peakOf(left)) && Number.isFinite(peakOf(right))).toBe(true)
        expect(peakOf(left)).toBeLessThanOrEqual(64)
        engine.replies()
        if (peakOf(left) > 0.001) sounding++
        for (const handle of engine.returned())
          if (engine.instance.exports.program_renew!(handle) === 1) free.push(handle)
      }),
      { seed: 21, numRuns: RUNS },
    )
    expect(sounding).toBeGreaterThan(RUNS / 4)
    // Back to a known state: it still plays.
    const { handle } = engine.load(sound)
    engine.commands.at(null).masterMute(false)
    engine.commands.masterGain(0)
    engine.commands.stripGain(0, 0)
    engine.commands.sustain(0, false)
    engine.commands.installProgram(0, handle, 'switch')
    engine.render(4800)
    engine.noteOn(999, 60, 1)
    expect(peakOf(engine.render(9600).left)).toBeGreaterThan(0.02)
  })

  it('thousands of records for one micro-block are all applied, some of them late', () => {
    const engine = bootEngine()
    const { compiled } = engine.install(sound)
    const { device, param } = compiled.params['fx1.mix']!
    engine.render(1024)
    let sent = 0
    while (engine.commands.at(null).setParam(0, device, param, (sent % 100) / 100)) sent++
    engine.commands.sustain(0, true)
    engine.noteOff(77)
    engine.render(128)
    engine.commands.ping(5)
    engine.render(4800)
    expect(sent).toBe((constants.commandCapacity * 3) / 4)
    expect(engine.status('queued')).toBe(0)
    expect(engine.replies().at(-1)).toMatchObject({ type: 'pong', id: 5 })
  })
})

describe('memory', () => {
  it('when it is full a program is refused with that reason, nothing leaks, and freeing makes room again', () => {
    const engine = bootEngine(48000, 0, 32 * 1024 * 1024)
    const { exports } = engine.instance
    const { bytes } = compileProgram(programInput({ ...sound, effects: [effect('plate'), effect('delay')] }))
    const used = (): number => exports.mem_count!(2)
    const before = used()
    const handles: number[] = []
    for (;;) {
      const handle = engine.loadBytes(bytes)
      if (handle === 0) break
      handles.push(handle)
    }
    expect(engine.wire.lastError()[0]).toBe(enums.planError.memory)
    expect(handles.length).toBeGreaterThan(4)
    for (const handle of handles) expect(exports.program_free!(handle)).toBe(1)
    expect(used()).toBe(before)
    expect(engine.loadBytes(bytes)).not.toBe(0)
  })

  it('an engine that does not fit says so instead of trapping', () => {
    expect(() => bootEngine(48000, 0, 8 * 1024 * 1024)).toThrow('engine_create failed')
  })
})

describe('long silence', () => {
  it('a decaying tail costs no more than the sound that feeds it: no subnormals slow it down', () => {
    const engine = bootEngine()
    engine.install({
      ...sound,
      effects: [
        effect('plate', { decay: 2 }),
        effect('phaser', { feedback: 0.5 }),
        effect('eq'),
        effect('delay', { feedback: 0.8 }),
      ],
    })
    const least = (): number => {
      let best = Infinity
      for (let i = 0; i < 600; i++) {
        const begin = performance.now()
        engine.instance.exports.engine_render!(128)
        best = Math.min(best, performance.now() - begin)
      }
      return best
    }
    for (let id = 1; id <= 4; id++) engine.noteOn(id, 40 + 5 * id, 1)
    engine.render(4800)
    const playing = least()
    for (let id = 1; id <= 4; id++) engine.noteOff(id)
    for (let second = 0; second < 12; second++) {
      engine.render(24000, 4096)
      expect(least()).toBeLessThan(1.5 * playing)
    }
    expect(stepOf(engine.render(960).left)).toBeLessThan(0.5)
  })
})
