// Metronome and count-in: clicks at the frames of the beats, heard by the player and by nobody else. Real engine in Node.
import { describe, expect, it } from 'vitest'
import { tapReader } from '../../../src/engine/wire/tap.ts'
import { hashOf, peakOf } from '../engine.ts'
import { BEAT, bootBlips, bootSong, clipsOf, note, timelineOf, TRACK, type SongRig } from './rig.ts'

const FRAMES = 24000

/** Frames at which something begins after silence, with its first sample; the master chain's delay is taken off. */
function onsets(rig: SongRig, left: Float32Array): { frame: number; level: number }[] {
  const latency = rig.instance.exports.master_latency!()
  const found: { frame: number; level: number }[] = []
  for (let i = 0; i < left.length; i++) {
    // A click begins with its highest sample.
    if (Math.abs(left[i]!) > 0.3 && peakOf(left, Math.max(0, i - 1000), i) < 0.05) {
      found.push({ frame: i - latency, level: left[i]! })
    }
  }
  return found
}

const wait = (rig: SongRig, frames: number) => rig.render(frames).left

describe('metronome', () => {
  it('clicks on each beat of the signature, at its frame, through changes of tempo and signature', () => {
    const rig = bootSong()
    const timeline = timelineOf(
      [
        { tick: 0, bpm: 120, ramp: false },
        { tick: 3 * BEAT, bpm: 97, ramp: false },
      ],
      [
        { tick: 0, numerator: 3, denominator: 4 },
        { tick: 3 * BEAT, numerator: 5, denominator: 8 },
      ],
    )
    rig.commands.at(null).installTimeline(rig.table(timeline))
    rig.commands.metronome(true, 0)
    rig.commands.at(100n).transportPlay(0)
    const eighth = (48000 * 60) / 97 / 2
    const expected = [
      0,
      FRAMES,
      2 * FRAMES,
      ...Array.from({ length: 6 }, (_, i) => Math.round(3 * FRAMES + i * eighth)),
    ]
    const heard = onsets(rig, wait(rig, expected.at(-1)! + 2000))
    expect(heard.map(({ frame }) => frame)).toEqual(expected.map((frame) => frame + 100))
    for (const { level } of heard) expect(level).toBeCloseTo(1, 6)
  })

  it('the first beat of a bar is higher', () => {
    const rig = bootSong()
    rig.commands.at(null).metronome(true, -6)
    rig.commands.transportPlay(0)
    const left = wait(rig, 5 * FRAMES)
    const latency = rig.instance.exports.master_latency!()
    const crossings = (frame: number): number => {
      let count = 0
      for (let i = frame + latency; i < frame + latency + 480; i++) if (left[i]! * left[i + 1]! < 0) count++
      return count
    }
    expect([0, 1, 2, 3, 4].map((beat) => crossings(beat * FRAMES))).toEqual([35, 23, 23, 23, 35])
  })

  it('is in no capture: the master tap, the levels and the log are as without it', () => {
    const take = (on: boolean) => {
      const rig = bootBlips()
      rig.commands.at(null).tap('master', true)
      rig.commands.installClips(TRACK, rig.table(clipsOf([note(0.5, 0.25), note(1.5, 0.25)])))
      rig.commands.metronome(on, 0)
      rig.commands.transportPlay(0)
      const tap = tapReader(rig.wire.buffer, rig.wire.tap('master'))
      const heard = rig.render(2 * FRAMES)
      return { captured: hashOf(tap.read()), heard: hashOf(heard) }
    }
    const [silent, clicking] = [take(false), take(true)]
    expect(clicking.captured).toBe(silent.captured)
    expect(clicking.heard).not.toBe(silent.heard)
  })

  it('follows loops, and comes in on the next beat when it is switched on', () => {
    const rig = bootSong()
    rig.commands.at(null).transportLoop(BEAT / 2, 2 * BEAT, true)
    rig.commands.transportPlay(0)
    wait(rig, FRAMES + 320)
    rig.commands.at(null).metronome(true, 0)
    const zero = rig.now()
    const heard = onsets(rig, wait(rig, 4 * FRAMES)).map(({ frame }) => frame + zero)
    // 1.5 beats of loop from beat 0.5: beat 1 comes at 2.5, 4 and so on; beat 2 is the wrap and never sounds.
    expect(heard).toEqual([2.5 * FRAMES, 4 * FRAMES])
  })
})

describe('count-in', () => {
  it('counts whole bars before the song, with the metronome off, and the song starts at the exact frame', () => {
    const rig = bootBlips()
    const timeline = timelineOf([{ tick: 0, bpm: 97, ramp: false }], [{ tick: 0, numerator: 3, denominator: 4 }])
    rig.commands.at(null).installTimeline(rig.table(timeline))
    rig.commands.installClips(TRACK, rig.table(clipsOf([note(6, 1)])))
    rig.commands.transportSeek(6 * BEAT, 'ticks')
    rig.commands.metronome(false, 0)
    rig.commands.at(77n).transportPlay(2)
    const beat = (48000 * 60) / 97
    wait(rig, 320)
    expect(rig.transport()).toMatchObject({ status: 'countingIn', countInLeft: 5, tick: 6 * BEAT })
    const heard = onsets(rig, wait(rig, 8 * 29696))
    expect(heard.slice(0, 5).map(({ frame }) => frame + 320)).toEqual(
      [1, 2, 3, 4, 5].map((i) => 77 + Math.round(i * beat)),
    )
    const [struck] = rig.sent()
    expect(struck).toMatchObject({ event: 'noteOn', frame: 77 + Math.round(6 * beat) })
    expect(rig.transport()).toMatchObject({ status: 'playing', countInLeft: 0 })
  })

  it('stop and pause end it where the song stands', () => {
    for (const end of ['transportStop', 'transportPause'] as const) {
      const rig = bootSong()
      rig.commands.at(null).transportSeek(2 * BEAT, 'ticks')
      rig.commands.transportPlay(1)
      wait(rig, FRAMES)
      rig.commands.at(null)[end]()
      wait(rig, 4 * FRAMES)
      expect(rig.transport()).toMatchObject({
        status: end === 'transportStop' ? 'stopped' : 'paused',
        tick: 2 * BEAT,
        position: 2 * FRAMES,
      })
    }
  })
})
