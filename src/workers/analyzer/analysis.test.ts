// The analyzer over the taps of the real engine: exact samples, exact stamps, nothing lost unseen (Node).
import { describe, expect, test } from 'vitest'
import { bootEngine, peakOf, rmsOf, type TestEngine } from '../../../wasm/test/engine.ts'
import { engineModule } from '../../../wasm/test/module.ts'
import { sawPatch } from '../../../wasm/test/patches.ts'
import { streamOptions, STREAM_SPECS, type StreamValues } from '../../engine/wire/streams.ts'
import { tripleReader } from '../../engine/wire/triple.ts'
import { constants, records } from '../../generated/wire.ts'
import { createAnalysis } from './analysis.ts'

const MASTER = constants.strips
const AUDITION = 0
const TAPS = Array.from({ length: constants.analysisTaps }, (_, index) => index)

function rig(engine: TestEngine = bootEngine()) {
  let computations = 0
  const analysis = createAnalysis(engineModule(), () => void computations++)
  const { wire, sampleRate, commands } = engine
  analysis.attach({
    generation: 0,
    buffer: wire.buffer,
    slots: wire.slots,
    sampleRate,
    blockFrames: 128,
    taps: TAPS.map((index) => wire.tap('analysis', index)),
  })
  let lastId = 0
  let nowMs = 0
  return {
    engine,
    analysis,
    computations: () => computations,
    listen(type: string, strip: number, values: StreamValues = {}, tap = 0) {
      commands.at(null).analysisTap(tap, strip, true)
      engine.pump()
      const spec = STREAM_SPECS.get(type)!
      const id = ++lastId
      const { buffer, counts } = analysis.open({
        id,
        type,
        options: streamOptions(spec, values),
        at: { tap, strip },
        rateHz: 60,
      })
      const reader = tripleReader(buffer, counts)
      const reading = (name: string): number => reader.reading(spec.readings.findIndex((one) => one.id === name))[0]!
      return { id, reader, reading }
    },
    turn: () => analysis.turn((nowMs += 100)),
  }
}

const play = (engine: TestEngine): void => {
  engine.install({ patch: sawPatch() })
  engine.noteOn(1, 69, 1)
}

describe('analysis', () => {
  test('levels of the master are those of the rendered samples, stamped with the next engine frame', () => {
    const { engine, listen, turn } = rig()
    play(engine)
    engine.render(9600)
    const { reader, reading } = listen('levels', MASTER, { window: 3, hold: 10 })
    const { left, right } = engine.render(24_000)
    turn()
    expect(reader.refresh()).toBe(true)
    expect(reader.stamp!.engineFrame).toBe(engine.now())
    expect(reading('peakLeft')).toBe(peakOf(left))
    expect(reading('peakRight')).toBe(peakOf(right))
    expect(reading('rmsLeft')).toBeCloseTo(rmsOf(left), 6)
    expect(peakOf(left)).toBeGreaterThan(0.01)
  })

  test('however the engine is called and the worker turns, no frame is lost and none comes twice', () => {
    const { engine, listen, turn, computations } = rig()
    play(engine)
    const { reader, reading } = listen('levels', MASTER, { window: 3, hold: 10 })
    let sum = 0
    let frames = 0
    for (const block of [32, 128, 480, 4096, 96, 1024, 64, 2048]) {
      const { left } = engine.render(block * 3, block)
      left.forEach((x) => (sum += x * x))
      frames += left.length
      turn()
      expect(reader.refresh()).toBe(true)
      expect(reader.stamp!.engineFrame).toBe(engine.now())
    }
    expect(reading('rmsLeft')).toBeCloseTo(Math.sqrt(sum / frames), 6)
    expect(reader.droppedFrames()).toBe(0)
    expect(computations()).toBe(8)
  })

  test('the audition strip is heard before the master chain', () => {
    const { engine, listen, turn } = rig()
    engine.commands.at(null).masterMute(true)
    play(engine)
    const strip = listen('levels', AUDITION, {}, 1)
    const master = listen('levels', MASTER, {}, 0)
    engine.render(9600)
    turn()
    strip.reader.refresh()
    master.reader.refresh()
    expect(strip.reading('peakLeft')).toBeGreaterThan(0.01)
    expect(master.reading('peakLeft')).toBe(0)
  })

  test('the song position of a result is that of its frame, whenever it is read', () => {
    const { engine, listen, turn } = rig()
    const { reader } = listen('levels', MASTER)
    const startFrame = 6400
    engine.commands.at(BigInt(startFrame)).transportPlay(0)
    for (let i = 0; i < 40; i++) {
      engine.render(32 * (1 + ((i * 7) % 13)))
      turn()
      reader.refresh()
      const { engineFrame, songFrame } = reader.stamp!
      expect(songFrame).toBe(Math.max(0, engineFrame - startFrame))
    }
    engine.commands.at(null).transportPause()
    engine.render(3200)
    turn()
    reader.refresh()
    const paused = reader.stamp!.songFrame
    engine.render(3200)
    turn()
    reader.refresh()
    expect(reader.stamp!.songFrame).toBe(paused)
  })

  test('a worker that comes too late counts what it missed and knows where it is', () => {
    const { engine, listen, turn } = rig()
    play(engine)
    const { reader } = listen('levels', MASTER)
    const [capacity] = new Uint32Array(engine.wire.buffer, engine.wire.tap('analysis') + records.tap.offset.capacity, 1)
    const frames = capacity! + 128 * 300
    engine.render(frames)
    turn()
    reader.refresh()
    expect(reader.droppedFrames()).toBe(128 * 300)
    engine.render(1280)
    turn()
    reader.refresh()
    expect(reader.stamp!.engineFrame).toBe(engine.now())
    expect(reader.droppedFrames()).toBe(128 * 300)
  })

  test('a tap that is pointed elsewhere gives nothing of before', () => {
    const { engine, listen, turn, analysis } = rig()
    play(engine)
    const first = listen('levels', AUDITION)
    engine.render(9600)
    // Read by nobody: the strip's frames still lie in the tap.
    analysis.close(first.id)
    const silent = listen('levels', constants.firstTrack)
    engine.render(960)
    turn()
    silent.reader.refresh()
    expect(silent.reading('holdLeft')).toBe(0)
    expect(silent.reader.stamp!.engineFrame).toBe(engine.now())
  })

  test('no result spans a gap: after a tap was off, everything begins anew', () => {
    const { engine, listen, turn } = rig()
    play(engine)
    const { reader, reading } = listen('levels', MASTER, { hold: 10 })
    engine.render(9600)
    turn()
    reader.refresh()
    expect(reading('holdLeft')).toBeGreaterThan(0.01)
    engine.commands.at(null).analysisTap(0, MASTER, false)
    engine.commands.panic()
    engine.render(48_000)
    engine.commands.analysisTap(0, MASTER, true)
    engine.render(960)
    turn()
    reader.refresh()
    expect(reading('holdLeft')).toBe(0)
    expect(reader.stamp!.engineFrame).toBe(engine.now())
  })

  test('closed streams cost nothing', () => {
    const { engine, listen, turn, analysis, computations } = rig()
    play(engine)
    const { id } = listen('spectrum', MASTER)
    engine.render(9600)
    turn()
    expect(computations()).toBe(1)
    analysis.close(id)
    expect(analysis.rateHz()).toBe(0)
    engine.render(9600)
    turn()
    expect(computations()).toBe(1)
  })
})
