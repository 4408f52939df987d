// Automation: values follow their curve without lag, steps come at their own frame, every jump lands on the value of its place. Node.
import { describe, expect, it } from 'vitest'
import { encodeAutomation, type EnginePoint, type ResolvedLane } from '../../../src/compile/songTables.ts'
import { effect, peakOf, stepOf } from '../engine.ts'
import { listen, tone } from '../strips.ts'
import { BEAT, bootSong, timelineOf, TRACK, type SongRig } from './rig.ts'

const FRAMES = 24000

const point = (beat: number, value: number, curve = 0, hold = false): EnginePoint => ({
  tick: Math.round(beat * BEAT),
  value,
  curve,
  hold,
})
const lane = (target: ResolvedLane['target'], points: readonly EnginePoint[], more: Partial<ResolvedLane> = {}) => ({
  target,
  index: 0,
  device: 0,
  param: 0,
  points,
  ...more,
})

/** wire/song.h, written a second time. */
function curveAt(points: readonly EnginePoint[], beat: number, log = false): number {
  const at = beat * BEAT
  const next = points.findIndex(({ tick }) => tick > at)
  if (next === 0) return points[0]!.value
  const a = points[next < 0 ? points.length - 1 : next - 1]!
  if (next < 0 || a.hold) return a.value
  const b = points[next]!
  const x = (at - a.tick) / (b.tick - a.tick)
  const k = 8 * a.curve
  const y = k === 0 ? x : (Math.exp(-k * x) - 1) / (Math.exp(-k) - 1)
  return log ? a.value * (b.value / a.value) ** y : a.value + (b.value - a.value) * y
}

/** A held tone on the first track, after its attack. */
function boot(effects = [effect('delay', { mix: 0 })]): { rig: SongRig; params: Record<string, number> } {
  const rig = bootSong()
  const { handle, compiled } = rig.load({ ...tone(0.5), effects })
  rig.commands.at(null).installProgram(TRACK, handle, 'switch')
  rig.commands.noteOn(TRACK, 1, 93, 1)
  rig.render(9600)
  rig.sent()
  const params = Object.fromEntries(Object.entries(compiled.params).map(([key, { param }]) => [key, param]))
  return { rig, params }
}

const install = (rig: SongRig, ...lanes: ResolvedLane[]): void => {
  const handle = rig.table(encodeAutomation(lanes)!)
  expect(handle).not.toBe(0)
  rig.commands.at(null).installAutomation(TRACK, handle)
}

/** Loudness against the same tone without automation, at the last frame of each micro-block. */
function gains(automate: (rig: SongRig, params: Record<string, number>) => void, frames: number): number[] {
  const run = (automated: boolean) => {
    const { rig, params } = boot()
    if (automated) automate(rig, params)
    rig.render(19200) // what it was before is gone
    rig.commands.at(null).transportPlay(0)
    const [heard] = listen(rig, TRACK)(frames)
    return heard!.left
  }
  const [moved, still] = [run(true), run(false)]
  return Array.from({ length: frames / 32 }, (_, block) => {
    // Where the tone is far from zero, near the end of the block.
    let best = 32 * block + 31
    for (let i = best; i > best - 14; i--) if (Math.abs(still[i]!) > Math.abs(still[best]!)) best = i
    return moved[best]! / still[best]!
  })
}

