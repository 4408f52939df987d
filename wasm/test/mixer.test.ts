// Tracks, returns and what happens between them: faders, balance, mute, solo, sends.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { constants } from '../../src/generated/wire.ts'
import { bootEngine, effect, peakOf, rmsOf, stepOf, type TestEngine } from './engine.ts'
import { installChain, listen, loadChain, MASTER, play, returns, tone, track } from './strips.ts'

const RUNS = process.env.VERIFY ? 100 : 10
/** Everything has been reached: 15 ms of smoothing, twelve times. */
const SETTLED = 9600
const dB = (gain: number): number => 20 * Math.log10(gain)

/** Highest sample of each strip while it plays, after everything has settled. */
function peaks(engine: TestEngine, ...strips: number[]): number[] {
  const hear = listen(engine, ...strips)
  hear(SETTLED)
  return hear(4800).map(({ left }) => peakOf(left))
}

describe('faders', () => {
  it.each([-1, -0.5, 0, 0.25, 1])('balance at %f keeps the power of the two sides together', (pan) => {
    const engine = bootEngine()
    play(engine, track(0))
    play(engine, track(1))
    engine.commands.at(null).stripPan(track(1), pan)
    const [plain, placed] = listen(engine, track(0), track(1))(4800)
    const [left, right] = [rmsOf(placed!.left) / rmsOf(plain!.left), rmsOf(placed!.right) / rmsOf(plain!.right)]
    expect(left ** 2 + right ** 2).toBeCloseTo(2, 5)
    expect(left).toBeCloseTo(Math.SQRT2 * Math.cos(((pan + 1) * Math.PI) / 4), 5)
    if (pan === 0) expect(placed).toEqual(plain)
  })

  it('gain, balance and mute move without a step, and mute ends in exact silence', () => {
    const engine = bootEngine()
    play(engine, track(0))
    const hear = listen(engine, track(0))
    const steady = stepOf(hear(9600)[0]!.left, 4800)
    const port = engine.commands.at(null)
    for (const change of [
      () => port.stripGain(track(0), -40),
      () => port.stripGain(track(0), 0),
      () => port.stripPan(track(0), 1),
      () => port.stripPan(track(0), 0),
      () => port.stripMute(track(0), true),
      () => port.stripMute(track(0), false),
    ]) {
      change()
      // A fader that falls by 40 dB adds the slope of its own curve.
      expect(stepOf(hear(9600)[0]!.left)).toBeLessThan(1.3 * steady)
    }
    port.stripMute(track(0), true)
    const { left } = hear(9600)[0]!
    expect(peakOf(left, 480 + 64)).toBe(0)
    expect(peakOf(left, 0, 400)).toBeGreaterThan(0.02)
  })

  it('before the first sound values jump, so that a song starts as it is mixed', () => {
    const engine = bootEngine()
    engine.commands.at(null).stripGain(track(0), -6)
    engine.commands.at(null).stripPan(track(0), 0.5)
    play(engine, track(0))
    play(engine, track(1))
    const [moved, plain] = listen(engine, track(0), track(1))(128)
    const gain = 10 ** (-6 / 20) * Math.SQRT2 * Math.cos((1.5 * Math.PI) / 4)
    for (let i = 64; i < 128; i++) expect(moved!.left[i]! / plain!.left[i]!).toBeCloseTo(gain, 5)
  })

  it('a value that makes no sense is refused and changes nothing', () => {
    const engine = bootEngine()
    const port = engine.commands.at(null)
    const bad = [
      () => port.stripPan(track(0), Number.NaN),
      () => port.stripPan(track(0), 1.01),
      () => port.stripPan(0, 0.5),
      () => port.stripMute(0, true),
      () => port.stripGain(track(0), 61),
      () => port.stripGain(constants.strips, 0),
      () => port.stripSolo(returns(0), true),
      () => port.stripSend(0, 1, 0, false),
      () => port.stripSend(track(0), constants.returns, 0, false),
      () => port.stripSend(track(0), 0, Number.NaN, false),
      () => port.analysisTap(constants.analysisTaps, 0, true),
      () => port.analysisTap(0, constants.strips + 1, true),
    ]
    for (const send of bad) send()
    play(engine, track(0))
    const [strip] = listen(engine, track(0))(4800)
    expect(engine.replies().filter(({ type }) => type === 'refused')).toHaveLength(bad.length)
    expect(strip!.left).toEqual(strip!.right)
    expect(peakOf(strip!.left, 2400)).toBeCloseTo(0.25, 3)
  })
})

