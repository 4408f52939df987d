// A session with a song gives the same bits for any size of host call, and when its log is played offline. Node.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeAutomation } from '../../../src/compile/songTables.ts'
import { loggedHandles, readLog, withHandles } from '../../../src/engine/wire/log.ts'
import { tapReader } from '../../../src/engine/wire/tap.ts'
import { constants } from '../../../src/generated/wire.ts'
import { bootEngine, effect, hashOf, peakOf, type Sound, type Stereo, type TestEngine } from '../engine.ts'
import { sawPatch } from '../patches.ts'
import { joined, ragged } from '../replay.ts'
import { bootTwins } from '../twins.ts'
import { BEAT, bootSong, clipsOf, control, note, timelineOf, TRACK, type SongRig } from './rig.ts'

const RUNS = process.env.VERIFY ? 200 : 10

const sounds: Sound[] = [
  { patch: sawPatch(), effects: [effect('delay', { time: 0.11 }), effect('chorus')] },
  { patch: sawPatch(), effects: [effect('phaser')] },
  { patch: sawPatch(), effects: [effect('phaser')] },
]
const timelines = [
  timelineOf([{ tick: 0, bpm: 97.3, ramp: false }]),
  timelineOf(
    [
      { tick: 0, bpm: 60, ramp: true },
      { tick: 2 * BEAT, bpm: 240, ramp: true },
      { tick: 5 * BEAT, bpm: 130, ramp: false },
    ],
    [
      { tick: 0, numerator: 3, denominator: 8 },
      { tick: 3 * BEAT, numerator: 4, denominator: 4 },
    ],
  ),
]
const clips = [
  clipsOf(
    Array.from({ length: 24 }, (_, i) => note(i / 4, 0.2 + (i % 3) / 4, 48 + ((i * 5) % 24))),
    [control(0, 'wheel', 0.2), control(1.5, 'bend', 0.5), control(2, 'bend', 0), control(3, 'sustain', 1)],
  ),
  clipsOf(Array.from({ length: 12 }, (_, i) => note(i / 2, 1, 40 + ((i * 7) % 24)))),
]
const lane = { index: 0, device: 0, param: 0 }
const point = (beat: number, value: number, curve = 0, hold = false) => ({ tick: beat * BEAT, value, curve, hold })
const automations = [
  encodeAutomation([
    { ...lane, target: 'gain', points: [point(0, -12), point(3, 0, 0.5), point(6, -20)] },
    { ...lane, target: 'pan', points: [point(0, -1), point(1, 1), point(1, 0, 0, true), point(4, -0.5)] },
    { ...lane, target: 'bypass', index: 1, points: [point(0, 0), point(2, 1), point(3, 0)] },
  ])!,
  encodeAutomation([
    { ...lane, target: 'param', device: 1, param: 0, points: [point(0, 0.2), point(4, 0.9, -0.5), point(5, 0.3)] },
    { ...lane, target: 'mute', points: [point(0, 0), point(2.25, 1), point(2.5, 0)] },
  ])!,
]

const KINDS = ['play', 'play', 'count', 'pause', 'stop', 'seek', 'seekFrames', 'loop'] as const
const EDITS = ['clips', 'automation', 'timeline', 'program', 'gain', 'note', 'metronome', 'ping'] as const
const action = fc.record({
  kind: fc.constantFrom(...KINDS, ...EDITS),
  track: fc.integer({ min: 0, max: 2 }),
  value: fc.float({ min: 0, max: 1, noNaN: true }),
  wait: fc.integer({ min: 0, max: 9000 }),
})
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never

/** Tables and programs for every install that a session may make. */
interface Supply {
  readonly programs: number[]
  readonly tables: Record<'clips' | 'automation' | 'timeline', number[]>
}

function supply(rig: SongRig): Supply {
  const many = (all: readonly Uint8Array[]) => Array.from({ length: 40 }, (_, i) => rig.table(all[i % all.length]!))
  return {
    programs: Array.from({ length: 24 }, (_, i) => rig.load(sounds[i % sounds.length]!).handle),
    tables: { clips: many(clips), automation: many(automations), timeline: many(timelines) },
  }
}

function start(rig: SongRig, { programs, tables }: Supply): void {
  const port = rig.commands.at(null)
  for (let track = 0; track < 3; track++) {
    port.installProgram(TRACK + track, programs.pop()!, 'switch')
    port.installClips(TRACK + track, tables.clips.pop()!)
    port.installAutomation(TRACK + track, tables.automation.pop()!)
  }
}

