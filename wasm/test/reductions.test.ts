// Gain reductions on their way to the display: what an effect says, for whom it is, and nothing while nobody looks.
import { expect, it } from 'vitest'
import { EFFECTS } from '../../src/generated/effects.ts'
import { constants, enums } from '../../src/generated/wire.ts'
import { bootEngine, effect, type TestEngine } from './engine.ts'
import { MASTER, play, tone, track } from './strips.ts'

const slotOf = (engine: TestEngine, strip: number) => engine.wire.slot(enums.slotId.reductions + strip)
function read(engine: TestEngine, strip: number): [effect: number, db: number][] {
  const words = new Int32Array(constants.slotWords)
  expect(slotOf(engine, strip).read(words)).toBe(true)
  return [...words].filter(Boolean).map((word) => [word >>> 16, -(word & 0xffff) / constants.reductionSteps])
}

const REDUCERS = EFFECTS.filter(({ reduces }) => reduces).map(({ id }) => id)

it('every dynamics effect says what it takes off', () => {
  expect(REDUCERS).toEqual(
    expect.arrayContaining(['compressor', 'limiter', 'gate', 'expander', 'multiband', 'deesser', 'transient']),
  )
})

it('the reading is what the compressor does: its level drops by as much', () => {
  const engine = bootEngine()
  const squeezed = effect('compressor', { threshold: -40, ratio: 4, knee: 0, makeup: 0 })
  play(engine, track(0), { ...tone(0.25), effects: [effect('eq'), squeezed, effect('limiter', { ceiling: -3 })] })
  slotOf(engine, track(0)).lease(1e6)
  engine.render(48000)
  const [[device, db], [second, limited]] = read(engine, track(0)) as [[number, number], [number, number]]
  expect([device, second]).toEqual([2, 3])
  // A peak of -12 dB (or RMS of -15 dB) above -40 dB at 4:1.
  expect(db).toBeLessThan(-17)
  expect(db).toBeGreaterThan(-22)
  expect(limited).toBeCloseTo(0, 1)
})

it('the master limiter has its own, and nothing is written while nobody looks', () => {
  const engine = bootEngine()
  for (let k = 0; k < 4; k++) play(engine, track(k), tone(0.9))
  engine.render(9600)
  expect(read(engine, MASTER)).toEqual([])
  slotOf(engine, MASTER).lease(600)
  engine.render(4800)
  const [[device, db]] = read(engine, MASTER) as [[number, number]]
  expect(device).toBe(1)
  expect(db).toBeLessThan(-6)
  engine.render(9600)
  expect(read(engine, MASTER)).toEqual([])
})
