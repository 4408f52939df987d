// Notes and controllers of the song: order, chase, jumps, tables swapped while they play. Real engine in Node.
import { describe, expect, it } from 'vitest'
import { peakOf } from '../engine.ts'
import { BEAT, blip, bootBlips, bootSong, clipsOf, control, note, timelineOf, TRACK, type Sent } from './rig.ts'

const FRAMES = 24000
const short = (sent: readonly Sent[]) =>
  sent.map(({ event, frame, value }) => (event === 'noteOff' ? [event, frame] : [event, frame, value]))

describe('notes of the song', () => {
  it('at one frame: note-offs, then controllers, then note-ons', () => {
    const rig = bootBlips()
    const clips = clipsOf(
      [note(0, 1, 60), note(0, 1, 64), note(1, 1, 60), note(1, 1, 64)],
      [control(1, 'wheel', 0.5), control(1, 'bend', -0.25)],
    )
    rig.commands.at(null).installClips(TRACK, rig.table(clips))
    rig.commands.transportPlay(0)
    rig.render(FRAMES + 64)
    expect(short(rig.sent().filter(({ frame }) => frame === FRAMES))).toEqual([
      ['noteOff', FRAMES],
      ['noteOff', FRAMES],
      ['wheel', FRAMES, 0.5],
      ['bend', FRAMES, -0.25],
      ['noteOn', FRAMES, 60],
      ['noteOn', FRAMES, 64],
    ])
  })

  it('order holds where several ticks share a frame', () => {
    const rig = bootBlips(1, 44100)
    rig.commands.at(null).installTimeline(rig.table(timelineOf([{ tick: 0, bpm: 300, ramp: false }])))
    // 0.57 frames a tick: the wheel comes a tick after the note and on the same frame.
    const at = [...Array(20).keys()].find(
      (tick) => Math.round(tick * 0.57421875) === Math.round((tick + 1) * 0.57421875),
    )!
    const clips = clipsOf([{ ...note(0, 1, 60), tick: at }], [{ ...control(0, 'wheel', 0.5), tick: at + 1 }])
    rig.commands.installClips(TRACK, rig.table(clips))
    rig.commands.transportPlay(0)
    rig.render(256)
    expect(
      rig
        .sent()
        .map(({ event }) => event)
        .slice(-2),
    ).toEqual(['wheel', 'noteOn'])
    expect(new Set(rig.sent().map(({ frame }) => frame)).size).toBeLessThanOrEqual(1)
  })

  it('are heard from their very frame on, for every place in a micro-block', () => {
    for (const start of [0, 1, 17, 31, 32, 1000]) {
      const rig = bootSong()
      const { handle } = rig.load({
        patch: {
          ...blip.patch,
          units: { ...blip.patch.units, osc: { type: 'sine', values: { level: 0.5, phase: 90 } } },
        },
      })
      rig.commands.at(null).installProgram(TRACK, handle, 'switch')
      rig.commands.installClips(TRACK, rig.table(clipsOf([note(0.001, 1)])))
      rig.commands.at(BigInt(start)).transportPlay(0)
      const { left } = rig.render(4096)
      const latency = rig.instance.exports.master_latency!()
      // 15 ticks of 1.5625 frames; the attack of 1 ms begins at 0, so its second frame is the first to be heard.
      expect(left.findIndex((sample) => sample !== 0)).toBe(start + 23 + latency + 1)
    }
  })

  it('a seek ends what sounds and strikes what should sound, with the controllers of that place', () => {
    const rig = bootBlips()
    const clips = clipsOf(
      [note(0, 8, 40), note(1, 1, 50), note(4, 4, 60), note(5, 0.5, 70)],
      [control(0, 'wheel', 0.25), control(3, 'wheel', 0.75), control(2, 'bend', 0.5), control(5, 'bend', 0)],
    )
    rig.commands.at(null).installClips(TRACK, rig.table(clips))
    rig.commands.transportPlay(0)
    rig.render(1.5 * FRAMES)
    rig.sent()
    rig.commands.at(BigInt(1.5 * FRAMES + 77)).transportSeek(4.5 * BEAT, 'ticks')
    rig.render(2 * FRAMES)
    const at = 1.5 * FRAMES + 77
    expect(short(rig.sent())).toEqual([
      ['noteOff', at],
      ['noteOff', at],
      ['bend', at, 0.5],
      ['wheel', at, 0.75],
      ['noteOn', at, 40],
      ['noteOn', at, 60],
      ['bend', at + FRAMES / 2, 0],
      ['noteOn', at + FRAMES / 2, 70],
      ['noteOff', at + FRAMES],
    ])
  })

  it('before the first value of a controller it is at rest; one that the song never uses is left alone', () => {
    const rig = bootBlips()
    const clips = clipsOf([note(0, 1)], [control(2, 'bend', 0.5)])
    rig.commands.at(null).installClips(TRACK, rig.table(clips))
    rig.commands.transportPlay(0)
    rig.render(2.5 * FRAMES)
    rig.sent()
    rig.commands.at(null).transportSeek(BEAT, 'ticks')
    rig.render(32)
    expect(short(rig.sent())).toEqual([['bend', 2.5 * FRAMES, 0]])
  })

  it('stop lets go of the pedal, so nothing rings on', () => {
    const rig = bootBlips()
    const clips = clipsOf([note(0, 0.5)], [control(0, 'sustain', 1), control(8, 'sustain', 0)])
    rig.commands.at(null).installClips(TRACK, rig.table(clips))
    rig.commands.transportPlay(0)
    rig.render(FRAMES)
    expect(peakOf(rig.render(FRAMES).left)).toBeGreaterThan(0.1)
    rig.commands.at(null).transportStop()
    rig.render(4800)
    expect(peakOf(rig.render(FRAMES).left)).toBe(0)
    expect(rig.status('voices')).toBe(0)
  })

  it('notes that the player holds are not touched', () => {
    const rig = bootBlips()
    rig.commands.at(null).installClips(TRACK, rig.table(clipsOf([note(2, 0.5)])))
    rig.commands.transportPlay(0)
    rig.commands.noteOn(TRACK, 7, 64, 1)
    rig.render(FRAMES)
    rig.commands.at(null).transportSeek(0, 'ticks')
    rig.commands.transportStop()
    rig.render(4800)
    expect(peakOf(rig.render(4800).left)).toBeGreaterThan(0.1)
    rig.replies()
    rig.commands.at(null).noteOn(TRACK, 0x80000001, 64, 1)
    rig.pump()
    expect(rig.replies()).toMatchObject([{ type: 'refused', reason: 'malformed' }])
  })

  it('notes of the song are not reported over: nobody waits for them', () => {
    const rig = bootBlips()
    rig.commands.at(null).installClips(TRACK, rig.table(clipsOf([note(0, 0.1), note(0.5, 0.1)])))
    rig.commands.transportPlay(0)
    rig.render(2 * FRAMES)
    expect(rig.sent()).toHaveLength(4)
    expect(rig.replies().filter(({ type }) => type === 'noteEnd')).toEqual([])
  })

  it('a loop shorter than a micro-block, and one of no frames, play on without end or fault', () => {
    const rig = bootBlips()
    rig.commands.at(null).installClips(TRACK, rig.table(clipsOf([note(1, 0.0001), note(2, 1)])))
    rig.commands.transportSeek(BEAT, 'ticks')
    rig.commands.transportLoop(BEAT, BEAT + 4, true)
    rig.commands.transportPlay(0)
    rig.render(320)
    // 4 ticks are 6 frames: the note is struck again every 6 frames and ends after its 3.
    const frames = rig.sent().map(({ event, frame }) => (event === 'noteOn' ? frame : -frame))
    expect(frames).toEqual([...Array(54).keys()].flatMap((k) => [6 * k, -(6 * k + 3)]).filter((f) => Math.abs(f) < 320))
    expect(rig.transport()).toMatchObject({ position: FRAMES + (320 % 6), dropped: 0 })
    rig.commands.transportLoop(BEAT, BEAT + 1, true)
    rig.render(32)
    expect(rig.transport().position).toBeLessThan(FRAMES + 40)

    const none = bootBlips(1, 44100)
    none.commands.at(null).installTimeline(none.table(timelineOf([{ tick: 0, bpm: 300, ramp: false }])))
    none.commands.transportLoop(1, 2, true) // both on frame 1
    none.commands.transportPlay(0)
    none.render(4480)
    expect(none.transport().position).toBe(4480)
  })

  it('more notes at once than a track keeps are dropped and counted, and all that sound end', () => {
    const rig = bootBlips()
    const chord = Array.from({ length: 140 }, (_, i) => note(0.5, 1, i / 2))
    rig.commands.at(null).installClips(TRACK, rig.table(clipsOf(chord)))
    rig.commands.transportPlay(0)
    rig.render(2 * FRAMES)
    const sent = rig.sent()
    const of = (kind: string) => sent.filter(({ event }) => event === kind).length
    expect([of('noteOn'), of('noteOff')]).toEqual([128, 128])
    expect(rig.transport().dropped).toBe(12)
  })

  it('no note-off is lost in a micro-block that is full', () => {
    const tracks = 40
    const rig = bootBlips(tracks)
    const dense = Array.from({ length: 100 }, (_, i) => note(0.5 + i / 1e4, 0.5, i))
    for (let track = 0; track < tracks; track++)
      rig.commands.at(null).installClips(TRACK + track, rig.table(clipsOf(dense)))
    rig.commands.transportPlay(0)
    rig.render(3 * FRAMES)
    const sent = rig.sent()
    const ended = new Set(sent.filter(({ event }) => event === 'noteOff').map(({ noteId }) => noteId))
    const struck = sent.filter(({ event }) => event === 'noteOn')
    expect(struck.length).toBeGreaterThan(1000)
    expect(struck.filter(({ noteId }) => !ended.has(noteId))).toEqual([])
    expect(rig.transport().dropped).toBe(tracks * 100 - struck.length)
  })
})

