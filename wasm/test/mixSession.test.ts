// A random session at the mixer gives the same bits for any size of host call, and when its log is played offline.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bootEngine, effect, hashOf, peakOf, type Stereo, type TestEngine } from './engine.ts'
import { sawPatch } from './patches.ts'
import { joined, ragged, readLog, replay } from './replay.ts'
import { loadChain, returns, tone, track } from './strips.ts'
import { bootTwins } from './twins.ts'

const RUNS = process.env.VERIFY ? 200 : 10

interface Move {
  readonly kind: (typeof KINDS)[number]
  readonly strip: number
  readonly index: number
  readonly value: number
  readonly pre: boolean
  readonly wait: number
}

const KINDS = [
  'gain',
  'pan',
  'mute',
  'solo',
  'send',
  'send',
  'note',
  'note',
  'note',
  'note',
  'chain',
  'swap',
  'panic',
] as const

const move: fc.Arbitrary<Move> = fc.record({
  kind: fc.constantFrom(...KINDS),
  strip: fc.constantFrom(track(0), track(1), track(2), returns(0), returns(1)),
  index: fc.integer({ min: 0, max: 1 }),
  value: fc.float({ min: 0, max: 1, noNaN: true }),
  pre: fc.boolean(),
  wait: fc.integer({ min: 0, max: 3000 }),
})

describe('identity of a mix', () => {
  const sounds = [{ ...tone(), effects: [effect('delay', { time: 0.05 })] }, tone(0.4), { patch: sawPatch() }]
  const chains = [
    [effect('plate', { mix: 1 })],
    [],
    [effect('delay', { time: 0.03, feedback: 0.4, mix: 1 })],
    [effect('delay', { time: 0.03, feedback: 0.4, mix: 1 })],
  ]
  const setUp = (engine: TestEngine) => ({
    sounds: sounds.map((sound) => engine.load(sound).handle),
    chains: chains.map((effects) => loadChain(engine, effects)),
  })
  const begin = (engine: TestEngine, handles: ReturnType<typeof setUp>): number[] => {
    const port = engine.commands.at(null)
    handles.sounds.forEach((handle, index) => port.installProgram(track(index), handle, 'switch'))
    handles.chains.slice(0, 2).forEach((handle, index) => port.installProgram(returns(index), handle, 'switch'))
    return handles.chains.slice(2)
  }
  /** Refused ones (a solo of a return, a note on it) are part of the game. */
  const send = (engine: TestEngine, action: Move, spare: number[], frame: bigint | null, noteId: number): void => {
    const { kind, strip, index, value, pre } = action
    const port = engine.commands.at(frame)
    if (kind === 'gain') port.stripGain(strip, 20 * Math.log2(value + 0.01))
    else if (kind === 'pan') port.stripPan(strip, 2 * value - 1)
    else if (kind === 'mute') port.stripMute(strip, pre)
    else if (kind === 'solo') port.stripSolo(strip, pre)
    else if (kind === 'send') port.stripSend(strip, index, value < 0.2 ? -120 : -20 * value, pre)
    else if (kind === 'note' && value < 0.8) port.noteOn(strip, noteId, 40 + 30 * value, 0.8)
    else if (kind === 'note') port.noteOff(strip, noteId - 3, 0)
    else if (kind === 'panic') port.panic()
    else {
      const handle = spare.pop()
      if (handle !== undefined) port.installProgram(returns(index), handle, kind === 'swap' ? 'swap' : 'switch')
    }
  }

  it('the host may ask for any number of frames at a time', () => {
    fc.assert(
      fc.property(
        fc.array(move, { minLength: 5, maxLength: 40 }),
        fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 6 }),
        (moves, blocks) => {
          const run = (sizes: readonly number[]): string => {
            const engine = bootEngine()
            const spare = begin(engine, setUp(engine))
            let at = 0n
            moves.forEach((action, index) => send(engine, action, spare, (at += BigInt(action.wait)), index + 1))
            return hashOf(ragged(engine, 48000, sizes))
          }
          expect(run(blocks)).toBe(run([128]))
        },
      ),
      { seed: 7, numRuns: RUNS },
    )
  })

  it('a random session at the mixer, reset in its middle, gives the same SHA-256 when its log is played offline', () => {
    let audible = 0
    const moves = fc.array(move, { minLength: 3, maxLength: 40 })
    fc.assert(
      fc.property(moves, moves, (before, after) => {
        const { engine: live } = bootTwins(48000, 77)
        const handles = setUp(live)
        const spare = begin(live, handles)
        let noteId = 0
        for (const action of before) {
          send(live, action, spare, null, ++noteId)
          live.render(32 * Math.ceil((action.wait + 1) / 32), 128)
        }
        live.commands.at(null).reset(1234)
        live.pump()
        const parts: Stereo[] = []
        for (const action of after) {
          send(live, action, spare, null, ++noteId)
          if (action.wait % 4 === 0) live.pump()
          else parts.push(live.render(32 * Math.ceil((action.wait + 1) / 32), 160))
        }
        parts.push(live.render(9600, 128))
        const take = joined(parts)
        const log = readLog(live)
        expect(log.overflow).toBe(0)
        if (peakOf(take.left) > 0.01) audible++

        const offline = bootEngine()
        const theirs = setUp(offline)
        const map = new Map(
          [...handles.sounds, ...handles.chains].map((handle, i) => [handle, [...theirs.sounds, ...theirs.chains][i]!]),
        )
        offline.commands.at(null).reset(log.seed)
        expect(hashOf(replay(offline, log.records, map, take.left.length))).toBe(hashOf(take))
      }),
      { seed: 11, numRuns: RUNS },
    )
    expect(audible).toBeGreaterThan(RUNS / 2)
  })
})