describe('mute and solo', () => {
  it('a track is heard when it is not muted and, while any is soloed, soloed itself; returns always', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ mute: fc.boolean(), solo: fc.boolean() }), { minLength: 3, maxLength: 3 }),
        (flags) => {
          const engine = bootEngine()
          const port = engine.commands.at(null)
          installChain(engine, returns(0))
          flags.forEach(({ mute, solo }, index) => {
            play(engine, track(index))
            port.stripMute(track(index), mute)
            port.stripSolo(track(index), solo)
            port.stripSend(track(index), 0, 0, false)
          })
          const any = flags.some(({ solo }) => solo)
          const audible = flags.map(({ mute, solo }) => !mute && (solo || !any))
          const heard = peaks(engine, track(0), track(1), track(2), returns(0))
          expect(heard.slice(0, 3).map((peak) => peak > 0.2)).toEqual(audible)
          expect(heard.slice(0, 3).filter((peak) => peak > 0 && peak < 0.2)).toEqual([])
          expect(heard[3]! > 0.2).toBe(audible.some(Boolean))
        },
      ),
      { seed: 5, numRuns: RUNS },
    )
  })

  it('solo silences the pre-fader sends of the others as well, and lets them come back', () => {
    const engine = bootEngine()
    const port = engine.commands.at(null)
    installChain(engine, returns(2))
    play(engine, track(0))
    port.stripSend(track(0), 2, 0, true)
    expect(peaks(engine, returns(2))[0]).toBeGreaterThan(0.2)
    port.stripSolo(track(7), true)
    expect(peaks(engine, returns(2), track(0))).toEqual([0, 0])
    port.stripSolo(track(7), false)
    expect(peaks(engine, returns(2))[0]).toBeGreaterThan(0.2)
  })

  it('the audition strip sounds whatever is soloed', () => {
    const engine = bootEngine()
    play(engine, 0)
    engine.commands.at(null).stripSolo(track(3), true)
    expect(peaks(engine, 0)[0]).toBeGreaterThan(0.2)
  })
})

