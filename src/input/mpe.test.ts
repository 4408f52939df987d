// MIDI inputs over the real commands (Node): per-note messages, MPE zones, and any bytes at all.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MpeMode } from '../commands/families/input.ts'
import { testApp } from '../commands/testApp.ts'
import type { Run } from '../commands/registry.ts'
import { readMessage } from './midiMessage.ts'
import { createMidiPlayer } from './midiPlayer.ts'
import { configured, describeZones, managerOf, NO_ZONES, type Zones } from './mpe.ts'

const RUNS = { seed: 5, numRuns: process.env.VERIFY ? 20_000 : 200 }

function setup(mode: MpeMode = 'auto') {
  const app = testApp()
  const failed: unknown[] = []
  const run = ((...args: Parameters<Run>) => {
    const running = app.run(...args)
    running.catch((error: unknown) => void failed.push({ args, error }))
    return running
  }) as Run
  const player = createMidiPlayer(run, 'midi:k:', mode)
  const send = (...bytes: number[]): void => player.receive(new Uint8Array(bytes))
  const rpn = (channel: number, number: number, value: number, fine?: number): void => {
    send(0xb0 | channel, 101, 0)
    send(0xb0 | channel, 100, number)
    send(0xb0 | channel, 6, value)
    if (fine !== undefined) send(0xb0 | channel, 38, fine)
  }
  /** The calls of the engine since the last time. */
  const heard = (): string[] => app.calls.splice(0)
  return { app, failed, player, send, rpn, mcm: (channel: number, members: number) => rpn(channel, 6, members), heard }
}

describe('an ordinary input', () => {
  it('presses one key alone, and lets go of it', () => {
    const { send, heard } = setup()
    send(0x90, 60, 127)
    send(0x90, 64, 127)
    send(0xa0, 64, 127)
    send(0xa0, 65, 127)
    send(0x80, 64, 64)
    send(0xa0, 64, 10)
    expect(heard()).toEqual(['noteOn 60 1', 'noteOn 64 1', 'express 2 pressure=1', 'noteOff 2'])
  })
  it('tells all its notes its timbre, and has the bend range that it was told', async () => {
    const { app, send, rpn, heard } = setup()
    const ranges: (number | undefined)[] = []
    app.context.engine.audition.bend = (_amount: number, range?: number) => void ranges.push(range)
    send(0xb0, 74, 127)
    send(0xe0, 127, 127)
    rpn(0, 0, 12, 50)
    send(0xb0, 101, 127)
    send(0xb0, 100, 127)
    send(0xb0, 6, 24)
    expect(heard()).toEqual(['timbre 1'])
    expect(ranges).toEqual([2, 12, 12.5])
  })
  it('is at rest after its controllers are reset', () => {
    const { send, heard } = setup()
    send(0xd0, 127)
    send(0xb0, 74, 127)
    send(0xb0, 121, 0)
    expect(heard()).toEqual(['pressure 1', 'timbre 1', 'pressure 0', 'timbre 0'])
  })
})

