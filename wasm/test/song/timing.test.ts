// Every note of the sequencer is at the frame that exact arithmetic gives: tempo ramps, loops, seeks, any sample rate. Node.
import { describe, expect, it } from 'vitest'
import type { TempoPoint } from '../../../src/compile/song.ts'
import { playCase, randomOf, randomTempo, timingRigs } from './randomCases.ts'
import { referenceMap } from './reference.ts'
import { blip, bootSong, clipsOf, timelineOf, TRACK } from './rig.ts'

/** A million of them are a row of the report. */
const EVENTS = 20_000

describe('event timing', () => {
  it('is exact over random tempo maps, loops, seeks and stops', () => {
    let events = 0
    const rigs = timingRigs()
    for (let seed = 1; events < EVENTS; seed++) {
      const { sent, expected, disordered, transport } = playCase(seed, rigs)
      expect(sent, `seed ${seed}`).toEqual(expected)
      expect(disordered, `seed ${seed}`).toEqual([])
      expect(transport, `seed ${seed}`).toMatchObject({ dropped: 0, late: 0 })
      events += expected.length
    }
    expect(events).toBeGreaterThanOrEqual(EVENTS)
  })

  it('halves of a frame round up, also behind tempos whose frames are endless fractions', () => {
    const rig = bootSong()
    rig.commands.at(null).installProgram(TRACK, rig.load(blip).handle, 'switch')
    rig.render(32)
    const random = randomOf(1)
    for (let found = 0; found < 60;) {
      const tempo: TempoPoint[] = []
      let tick = 0
      // Frames in 2520ths: 187.5 of them a tick and bpm at 48 kHz, bpms with factors 3, 5 and 7.
      let start = 0n
      for (const bpm of Array.from({ length: 8 }, () => random.pick([210, 90, 70, 30, 126, 180, 42, 63]))) {
        tempo.push({ tick, bpm, ramp: false })
        const ticks = random.between(1, 4e6)
        start += (BigInt(ticks) * 375n * 1260n) / BigInt(bpm)
        tick += ticks
      }
      tempo.push({ tick, bpm: 120, ramp: false })
      // 120 bpm: 25 / 16 frames a tick. The first tick that is a half beyond whole frames, if any is.
      const first = Array.from({ length: 16 }, (_, i) => i + 1).find(
        (i) => (16n * start + BigInt(25 * i) * 2520n) % (16n * 2520n) === 8n * 2520n,
      )
      if (first === undefined) continue
      found++
      const notes = Array.from({ length: 20 }, (_, i) => ({
        id: '',
        tick: tick + first + 16 * i,
        lengthTicks: 8,
        note: 60,
        velocity: 0.5,
      }))
      rig.commands.at(null).transportStop()
      rig.commands.installTimeline(rig.table(timelineOf(tempo)))
      rig.commands.installClips(TRACK, rig.table(clipsOf(notes)))
      rig.commands.transportSeek(0, 'frames')
      rig.pump()
      const half = Number((16n * start + BigInt(25 * first) * 2520n + 8n * 2520n) / (16n * 2520n))
      rig.commands.transportSeek(half - 16, 'frames')
      rig.commands.transportPlay(0)
      rig.pump()
      rig.sent()
      const zero = rig.now()
      rig.render(640)
      const struck = rig.sent().filter(({ event }) => event === 'noteOn')
      expect(struck.map(({ frame }) => frame - zero)).toEqual(notes.map((_, i) => 16 + 25 * i))
      for (const handle of rig.returned()) rig.instance.exports.table_free!(handle)
    }
  })

  it('a tempo that changes while it plays: every note counts from the frame and the tick of the change', () => {
    for (let seed = 1; seed <= 12; seed++) {
      const random = randomOf(seed)
      const rig = bootSong()
      rig.commands.at(null).installProgram(TRACK, rig.load(blip).handle, 'switch')
      const tempo = randomTempo(random)
      const map = referenceMap(48000, tempo)
      // 25 frames of 120 bpm are 16 ticks.
      const change = random.between(1, 4000)
      const notes = Array.from({ length: 60 }, (_, i) => ({
        id: '',
        tick: 16 * change + 1 + random.between(200 * i, 200 * i + 199),
        lengthTicks: 20,
        note: 60,
        velocity: 0.5,
      }))
      rig.commands.installClips(TRACK, rig.table(clipsOf(notes)))
      rig.commands.transportPlay(0)
      rig.commands.at(BigInt(25 * change)).installTimeline(rig.table(timelineOf(tempo)))
      rig.render(25 * change + 120_000, 4096)
      const struck = rig.sent().filter(({ event }) => event === 'noteOn')
      const shift = 25 * change - map.frameOf(16 * change)
      expect(
        struck.map(({ frame }) => frame),
        `seed ${seed}`,
      ).toEqual(notes.map(({ tick }) => map.frameOf(tick) + shift).slice(0, struck.length))
      expect(struck.length).toBeGreaterThan(40)
    }
  })
})