describe('a track that changes its sound while the song plays', () => {
  const playing = () => {
    const rig = bootBlips()
    rig.commands.at(null).installClips(TRACK, rig.table(clipsOf([note(0, 2, 60), note(0.25, 0.25, 62), note(3, 1)])))
    rig.commands.transportPlay(0)
    rig.render(FRAMES)
    rig.sent()
    return rig
  }

  it('another sound takes over the notes that sound', () => {
    const rig = playing()
    rig.commands.at(BigInt(FRAMES + 40)).installProgram(TRACK, rig.load(blip).handle, 'switch')
    rig.render(2 * FRAMES)
    expect(short(rig.sent())).toEqual([
      ['noteOff', FRAMES + 40],
      ['noteOn', FRAMES + 40, 60],
      ['noteOff', 2 * FRAMES],
    ])
  })

  it('an edited sound lets them finish', () => {
    const rig = playing()
    rig.commands.at(null).installProgram(TRACK, rig.load(blip).handle, 'swap')
    rig.render(2 * FRAMES)
    expect(short(rig.sent())).toEqual([['noteOff', 2 * FRAMES]])
    expect(rig.status('voices')).toBe(0)
  })

  it('a track that comes in later, its sound before its notes or after, is heard at once', () => {
    for (const soundFirst of [true, false]) {
      const rig = bootSong()
      rig.commands.at(null).transportPlay(0)
      rig.render(FRAMES)
      const sound = () => rig.commands.installProgram(TRACK, rig.load(blip).handle, 'switch')
      if (soundFirst) sound()
      rig.commands.installClips(TRACK, rig.table(clipsOf([note(0, 4, 60)])))
      if (!soundFirst) sound()
      expect(peakOf(rig.render(FRAMES).left)).toBeGreaterThan(0.1)
      rig.render(3 * FRAMES)
      expect(rig.status('voices')).toBe(0)
    }
  })
})