describe('MPE', () => {
  it('begins when the controller says so, and ends when it says so', () => {
    const { player, mcm } = setup()
    expect(player.zones()).toEqual(NO_ZONES)
    mcm(0, 8)
    expect(player.zones()).toEqual({ lower: 8, upper: 0 })
    mcm(15, 5)
    expect(player.zones()).toEqual({ lower: 8, upper: 5 })
    mcm(15, 10)
    expect(player.zones()).toEqual({ lower: 4, upper: 10 })
    mcm(3, 4)
    expect(player.zones()).toEqual({ lower: 4, upper: 10 })
    mcm(0, 0)
    expect(player.zones()).toEqual({ lower: 0, upper: 10 })
    expect(describeZones(player.zones())).toBe('Channels 6–15')
  })
  it('can be switched on for a controller that says nothing, and off for one that does', () => {
    const on = setup('on')
    expect(on.player.zones()).toEqual({ lower: 15, upper: 0 })
    const off = setup('off')
    off.mcm(0, 15)
    expect(off.player.zones()).toEqual(NO_ZONES)
    off.player.setMode('auto')
    expect(off.player.zones()).toEqual({ lower: 15, upper: 0 })
  })
  it('bends two notes apart by 48 semitones, presses and colours them apart', () => {
    const { send, mcm, heard } = setup()
    mcm(0, 15)
    heard()
    send(0xe1, 0, 64 + 32)
    send(0xb1, 74, 64)
    send(0x91, 60, 127)
    send(0x92, 60, 127)
    expect(heard()).toEqual([
      `noteOn 60 1 tuning=${String((4096 / 8191) * 48)} pressure=0 timbre=${String(64 / 127)}`,
      'noteOn 60 1 tuning=0 pressure=0 timbre=0',
    ])
    send(0xe2, 0, 0)
    send(0xd1, 127)
    send(0xb2, 74, 127)
    expect(heard()).toEqual(['express 2 tuning=-48', 'express 1 pressure=1', 'express 2 timbre=1'])
    send(0x82, 60, 0)
    send(0xd2, 127)
    send(0xe2, 0, 64)
    expect(heard()).toEqual(['noteOff 2'])
  })
  it('moves everything by its manager, and takes the range of one member for all of its zone', () => {
    const { send, mcm, rpn, heard } = setup()
    mcm(0, 7)
    mcm(15, 7)
    heard()
    rpn(3, 0, 24)
    send(0x91, 60, 127)
    send(0x9e, 61, 127)
    heard()
    send(0xe1, 127, 127)
    send(0xee, 127, 127)
    send(0xe0, 127, 127)
    send(0xd0, 127)
    send(0xb0, 74, 127)
    expect(heard()).toEqual(['express 1 tuning=24', 'express 2 tuning=48', 'bend 1', 'pressure 1', 'timbre 1'])
  })
  it('lets go of everything when the zones change', () => {
    const { app, send, mcm } = setup()
    mcm(0, 15)
    send(0x91, 60, 127)
    send(0x92, 64, 127)
    mcm(0, 4)
    expect(app.context.held.store.getState().held.size).toBe(0)
  })
  it('never gives a channel to two zones, whatever is asked', () => {
    const ask = fc.record({ upper: fc.boolean(), members: fc.integer({ min: 0, max: 127 }) })
    fc.assert(
      fc.property(fc.array(ask, { maxLength: 8 }), (asked) => {
        let zones: Zones = NO_ZONES
        for (const { upper, members } of asked) {
          zones = configured(zones, upper ? 15 : 0, members)
          expect(upper ? zones.upper : zones.lower).toBe(Math.min(15, members))
          if (zones.lower > 0 && zones.upper > 0) expect(zones.lower + zones.upper).toBeLessThanOrEqual(14)
          const members0 = Array.from({ length: 16 }, (_, channel) => managerOf(zones, channel))
          expect(members0.filter((manager) => manager === 0)).toHaveLength(zones.lower)
          expect(members0.filter((manager) => manager === 15)).toHaveLength(zones.upper)
        }
      }),
      RUNS,
    )
  })
})

const byte = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 127 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 255 }) },
)
/** Mostly whole messages on few channels and keys, and controllers that mean something. */
const bytes = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .tuple(
        fc.constantFrom(0x80, 0x90, 0xa0, 0xb0, 0xb0, 0xd0, 0xe0),
        fc.constantFrom(0, 1, 2, 14, 15),
        fc.constantFrom(0, 1, 6, 38, 60, 61, 64, 74, 100, 101, 121, 123),
        fc.constantFrom(0, 1, 6, 15, 64, 127),
      )
      .map(([kind, channel, ...rest]) => [kind | channel, ...rest]),
  },
  { weight: 2, arbitrary: fc.array(byte, { maxLength: 4 }) },
)

describe('any bytes', () => {
  it('are one message or none, with values in range', () => {
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 5 }), (data) => {
        const message = readMessage(new Uint8Array(data))
        if (!message) return
        expect(message.channel).toBe(data[0]! & 15)
        const amounts = Object.entries(message).flatMap(([key, value]) =>
          key === 'amount' || key === 'velocity' ? [Number(value)] : [],
        )
        const least = message.type === 'bend' ? -1 : 0
        for (const amount of amounts) expect(amount >= least && amount <= 1).toBe(true)
      }),
      RUNS,
    )
  })
  it('make only commands that are taken, and leave no note', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<MpeMode>('auto', 'on', 'off'),
        fc.array(bytes, { maxLength: 60 }),
        async (mode, stream) => {
          const { app, failed, player } = setup(mode)
          for (const data of stream) player.receive(new Uint8Array(data))
          await Promise.resolve()
          expect(failed).toEqual([])
          const count = (name: string): number => app.calls.filter((call) => call.startsWith(`${name} `)).length
          for (let channel = 0; channel < 16; channel++) player.receive(new Uint8Array([0xb0 | channel, 123, 0]))
          expect(app.context.held.store.getState().held.size).toBe(0)
          expect(count('noteOff')).toBe(count('noteOn'))
        },
      ),
      { ...RUNS, numRuns: RUNS.numRuns / 4 },
    )
  })
})
