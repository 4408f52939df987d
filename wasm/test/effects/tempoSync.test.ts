// Note lengths at the song's tempo: the brick's times, rates and phases, and the echoes that keep them.
import { describe, expect, it } from 'vitest'
import { effects, raw, Rig } from './rig.ts'
import { impulse } from './signals.ts'

const options = effects
  .find((spec) => spec.id === 'delay')!
  .params.find((param) => param.id === 'sync')!
  .options.map((option) => option.id)
/** Quarter notes of an option, from its name. */
const beatsOf = (id: string) => {
  const bars = /^(\d)bars?$/.exec(id)
  if (bars) return 4 * Number(bars[1])
  const [, part, kind] = /^1\/(\d+)([TD]?)$/.exec(id)!
  return (4 / Number(part)) * (kind === 'T' ? 2 / 3 : kind === 'D' ? 1.5 : 1)
}
const call = raw.call as Record<'rig_tempo', (what: number, option: number, at: number) => number>

describe('tempo sync', () => {
  it('lists Free and nineteen lengths: 1/64 to 8 bars, triplet before and dotted after the straight one', () => {
    expect(options[0]).toBe('free')
    expect(options.length).toBe(20)
    const straight = options.slice(1).filter((id) => !/[TD]$/.test(id))
    expect(straight.map(beatsOf)).toEqual([1 / 16, 1 / 8, 1 / 4, 1 / 2, 1, 2, 4, 8, 16, 32])
    for (const id of ['1/16', '1/8', '1/4', '1/2'])
      expect(options.slice(options.indexOf(id) - 1, options.indexOf(id) + 2)).toEqual([`${id}T`, id, `${id}D`])
  })

  it('knows the time and the rate of every length at any tempo', () => {
    for (const bpm of [20, 97.3, 120, 300])
      for (const [index, id] of options.entries()) {
        const seconds = id === 'free' ? -1 : (beatsOf(id) * 60) / Math.fround(bpm)
        expect(call.rig_tempo(0, index, bpm) / seconds).toBeCloseTo(1, 6)
        expect(call.rig_tempo(1, index, bpm) * seconds).toBeCloseTo(1, 6)
      }
  })

  it('stands at phase 0 whenever a cycle begins, also before the song and after hours', () => {
    for (const [index, id] of options.entries()) {
      if (id === 'free') continue
      for (const cycle of [-3, 0, 1, 7, 12345])
        for (const part of [0.125, 0.5, 0.875])
          expect(call.rig_tempo(2, index, (cycle + part) * beatsOf(id))).toBeCloseTo(part, 8)
    }
    expect(call.rig_tempo(2, 0, 1.3)).toBe(0)
  })
})

describe.each(['delay', 'pingpong'])('%s in time', (id) => {
  const firstEcho = (rig: Rig, frames: number) => {
    const { left } = rig.process(impulse(frames))
    return left.reduce((best, v, i) => (Math.abs(v) > Math.abs(left[best]!) ? i : best), 0)
  }
  it('echoes at the note length; what exceeds 2 s is halved', () => {
    for (const bpm of [74, 140])
      for (const sync of ['1/32T', '1/8D', '1/4', '8bars']) {
        const rig = new Rig(id, { mix: 1, feedback: 0, time: 0.123, sync }).song({ bpm })
        let seconds = (beatsOf(sync) * 60) / bpm
        while (seconds > 2) seconds /= 2
        expect(Math.abs(firstEcho(rig, 97000) - seconds * 48000), `${bpm} ${sync}`).toBeLessThan(1)
        rig.free()
      }
  })
  it('keeps its own time when free', () => {
    const rig = new Rig(id, { mix: 1, feedback: 0, time: 0.125 }).song({ bpm: 74 })
    expect(firstEcho(rig, 9000)).toBe(6000)
    rig.free()
  })
  it('follows a new tempo', () => {
    const rig = new Rig(id, { mix: 1, feedback: 0, sync: '1/8' }).song({ bpm: 120 })
    rig.silence(4800)
    rig.song({ bpm: 150 }).silence(4800)
    expect(firstEcho(rig, 20000)).toBe(9600)
    rig.free()
  })
})