describe('sends and returns', () => {
  const sent = (pre: boolean, change: (engine: TestEngine) => void): number[] => {
    const engine = bootEngine()
    installChain(engine, returns(0))
    play(engine, track(0))
    engine.commands.at(null).stripSend(track(0), 0, -6, pre)
    change(engine)
    return peaks(engine, returns(0))
  }

  it.each([
    ['gain', (engine: TestEngine) => engine.commands.at(null).stripGain(track(0), -20), -20],
    ['mute', (engine: TestEngine) => engine.commands.at(null).stripMute(track(0), true), -Infinity],
    ['balance', (engine: TestEngine) => engine.commands.at(null).stripPan(track(0), 1), -Infinity],
  ])('a post-fader send follows the %s of its track, a pre-fader send does not', (_, change, db) => {
    const plain = sent(false, () => undefined)[0]!
    expect(dB(plain)).toBeCloseTo(dB(0.25) - 6, 2)
    const follows = sent(false, (engine) => void change(engine))[0]!
    if (db === -Infinity) expect(follows).toBeLessThan(1e-6)
    else expect(dB(follows / plain)).toBeCloseTo(db, 2)
    expect(sent(true, (engine) => void change(engine))[0]).toBe(plain)
  })

  it('a send that changes from post to pre crossfades: no step, the same level', () => {
    const engine = bootEngine()
    installChain(engine, returns(0))
    play(engine, track(0))
    const port = engine.commands.at(null)
    port.stripSend(track(0), 0, 0, false)
    const hear = listen(engine, returns(0))
    const before = hear(9600)[0]!.left
    port.stripSend(track(0), 0, 0, true)
    const after = hear(19200)[0]!.left
    expect(stepOf(after)).toBeLessThan(1.5 * stepOf(before, 4800))
    expect(peakOf(after, 9600)).toBeCloseTo(peakOf(before, 4800), 4)
  })

  it('a send at -120 dB is off: the return hears nothing at all', () => {
    const engine = bootEngine()
    installChain(engine, returns(0))
    play(engine, track(0))
    engine.commands.at(null).stripSend(track(0), 0, -120, false)
    expect(peaks(engine, returns(0))).toEqual([0])
    engine.commands.at(null).stripSend(track(0), 0, 0, false)
    expect(peaks(engine, returns(0))[0]).toBeGreaterThan(0.2)
    engine.commands.at(null).stripSend(track(0), 0, -300, false)
    expect(peaks(engine, returns(0))).toEqual([0])
  })

  it('a return adds its tail to the master and falls asleep once it has rung out', () => {
    const engine = bootEngine()
    installChain(engine, returns(1), [effect('delay', { time: 0.1, feedback: 0.3, mix: 1 })])
    play(engine, track(0))
    const port = engine.commands.at(null)
    port.stripSend(track(0), 1, 0, false)
    const hear = listen(engine, track(0), returns(1), MASTER)
    hear(9600)
    port.noteOff(track(0), track(0) + 1, 0)
    const [dry, wet, master] = hear(9600)
    expect(peakOf(dry!.left, 4800)).toBe(0)
    expect(peakOf(wet!.left, 4800)).toBeGreaterThan(0.001)
    expect(peakOf(master!.left, 4800)).toBeGreaterThan(0.001)
    expect(peakOf(hear(96000)[1]!.left, 90000)).toBe(0)
  })

  it('a return passes what it is sent bit for bit, without a chain and with an empty one', () => {
    const engine = bootEngine()
    play(engine, track(0))
    engine.commands.at(null).stripSend(track(0), 0, 0, false)
    engine.commands.at(null).stripSend(track(0), 1, 0, false)
    installChain(engine, returns(1))
    const [bare, empty, strip] = listen(engine, returns(0), returns(1), track(0))(4800)
    expect(peakOf(strip!.left)).toBeGreaterThan(0.2)
    expect(bare).toEqual(strip)
    expect(empty).toEqual(strip)
  })

  it('the first chain of a return comes and goes without a step, and nothing is heard twice', () => {
    const engine = bootEngine()
    play(engine, track(0))
    engine.commands.at(null).stripSend(track(0), 0, 0, false)
    const hear = listen(engine, returns(0))
    const before = hear(9600)[0]!.left
    installChain(engine, returns(0))
    const taken = hear(9600)[0]!.left
    engine.commands.at(null).clearStrip(returns(0))
    const freed = hear(9600)[0]!.left
    for (const part of [taken, freed]) {
      expect(stepOf(part)).toBeLessThan(1.05 * stepOf(before, 4800))
      expect(peakOf(part)).toBeLessThan(0.2501)
      expect(peakOf(part, 4800)).toBeCloseTo(0.25, 3)
    }
  })

  it('another chain takes over in 20 ms while the old one rings out', () => {
    const engine = bootEngine()
    const first = installChain(engine, returns(0), [effect('delay', { time: 0.05, feedback: 0, mix: 0.5 })])
    play(engine, track(0))
    engine.commands.at(null).stripSend(track(0), 0, 0, false)
    const hear = listen(engine, returns(0))
    const steady = stepOf(hear(19200)[0]!.left, 9600)
    installChain(engine, returns(0), [], 'swap')
    const { left } = hear(48000)[0]!
    expect(stepOf(left)).toBeLessThan(1.5 * steady)
    expect(peakOf(left, 40000)).toBeCloseTo(0.25, 3)
    expect(engine.returned()).toEqual([first])
  })

  it('a chain has no voices: a note on it is refused', () => {
    const engine = bootEngine()
    installChain(engine, track(0), [effect('delay')])
    engine.commands.at(null).noteOn(track(0), 1, 60, 1)
    engine.render(4800)
    expect(engine.replies()).toContainEqual(expect.objectContaining({ type: 'refused', reason: 'noProgram', id: 1 }))
    expect(engine.status('voices')).toBe(0)
  })

  it('a chain frees what it took', () => {
    const engine = bootEngine()
    const used = engine.instance.exports.mem_count!(2)
    const handle = loadChain(engine, [effect('plate'), effect('eq')])
    expect(engine.instance.exports.program_free!(handle)).toBe(1)
    expect(engine.instance.exports.mem_count!(2)).toBe(used)
  })
})

describe('taps', () => {
  it('an analysis tap carries its strip while it is on, and can be pointed elsewhere', () => {
    const engine = bootEngine()
    play(engine, track(0), tone(0.25))
    play(engine, track(1), tone(0.5))
    expect(peaks(engine, track(0))[0]).toBeCloseTo(0.25, 2)
    expect(peaks(engine, track(1))[0]).toBeCloseTo(0.5, 2)
    expect(peaks(engine, track(9))).toEqual([0])
    engine.commands.at(null).analysisTap(0, track(1), false)
    engine.pump()
    expect(listen(engine)(4800)).toEqual([])
    const [again] = listen(engine, track(1))(32)
    expect(again!.left).toHaveLength(32)
  })

  it('panic ends the notes of every strip', () => {
    const engine = bootEngine()
    for (const strip of [0, track(0), track(63)]) play(engine, strip)
    engine.render(4800)
    expect(engine.status('voices')).toBe(3)
    engine.commands.at(null).panic()
    engine.render(4800)
    expect(engine.status('voices')).toBe(0)
  })
})
