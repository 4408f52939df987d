// What the engine tells of its strips: levels after the fader and the estimated load, both only to whoever listens.
import { describe, expect, it } from 'vitest'
import { EFFECTS } from '../../src/generated/effects.ts'
import { enums } from '../../src/generated/wire.ts'
import { bootEngine, effect, type TestEngine } from './engine.ts'
import { installChain, MASTER, play, returns, tone, track } from './strips.ts'

const FOREVER = 0x7fffffff
const words = new Int32Array(8)
const floats = new Float32Array(words.buffer)
const costOf = (id: string): number => EFFECTS.find((spec) => spec.id === id)!.costNs

function loadOf(engine: TestEngine, frames = 128) {
  engine.wire.slot(enums.slotId.load).lease(FOREVER)
  engine.render(frames, frames)
  if (!engine.wire.slot(enums.slotId.load).read(words)) throw new Error('slot busy')
  const { frameLow, totalNs, strip, device, deviceNs } = enums.loadWord
  return {
    frame: words[frameLow]!,
    totalNs: floats[totalNs]!,
    strip: words[strip]!,
    device: words[device]!,
    deviceNs: floats[deviceNs]!,
  }
}

function peakOfStrip(engine: TestEngine, strip: number): number {
  if (!engine.wire.slot(enums.slotId.strips + strip).read(words)) throw new Error('slot busy')
  return floats[enums.levelWord.peakLeft]!
}

describe('load', () => {
  it('names the strip and the device that cost most, of a track or of a return', () => {
    const engine = bootEngine()
    engine.commands.at(null).masterBypass(0, true)
    play(engine, track(3), { ...tone(), effects: [effect('eq'), effect('plate')] })
    play(engine, track(4))
    engine.render(4800)
    const first = loadOf(engine)
    expect(first).toMatchObject({ strip: track(3), device: 2, deviceNs: costOf('plate') })
    expect(first.totalNs).toBeGreaterThan(costOf('plate') + costOf('eq'))

    installChain(engine, returns(0), [effect('delay'), effect('chorus')])
    engine.commands.at(null).setBypass(track(3), 2, true)
    engine.commands.at(null).stripSend(track(4), 0, 0, false)
    engine.render(4800)
    expect(loadOf(engine)).toMatchObject({ strip: returns(0), device: 2, deviceNs: costOf('chorus') })
  })

  it('is that of the dearest micro-block of a call', () => {
    const engine = bootEngine()
    engine.commands.at(null).masterBypass(0, true)
    const { handle } = engine.load(tone())
    engine.commands.at(null).installProgram(track(0), handle, 'switch')
    engine.commands.at(null).noteOn(track(0), 1, 60, 1)
    engine.render(4800)
    const one = loadOf(engine)
    expect(one).toMatchObject({ frame: engine.now(), strip: track(0), device: 0, deviceNs: one.totalNs })
    expect(loadOf(engine, 1024).totalNs).toBe(one.totalNs)
    // Four more notes, for one micro-block somewhere in the call: two groups of four voices, then one again.
    const at = BigInt(engine.now() + 256)
    for (let id = 2; id < 6; id++) engine.commands.at(at).noteOn(track(0), id, 60, 1)
    engine.commands.at(at + 32n).panic()
    expect(loadOf(engine, 1024).totalNs).toBeCloseTo(2 * one.totalNs, 1)
  })

  it('is zero when everything is silent, and is not written at all while nobody listens', () => {
    const engine = bootEngine()
    play(engine, track(0), { ...tone(), effects: [effect('delay', { time: 0.05, feedback: 0 })] })
    engine.render(4800)
    expect(loadOf(engine).totalNs).toBeGreaterThan(0)
    engine.commands.at(null).noteOff(track(0), track(0) + 1, 0)
    engine.render(96000)
    expect(loadOf(engine)).toMatchObject({ totalNs: 0, deviceNs: 0 })
    const { frame } = loadOf(engine)
    engine.wire.slot(enums.slotId.load).lease(0)
    engine.render(4800)
    engine.wire.slot(enums.slotId.load).read(words)
    expect(words[enums.loadWord.frameLow]).toBe(frame)
  })

  it('the master chain is named when it costs most', () => {
    const engine = bootEngine()
    play(engine, track(0))
    engine.render(4800)
    expect(loadOf(engine)).toMatchObject({ strip: MASTER, device: 1, deviceNs: costOf('limiter') })
  })
})

describe('levels of strips', () => {
  it('are those after the fader, for a reader that holds a lease', () => {
    const engine = bootEngine()
    play(engine, track(0))
    engine.commands.at(null).stripGain(track(0), -6)
    engine.render(9600)
    expect(peakOfStrip(engine, track(0))).toBe(0)
    engine.wire.slot(enums.slotId.strips + track(0)).lease(FOREVER)
    engine.render(9600)
    expect(peakOfStrip(engine, track(0))).toBeCloseTo(0.25 * 10 ** (-6 / 20), 3)
    engine.commands.at(null).stripMute(track(0), true)
    engine.render(9600)
    expect(peakOfStrip(engine, track(0))).toBe(0)
  })

  it('fall to zero when their strip falls silent and when the lease ends', () => {
    const engine = bootEngine()
    const slot = engine.wire.slot(enums.slotId.strips + track(0))
    slot.lease(FOREVER)
    play(engine, track(0))
    engine.render(9600)
    expect(peakOfStrip(engine, track(0))).toBeGreaterThan(0.2)
    engine.commands.at(null).noteOff(track(0), track(0) + 1, 0)
    engine.render(24000)
    expect(peakOfStrip(engine, track(0))).toBe(0)
    engine.commands.at(null).noteOn(track(0), 9, 60, 1)
    engine.render(9600)
    expect(peakOfStrip(engine, track(0))).toBeGreaterThan(0.2)
    slot.lease(0)
    engine.render(320)
    expect(peakOfStrip(engine, track(0))).toBe(0)
  })
})