describe('tables swapped while they play', () => {
  const start = (notes: Parameters<typeof clipsOf>[0]) => {
    const rig = bootBlips()
    rig.commands.at(null).installClips(TRACK, rig.table(clipsOf(notes)))
    rig.commands.transportPlay(0)
    rig.render(FRAMES / 2)
    rig.sent()
    return rig
  }
  const ends = (sent: readonly Sent[]) => sent.map(({ event, frame }) => [event, frame])

  it('a note that is still there is not struck twice and gets its new length', () => {
    const rig = start([note(0, 1)])
    rig.commands.at(null).installClips(TRACK, rig.table(clipsOf([note(0, 1.5), note(3, 1, 70)])))
    rig.render(2 * FRAMES)
    expect(ends(rig.sent())).toEqual([['noteOff', 1.5 * FRAMES]])
  })

  it('a note that was cut short behind the playhead, or is gone, ends at once', () => {
    for (const after of [
      [note(0, 0.25), note(3, 1)],
      [note(0, 1, 61), note(3, 1)],
    ]) {
      const rig = start([note(0, 1)])
      rig.commands.at(null).installClips(TRACK, rig.table(clipsOf(after)))
      rig.render(FRAMES)
      expect(ends(rig.sent())).toEqual([['noteOff', FRAMES / 2]])
    }
  })

  it('no table ends everything, and the table comes back', () => {
    const rig = start([note(0, 1), note(0, 2, 64)])
    rig.commands.at(null).installClips(TRACK, 0)
    rig.render(FRAMES)
    expect(ends(rig.sent())).toEqual([
      ['noteOff', FRAMES / 2],
      ['noteOff', FRAMES / 2],
    ])
    expect(rig.returned()).toHaveLength(1)
  })

  it('a new tempo neither repeats nor leaves out a note', () => {
    const beats = 64
    const rig = start(Array.from({ length: beats * 8 }, (_, i) => note(i / 8, 1 / 16, i / 4)))
    let bpm = 120
    const values: number[] = []
    for (let round = 0; values.length < beats * 8 - 5; round++) {
      bpm = 60 + ((round * 37) % 180)
      rig.commands
        .at(BigInt(rig.now() + ((round * 13) % 32)))
        .installTimeline(rig.table(timelineOf([{ tick: 0, bpm, ramp: false }])))
      rig.render(1500 + ((round * 701) % 3000))
      for (const { event, value } of rig.sent()) if (event === 'noteOn') values.push(value * 4)
      for (const handle of rig.returned()) rig.instance.exports.table_free!(handle)
      expect(round).toBeLessThan(2000)
    }
    expect(values).toEqual(values.map((_, i) => values[0]! + i))
  })

  it('a random mix of swaps, seeks and tempos leaves no note hanging', () => {
    let seed = 1
    const next = (n: number): number => (seed = (seed * 48271) % 2147483647) % n
    const rig = bootBlips(2)
    const tables = () =>
      Array.from({ length: 40 }, () => note(next(400) / 100, (1 + next(100)) / 100, 40 + next(40))).sort(
        (a, b) => a.tick - b.tick,
      )
    const open = new Set<number>()
    for (let round = 0; round < (process.env.VERIFY ? 20_000 : 400); round++) {
      const port = rig.commands.at(BigInt(rig.now() + next(64)))
      const what = next(8)
      if (what < 2) port.installClips(TRACK + next(2), next(5) ? rig.table(clipsOf(tables())) : 0)
      else if (what === 2) port.transportSeek(next(4 * BEAT), 'ticks')
      else if (what === 3) port.installTimeline(rig.table(timelineOf([{ tick: 0, bpm: 20 + next(280), ramp: false }])))
      else if (what === 4) port.transportLoop(next(BEAT), BEAT + next(3 * BEAT), next(2) === 0)
      else if (what === 5) port.transportStop()
      else port.transportPlay(0)
      rig.render(32 * (1 + next(100)))
      for (const { event, noteId } of rig.sent()) {
        if (event === 'noteOn') open.add(noteId)
        else if (event === 'noteOff') expect(open.delete(noteId), `round ${round}`).toBe(true)
      }
      for (const handle of rig.returned()) expect(rig.instance.exports.table_free!(handle)).toBe(1)
    }
    rig.commands.at(null).transportStop()
    rig.render(9600)
    for (const { event, noteId } of rig.sent()) if (event === 'noteOff') open.delete(noteId)
    expect([...open]).toEqual([])
    expect(rig.status('voices')).toBe(0)
    expect(rig.transport()).toMatchObject({ dropped: 0, late: 0 })
  })
})
