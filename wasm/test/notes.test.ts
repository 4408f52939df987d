// Notes start and end on their exact frame, in a stable order, and every one of them ends.
import { describe, expect, it } from 'vitest'
import { constants } from '../../src/generated/wire.ts'
import { bootDry, hashOf, peakOf } from './engine.ts'
import { sawPatch, voice } from './patches.ts'

/** A square that is at full level from its first frame, so that the onset is the first sample that is not zero. */
const edge = () =>
  sawPatch(
    { out: { left: 'osc', right: 'osc' } },
    { osc: { type: 'square', values: { phase: 90 } }, env: { type: 'env' }, filter: { type: 'svf' } },
  )

describe('notes', () => {
  it.each([0, 1, 31, 32, 33, 100, 127, 1000])('a note at frame %i sounds from that frame on', (frame) => {
    const engine = bootDry()
    engine.install({ patch: edge() })
    engine.noteOn(1, 57, 1, frame)
    const { left } = engine.render(2048)
    expect(left.findIndex((x) => x !== 0)).toBe(frame)
  })

  it('a note without envelope is let down in 4 ms from the frame of its note-off', () => {
    const held = bootDry()
    const ended = bootDry()
    for (const engine of [held, ended]) {
      engine.install({ patch: edge() })
      engine.noteOn(1, 57, 1, 10)
    }
    ended.noteOff(1, 333)
    const a = held.render(2048).left
    const b = ended.render(2048).left
    expect(a.findIndex((x, i) => x !== b[i])).toBeGreaterThanOrEqual(333)
    expect(a.findIndex((x, i) => x !== b[i])).toBeLessThanOrEqual(335)
    expect(peakOf(b, 333 + 192 + 32)).toBe(0)
    expect(ended.replies().filter(({ type }) => type === 'noteEnd')).toMatchObject([{ id: 1, reason: 'ended' }])
  })

  it('a note-off at the frame of its own note-on still ends it', () => {
    const engine = bootDry()
    engine.install({ patch: sawPatch() })
    engine.noteOff(1, 64)
    engine.noteOn(1, 60, 1, 64)
    engine.render(9600)
    expect(engine.status('voices')).toBe(0)
    expect(engine.replies().filter(({ type, id }) => type === 'noteEnd' && id === 1)).toHaveLength(1)
  })

  it('a reset forgets the notes that were to come after it, and says so; those asked for since are played', () => {
    const engine = bootDry()
    engine.install({ patch: edge() })
    engine.render(32)
    engine.noteOn(1, 57, 1, 1000)
    engine.noteOff(1, 1500)
    engine.noteOn(2, 57, 1, 40)
    engine.commands.at(null).reset(0)
    engine.noteOn(3, 57, 1, 500)
    const { left } = engine.render(2048)
    expect(left.findIndex((x) => x !== 0)).toBe(500 - 32)
    expect(engine.status('voices')).toBe(1)
    const ended = engine.replies().filter(({ type }) => type === 'noteEnd')
    expect(ended.map(({ id, reason }) => [id, reason]).sort()).toEqual([
      [1, 'panic'],
      [2, 'panic'],
    ])
  })

  it('commands without a frame keep their order: struck and let go in one batch ends', () => {
    const engine = bootDry()
    engine.install({ patch: sawPatch() })
    engine.noteOn(1, 60)
    engine.noteOff(1)
    engine.render(9600)
    expect(engine.status('voices')).toBe(0)
  })

  it('the pedal holds notes until it is lifted', () => {
    const engine = bootDry()
    engine.install({ patch: sawPatch() })
    engine.commands.at(null).sustain(0, true)
    engine.noteOn(1, 60)
    engine.render(960)
    engine.noteOff(1)
    engine.render(48000)
    expect(engine.status('voices')).toBe(1)
    engine.commands.at(null).sustain(0, false)
    engine.render(9600)
    expect(engine.status('voices')).toBe(0)
  })

  it('refuses a note on a program that is not installed, and says so', () => {
    const engine = bootDry()
    const { handle } = engine.load({ patch: sawPatch() })
    engine.commands.at(null).noteOn(0, 7, 60, 1, handle)
    const { left } = engine.render(1024)
    expect(peakOf(left)).toBe(0)
    expect(engine.replies()).toMatchObject([{ type: 'refused', reason: 'unknownProgram', id: 7 }])
  })

  it('legato keeps one voice and comes back to the key that is still held', () => {
    const engine = bootDry()
    engine.install({ patch: sawPatch({ voices: voice(8, 'legato', 0.01) }) })
    engine.noteOn(1, 48)
    engine.render(4800)
    engine.noteOn(2, 60)
    engine.render(4800)
    expect(engine.status('voices')).toBe(1)
    engine.noteOff(2)
    engine.render(4800)
    expect(engine.status('voices')).toBe(1)
    engine.noteOff(1)
    engine.render(9600)
    expect(engine.status('voices')).toBe(0)
  })

  it('the pump applies commands while no audio runs', () => {
    const engine = bootDry()
    const { handle } = engine.install({ patch: sawPatch() })
    engine.commands.at(null).ping(5)
    engine.instance.exports.engine_pump!()
    expect(engine.replies()).toMatchObject([
      { type: 'installed', id: handle },
      { type: 'pong', id: 5 },
    ])
    engine.noteOn(1, 60)
    engine.instance.exports.engine_pump!()
    engine.noteOff(1)
    engine.instance.exports.engine_pump!()
    engine.render(9600)
    expect(engine.status('voices')).toBe(0)
  })

  it('at one frame note-offs go first, then values, then note-ons, whatever order they were sent in', () => {
    const run = (order: readonly number[]): string => {
      const engine = bootDry()
      const { compiled } = engine.install({ patch: sawPatch({ voices: voice(1, 'mono') }) })
      const { device, param } = compiled.params['osc.level']!
      engine.noteOn(1, 50, 1)
      engine.render(4800)
      const at = 4800 + 45
      const send = [
        () => engine.noteOff(1, at),
        () => engine.commands.at(BigInt(at)).setParam(0, device, param, 0.1),
        () => engine.noteOn(2, 62, 1, at),
      ]
      for (const index of order) send[index]!()
      return hashOf(engine.render(9600))
    }
    const orders = [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ]
    expect(new Set(orders.map(run)).size).toBe(1)
  })

  it('of several values at one frame the last one sent wins', () => {
    const run = (levels: readonly number[]): string => {
      const engine = bootDry()
      const { compiled } = engine.install({ patch: sawPatch() })
      const { device, param } = compiled.params['osc.level']!
      engine.noteOn(1, 50, 1)
      for (const level of levels) engine.commands.at(960n).setParam(0, device, param, level)
      return hashOf(engine.render(9600))
    }
    expect(run([0.9, 0.2, 0.4])).toBe(run([0.4]))
    expect(run([0.4])).not.toBe(run([0.2]))
  })

  it('more notes for the future than the queue holds wait in the ring; its producer is told, and all of them sound in time', () => {
    const engine = bootDry()
    engine.install({ patch: sawPatch() })
    let id = 0
    for (let round = 0; round < 6; round++) {
      while (engine.commands.at(BigInt(9600 + 8 * id)).noteOn(0, id + 1, 60, 0.5)) id++
      engine.pump()
    }
    const queued = 8192 + (constants.commandCapacity * 3) / 4
    expect(id).toBeGreaterThanOrEqual(queued - 8)
    expect(id).toBeLessThanOrEqual(queued)
    engine.replies()
    engine.render(9600 + 8 * id + 4800, 4096)
    expect(engine.status('queued')).toBe(0)
    expect(engine.status('late')).toBe(0)
    expect(engine.status('refused')).toBe(0)
  })
})