function send(rig: SongRig, { kind, track, value }: Action, frame: bigint | null, { programs, tables }: Supply): void {
  const port = rig.commands.at(frame)
  const ticks = Math.floor(value * 6 * BEAT)
  if (kind === 'play') port.transportPlay(0)
  else if (kind === 'count') port.transportPlay(1)
  else if (kind === 'pause') port.transportPause()
  else if (kind === 'stop') port.transportStop()
  else if (kind === 'seek') port.transportSeek(ticks, 'ticks')
  else if (kind === 'seekFrames') port.transportSeek(Math.floor(value * 150000), 'frames')
  else if (kind === 'loop') port.transportLoop(Math.floor(ticks / 2), ticks + 1000, value > 0.3)
  else if (kind === 'clips') port.installClips(TRACK + track, tables.clips.pop() ?? 0)
  else if (kind === 'automation') port.installAutomation(TRACK + track, tables.automation.pop() ?? 0)
  else if (kind === 'timeline') {
    const handle = tables.timeline.pop()
    if (handle !== undefined) port.installTimeline(handle)
  } else if (kind === 'program') {
    const handle = programs.pop()
    if (handle !== undefined) port.installProgram(TRACK + track, handle, value > 0.5 ? 'swap' : 'switch')
  } else if (kind === 'gain') port.stripGain(TRACK + track, -20 * value)
  else if (kind === 'note') port.noteOn(TRACK + track, 1 + ticks, 50 + Math.floor(value * 20), 0.8)
  else if (kind === 'metronome') port.metronome(value > 0.5, -6)
  else port.ping(7)
}

/** What the master tap hears from now on, call by call: no clicks in it. */
function captureOf(rig: TestEngine): () => Stereo {
  rig.commands.at(null).tap('master', true)
  rig.pump()
  const tap = tapReader(rig.wire.buffer, rig.wire.tap('master'))
  tap.skip()
  return () => tap.read()
}

const actions = fc.array(action, { minLength: 4, maxLength: 40 })

describe('identity of a song', () => {
  it('the host may ask for any number of frames at a time', () => {
    fc.assert(
      fc.property(
        actions,
        fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 6 }),
        (steps, blocks) => {
          const run = (sizes: readonly number[]): string => {
            const rig = bootSong()
            const stock = supply(rig)
            start(rig, stock)
            let at = 0n
            for (const step of steps) send(rig, step, (at += BigInt(step.wait)), stock)
            return hashOf(ragged(rig, 96000, sizes))
          }
          expect(run(blocks)).toBe(run([128]))
        },
      ),
      { seed: 21, numRuns: RUNS },
    )
  })

  it('a random session, reset in its middle, gives the same SHA-256 when its log is played offline', () => {
    let audible = 0
    fc.assert(
      fc.property(actions, actions, fc.boolean(), (before, after, late) => {
        const live = bootSong(48000, bootTwins(48000, 3).engine)
        const stock = supply(live)
        const made = { programs: [...stock.programs], ...structuredClone(stock.tables) }
        start(live, stock)
        for (const step of before) {
          send(live, step, step.wait % 2 ? BigInt(live.now() + (step.wait % 100)) : null, stock)
          live.render(32 * Math.ceil((step.wait + 1) / 32), 128)
        }
        // Also from the middle of a micro-block.
        live.commands.at(late ? BigInt(live.now() + 13) : null).reset(1234)
        live.render(32)
        const parts: Stereo[] = []
        const tapped = captureOf(live)
        for (const step of after) {
          send(live, step, step.wait % 2 ? BigInt(live.now() + (step.wait % 100)) : null, stock)
          if (step.wait % 4 === 0) live.pump()
          else live.render(32 * Math.ceil((step.wait + 1) / 32), 160)
          parts.push(tapped())
        }
        live.render(9600, 128)
        parts.push(tapped())
        const take = joined(parts)
        if (peakOf(take.left) > 0.01) audible++

        const log = readLog(live.wire.buffer, live.wire.log)
        expect(log.overflow).toBe(0)
        const offline = bootSong(48000, bootEngine())
        const theirs = supply(offline)
        const both = (ours: readonly number[], other: readonly number[]) =>
          ours.map((handle, index): [number, number] => [handle, other[index]!])
        const maps = {
          programs: new Map(both(made.programs, theirs.programs)),
          tables: new Map([
            ...both(made.clips, theirs.tables.clips),
            ...both(made.automation, theirs.tables.automation),
            ...both(made.timeline, theirs.tables.timeline),
          ]),
        }
        for (const handle of loggedHandles(log.records, 'tables')) expect(maps.tables.has(handle)).toBe(true)
        const records = withHandles(log.records, maps)
        offline.commands.at(null).reset(log.seed)
        const words = new Int32Array(records.buffer)
        for (let at = 0; at < words.length; at += constants.recordBytes / 4)
          offline.commands.raw(words.subarray(at, at + constants.recordBytes / 4))
        offline.render(32)
        const again = captureOf(offline)
        const chunks: Stereo[] = []
        for (let done = 0; done < take.left.length; done += 3200) {
          offline.render(Math.min(3200, take.left.length - done), 3200)
          chunks.push(again())
        }
        expect(hashOf(joined(chunks))).toBe(hashOf(take))
        expect(offline.transport()).toMatchObject({
          status: live.transport().status,
          position: live.transport().position,
          tick: live.transport().tick,
          dropped: 0,
          late: 0,
        })
      }),
      { seed: 22, numRuns: RUNS },
    )
    expect(audible).toBeGreaterThan(RUNS / 2)
  })
})
