// The transport: play, pause, stop, seek and loop at exact frames, and what its slot says.
import { describe, expect, it } from 'vitest'
import { BEAT, bootBlips, bootSong, clipsOf, note, timelineOf, TRACK } from './rig.ts'

/** Frames of a beat at 120 bpm and 48 kHz. */
const FRAMES = 24000

describe('transport', () => {
  it('stands at the start with the built-in 120 bpm in 4/4', () => {
    const rig = bootSong()
    rig.pump()
    expect(rig.transport()).toMatchObject({
      status: 'stopped',
      position: 0,
      tick: 0,
      bpm: 120,
      numerator: 4,
      denominator: 4,
      bar: 0,
      beat: 0,
      timeline: 0,
    })
  })

  it('plays from the exact frame of the command, and the slot tells where it is', () => {
    const rig = bootSong()
    rig.commands.at(1005n).transportPlay(0)
    rig.render(48000)
    expect(rig.transport()).toMatchObject({ status: 'playing', engineFrame: 48000, position: 48000 - 1005 })
    const { tick, tickFraction } = rig.transport()
    // A frame belongs to the tick that rounds to it, so the two may be half a frame apart.
    expect(Math.abs((tick + tickFraction) * 1.5625 - (48000 - 1005))).toBeLessThanOrEqual(0.5)
  })

  it('pause stays, stop goes back to where playing began, a second stop to the start', () => {
    const rig = bootSong()
    rig.commands.at(null).transportSeek(3 * BEAT, 'ticks')
    rig.commands.transportPlay(0)
    rig.render(9600)
    rig.commands.transportPause()
    rig.pump()
    expect(rig.transport()).toMatchObject({ status: 'paused', position: 3 * FRAMES + 9600 })
    rig.render(9600)
    expect(rig.transport()).toMatchObject({ status: 'paused', position: 3 * FRAMES + 9600, engineFrame: 19200 })
    rig.commands.transportPlay(0)
    rig.render(9600)
    rig.commands.transportStop()
    rig.pump()
    expect(rig.transport()).toMatchObject({ status: 'stopped', position: 3 * FRAMES + 9600 })
    rig.commands.transportStop()
    rig.pump()
    expect(rig.transport()).toMatchObject({ status: 'stopped', position: 0, tick: 0, tickFraction: 0 })
  })

  it('a seek is acknowledged by a pump, before audio runs', () => {
    const rig = bootSong()
    rig.commands.at(null).transportSeek(7 * BEAT + 100, 'ticks')
    rig.pump()
    expect(rig.transport()).toMatchObject({ tick: 7 * BEAT + 100, tickFraction: 0, bar: 1, beat: 3, tickOfBeat: 100 })
    rig.commands.transportSeek(12345, 'frames')
    rig.pump()
    expect(rig.transport().position).toBe(12345)
  })

  it('notes sound at their own frames, and end at theirs', () => {
    const rig = bootBlips()
    rig.commands.at(null).installClips(TRACK, rig.table(clipsOf([note(0, 0.5, 60), note(1, 0.25, 62)])))
    rig.commands.at(333n).transportPlay(0)
    rig.render(60000)
    expect(rig.sent().map(({ event, frame, value }) => [event, frame, event === 'noteOn' ? value : 0])).toEqual([
      ['noteOn', 333, 60],
      ['noteOff', 333 + FRAMES / 2, 0],
      ['noteOn', 333 + FRAMES, 62],
      ['noteOff', 333 + 1.25 * FRAMES, 0],
    ])
    expect(rig.transport()).toMatchObject({ dropped: 0, late: 0 })
  })

  it('loops from the frame of its end to the frame of its start', () => {
    const rig = bootBlips()
    rig.commands.at(null).installClips(TRACK, rig.table(clipsOf([note(0, 0.25), note(1, 2)])))
    rig.commands.transportLoop(BEAT / 2, BEAT + BEAT / 2, true)
    rig.commands.transportPlay(0)
    rig.render(3 * FRAMES)
    expect(rig.sent().map(({ event, frame }) => [event, frame])).toEqual([
      ['noteOn', 0],
      ['noteOff', FRAMES / 4],
      ['noteOn', FRAMES],
      ['noteOff', 1.5 * FRAMES],
      ['noteOn', 2 * FRAMES],
      ['noteOff', 2.5 * FRAMES],
    ])
    rig.commands.transportSeek(4 * BEAT, 'ticks')
    rig.render(FRAMES)
    expect(rig.transport().position).toBe(5 * FRAMES)
  })

  it('a new tempo keeps the beat, at rest and while it plays', () => {
    const rig = bootSong()
    rig.commands.at(null).transportSeek(2 * BEAT, 'ticks')
    rig.commands.installTimeline(rig.table(timelineOf([{ tick: 0, bpm: 60, ramp: false }])))
    rig.pump()
    expect(rig.transport()).toMatchObject({ tick: 2 * BEAT, position: 96000, bpm: 60 })
    rig.commands.transportPlay(0)
    rig.render(48000)
    rig.commands.installTimeline(rig.table(timelineOf([{ tick: 0, bpm: 240, ramp: false }])))
    rig.pump()
    expect(rig.transport()).toMatchObject({ tick: 3 * BEAT, position: 36000, bpm: 240 })
    expect(rig.returned()).toHaveLength(1)
  })

  it('its slot is never older than 160 frames', () => {
    const rig = bootSong()
    rig.commands.at(null).transportPlay(0)
    for (let at = 0; at < 4800; at += 32) {
      rig.render(32)
      const { engineFrame, position } = rig.transport()
      expect(position).toBe(engineFrame)
      expect(rig.now() - engineFrame).toBeLessThan(160)
    }
  })

  it('muting and soloing end no notes and leave none out', () => {
    const run = (touch: boolean) => {
      const rig = bootBlips(2)
      const notes = Array.from({ length: 20 }, (_, i) => note(i / 4, 0.4, 50 + i))
      for (const strip of [TRACK, TRACK + 1]) rig.commands.at(null).installClips(strip, rig.table(clipsOf(notes)))
      rig.commands.transportPlay(0)
      for (let i = 0; i < 10; i++) {
        if (touch) rig.commands.at(null).stripMute(TRACK, i % 2 === 0)
        if (touch) rig.commands.at(null).stripSolo(TRACK + 1, i % 3 === 0)
        rig.render(FRAMES / 2)
      }
      return rig.sent()
    }
    expect(run(true)).toEqual(run(false))
  })

  it('refuses what is not a position, a loop or a number of bars, and changes nothing', () => {
    const rig = bootSong()
    rig.commands.at(null).transportSeek(BEAT, 'ticks')
    rig.pump()
    rig.commands.transportSeek(-1, 'ticks')
    rig.commands.transportSeek(-1, 'frames')
    rig.commands.transportSeek(2 ** 52, 'frames')
    rig.commands.transportLoop(BEAT, BEAT, true)
    rig.commands.transportLoop(-1, BEAT, true)
    rig.commands.transportPlay(17)
    rig.commands.metronome(true, NaN)
    rig.commands.metronome(true, 40)
    rig.pump()
    expect(rig.replies().map(({ type, reason }) => `${type} ${reason}`)).toEqual(Array(8).fill('refused malformed'))
    expect(rig.transport()).toMatchObject({ status: 'stopped', tick: BEAT, loop: false, metronome: false })
  })
})