describe('automation', () => {
  it('a gain follows its curve in decibels, to 0.05 dB and without lag', () => {
    const points = [point(0, -6), point(0.5, -30, 0.6), point(1, 0, -0.4), point(2, -12)]
    const heard = gains((rig) => install(rig, lane('gain', points)), 2 * FRAMES)
    heard.forEach((gain, block) => {
      const db = 20 * Math.log10(gain)
      const from = curveAt(points, (32 * block) / FRAMES)
      const to = curveAt(points, (32 * (block + 1)) / FRAMES)
      expect(db).toBeGreaterThan(Math.min(from, to) - 0.05)
      expect(db).toBeLessThan(Math.max(from, to) + 0.05)
    })
  })

  it('a parameter is where its curve is at the end of each micro-block', () => {
    const points = [point(0, 0.5), point(1, 0.1, 0.3), point(1.5, 0.45)]
    const heard = gains(
      (rig, params) => install(rig, lane('param', points, { param: params['osc.level']! })),
      2 * FRAMES,
    )
    heard.forEach((gain, block) => {
      const from = curveAt(points, (32 * block) / FRAMES) / 0.5
      const to = curveAt(points, (32 * (block + 1)) / FRAMES) / 0.5
      expect(gain).toBeGreaterThan(Math.min(from, to) - 0.002)
      expect(gain).toBeLessThan(Math.max(from, to) + 0.002)
    })
  })

  it('a logarithmic parameter moves in octaves, at any tempo and from any seek', () => {
    const { rig, params } = boot([effect('eq')])
    const { handle, compiled } = rig.load({ patch: tone(0.5).patch, effects: [effect('phaser')] })
    rig.commands.at(null).installProgram(TRACK, handle, 'switch')
    rig.pump()
    expect(params).toBeDefined()
    const rate = compiled.params['phaser.rate'] ?? Object.values(compiled.params).find(({ device }) => device === 1)!
    const points = [point(0, 0.05), point(2, 5, 0.5), point(4, 0.1, -0.8)]
    rig.commands.installTimeline(
      rig.table(
        timelineOf([
          { tick: 0, bpm: 60, ramp: true },
          { tick: 4 * BEAT, bpm: 180, ramp: false },
        ]),
      ),
    )
    install(rig, lane('param', points, { device: 1, param: rate.param }))
    rig.commands.transportSeek(BEAT / 3, 'ticks')
    rig.render(32 * 30)
    rig.sent()
    rig.commands.at(null).transportPlay(0)
    // beats(t) of a ramp from 1 beat a second to 3 over 4 beats: rate 1 + b / 2.
    const begin = 2 * Math.log(1 + 1 / 6)
    const zero = rig.now()
    for (let block = 1; block <= 300; block++) {
      rig.render(32)
      const sent = rig.sent().filter(({ event }) => event === 'setParam')
      const beats = 2 * (Math.exp((begin + (rig.now() - zero) / 48000) / 2) - 1)
      const expected = curveAt(points, beats, true)
      expect(sent.at(-1)!.value / expected).toBeCloseTo(1, 4)
    }
  })

  it('steps, holds and switches come at their own frame', () => {
    const { rig } = boot()
    install(
      rig,
      lane('gain', [point(0, -6, 0, true), point(0.3, -12), point(0.3, -20, 0, true), point(0.7, -3)]),
      lane('bypass', [point(0, 0), point(0.4 + 25 / FRAMES, 1)], { index: 1 }),
      lane('mute', [point(0, 0), point(0.6 + 25 / FRAMES, 1)]),
    )
    rig.render(32)
    rig.sent()
    const zero = rig.now() + 13
    rig.commands.at(BigInt(zero)).transportPlay(0)
    rig.render(FRAMES)
    const steps = rig.sent().filter(({ frame }) => frame > zero)
    expect(steps.map(({ event, frame }) => [event, frame - zero])).toEqual([
      ['stripGain', 0.3 * FRAMES],
      ['setBypass', 0.4 * FRAMES + 25],
      ['stripMute', 0.6 * FRAMES + 25],
      ['stripGain', 0.7 * FRAMES],
    ])
  })

  it('a corner inside a micro-block is met at its frame', () => {
    const { rig } = boot()
    const corner = 0.5 + 5 / FRAMES
    install(rig, lane('pan', [point(0, -1), point(corner, 1), point(1, -1)]))
    rig.commands.at(null).transportPlay(0)
    rig.render(32)
    rig.sent()
    rig.render(FRAMES)
    const zero = 9600
    const near = rig.sent().filter(({ frame }) => Math.abs(frame - zero - 0.5 * FRAMES) < 40)
    expect(near.map(({ frame, value }) => [frame - zero - 0.5 * FRAMES, Math.abs(value - 1) < 1e-6])).toEqual([
      [-32, false],
      [0, true],
      [5, false],
      [32, false],
    ])
  })

  it('at rest the values of the place hold, and the player may move them', () => {
    const { rig } = boot()
    install(rig, lane('gain', [point(0, -40), point(4, 0)]))
    const hear = listen(rig, TRACK)
    const level = () => 20 * Math.log10(peakOf(hear(14400)[0]!.left, 12000) / 0.5)
    expect(level()).toBeCloseTo(-40, 1)
    rig.commands.at(null).transportSeek(2 * BEAT, 'ticks')
    expect(level()).toBeCloseTo(-20, 1)
    rig.commands.at(null).stripGain(TRACK, -3)
    expect(level()).toBeCloseTo(-3, 1)
    rig.commands.at(null).transportStop()
    expect(level()).toBeCloseTo(-40, 1)
    install(rig, lane('gain', [point(0, -10)]))
    expect(level()).toBeCloseTo(-10, 1)
  })

  it('a sound that is installed while the song plays takes the values of its lanes', () => {
    const { rig } = boot()
    install(rig, lane('bypass', [point(0, 1)], { index: 1 }), lane('gain', [point(0, -6)]))
    rig.commands.at(null).transportPlay(0)
    rig.render(960)
    rig.sent()
    const { handle } = rig.load({ ...tone(0.5), effects: [effect('delay')] })
    rig.commands.at(null).installProgram(TRACK, handle, 'swap')
    rig.render(32)
    expect(rig.sent().map(({ event }) => event)).toEqual(['setBypass', 'stripGain'])
  })

  it('no step is heard at the wrap of a loop, at a seek, or when the player takes hold', () => {
    const { rig } = boot()
    const hear = listen(rig, TRACK)
    const steady = stepOf(hear(4800)[0]!.left)
    install(rig, lane('gain', [point(0, 0), point(1, -60)]), lane('pan', [point(0, -1), point(1, 1)]))
    rig.commands.at(null).transportLoop(0, BEAT, true)
    rig.commands.transportPlay(0)
    let worst = stepOf(hear(3 * FRAMES)[0]!.left)
    for (let i = 0; i < 20; i++) {
      rig.commands.at(null).transportSeek(((i * 7919) % 100) * 153, 'ticks')
      worst = Math.max(worst, stepOf(hear(640)[0]!.left))
      rig.commands.at(null).stripGain(TRACK, -(i % 3) * 10)
      worst = Math.max(worst, stepOf(hear(640)[0]!.left))
    }
    // The balance adds up to 3 dB.
    expect(worst).toBeLessThan(1.5 * Math.SQRT2 * steady)
    expect(worst).toBeGreaterThan(0.01)
  })
})
