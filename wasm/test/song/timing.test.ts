// Every note of the sequencer is at the frame that exact arithmetic gives: tempo ramps, loops, seeks, any sample rate. Node.
import { describe, expect, it } from 'vitest'
import type { Note, TempoPoint } from '../../../src/compile/song.ts'
import { constants } from '../../../src/generated/wire.ts'
import { notesOf, stretches, type Expected, type Step } from './model.ts'
import { referenceMap } from './reference.ts'
import { BEAT, blip, bootSong, clipsOf, timelineOf, TRACK, type Sent, type SongRig } from './rig.ts'

const EVENTS = process.env.VERIFY ? 1_000_000 : 20_000

/** Mulberry32. */
function randomOf(seed: number) {
  const next = (): number => {
    seed = (seed + 0x6d2b79f5) | 0
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  const between = (min: number, max: number): number => Math.floor(min + next() * (max - min + 1))
  return {
    next,
    between,
    /** As many small ones as large ones. */
    spread: (min: number, max: number) => Math.round(min * (max / min) ** next()),
    pick: <T>(items: readonly T[]): T => items[between(0, items.length - 1)]!,
  }
}
type Random = ReturnType<typeof randomOf>

function randomTempo(random: Random): TempoPoint[] {
  const map: TempoPoint[] = []
  const points = random.between(1, 12)
  for (let tick = 0; map.length < points; tick += random.spread(1, 4e7)) {
    const bpm =
      random.next() < 0.5 ? random.pick([20, 60, 90, 97, 100, 120, 125, 140, 174, 300]) : 20 + 280 * random.next()
    map.push({ tick, bpm, ramp: random.next() < 0.5 })
  }
  return map
}

function randomCase(random: Random) {
  const sampleRate = random.pick([44100, 48000, 48000, 96000])
  const tempo = randomTempo(random)
  const map = referenceMap(sampleRate, tempo)
  // Where things happen: at the start, near changes of tempo, anywhere within a day.
  const places = Array.from({ length: 4 }, () =>
    random.next() < 0.3
      ? random.between(0, BEAT)
      : random.next() < 0.6
        ? Math.max(0, random.pick(tempo).tick + random.between(-2 * BEAT, 2 * BEAT))
        : random.spread(1, constants.maxTick / 8),
  )
  const notes: Note[] = places
    .flatMap((place) =>
      Array.from({ length: random.between(10, 80) }, () => ({
        id: '',
        tick: place + (random.next() < 0.5 ? random.between(0, 6 * BEAT) : random.between(0, 24) * (BEAT / 4)),
        lengthTicks: random.next() < 0.1 ? random.spread(1, 20 * BEAT) : random.spread(1, BEAT),
        note: 0,
        velocity: 0.5,
      })),
    )
    .sort((a, b) => a.tick - b.tick)
    .map((note, index) => ({ ...note, note: (index % 512) / 2 })) // tells them apart
  const steps: Step[] = []
  let at = 0
  const wait = (seconds: number): number => (at += 1 + Math.floor(random.next() * seconds * sampleRate))
  for (const place of places) {
    const tick = Math.max(0, place + random.between(-BEAT, BEAT))
    if (random.next() < 0.5) steps.push({ at: wait(0.2), do: 'seekTick', to: tick })
    else steps.push({ at: wait(0.2), do: 'seekFrame', to: map.frameOf(tick) + random.between(0, 40) })
    steps.push({ at: wait(0.05), do: 'play' })
    if (random.next() < 0.6) {
      const start = Math.max(0, tick + random.between(-BEAT, 2 * BEAT))
      const end = start + random.spread(1000, 4 * BEAT)
      steps.push({ at: wait(0.5), do: 'loop', start, end, on: random.next() < 0.8 })
    }
    wait(2)
    const more = random.between(0, 2)
    for (let i = 0; i < more; i++) {
      const next = random.pick(['pause', 'stop', 'play', 'seekFrame'] as const)
      if (next === 'seekFrame') steps.push({ at: wait(0.5), do: next, to: map.frameOf(random.pick(notes).tick) })
      else steps.push({ at: wait(0.5), do: next })
    }
  }
  return { sampleRate, tempo, map, notes, steps, frames: at + Math.floor(sampleRate / 2) }
}

function send(rig: SongRig, step: Step): void {
  const port = rig.commands.at(BigInt(step.at))
  const sent = ((): boolean => {
    switch (step.do) {
      case 'play':
        return port.transportPlay(0)
      case 'pause':
        return port.transportPause()
      case 'stop':
        return port.transportStop()
      case 'loop':
        return port.transportLoop(step.start, step.end, step.on)
      default:
        return port.transportSeek(step.to, step.do === 'seekTick' ? 'ticks' : 'frames')
    }
  })()
  if (!sent) throw new Error('ring full')
}

/** One line for each event, sorted: what happened, whatever the order within a frame. */
const lines = (events: readonly Expected[]): string[] =>
  events
    .map(({ frame, event, value }) => `${String(frame).padStart(12)} ${event} ${value}`)
    .sort((a, b) => (a < b ? -1 : 1))

/** Note-offs with the number of the note that they end. */
function named(sent: readonly Sent[]): Expected[] {
  const notes = new Map<number, number>()
  return sent.flatMap(({ event, frame, noteId, value }): Expected[] => {
    if (event === 'noteOn') notes.set(noteId, value)
    if (event === 'noteOff') return [{ frame, event, value: notes.get(noteId)! }]
    return event === 'noteOn' ? [{ frame, event, value }] : []
  })
}

describe('event timing', () => {
  it('is exact over random tempo maps, loops, seeks and stops', { timeout: 3_600_000 }, () => {
    let events = 0
    const rigs = new Map<number, SongRig>()
    for (let seed = 1; events < EVENTS; seed++) {
      const { sampleRate, tempo, map, notes, steps, frames } = randomCase(randomOf(seed))
      // A fresh engine for each case would spend its time on booting.
      const rig = rigs.get(sampleRate) ?? bootSong(sampleRate)
      rigs.set(sampleRate, rig)
      if (rig.now() === 0) rig.commands.at(null).installProgram(TRACK, rig.load(blip).handle, 'switch')
      rig.commands.at(null).transportStop()
      rig.commands.transportStop()
      rig.commands.transportLoop(0, BEAT, false)
      rig.commands.installTimeline(rig.table(timelineOf(tempo)))
      rig.commands.installClips(TRACK, rig.table(clipsOf(notes)))
      rig.pump()
      rig.sent()
      const zero = rig.now() - (rig.now() % 32) + 64
      rig.render(zero - rig.now())
      for (const step of steps) send(rig, { ...step, at: step.at + zero })
      rig.render(frames, 4096)
      const sent = named(rig.sent()).map((entry) => ({ ...entry, frame: entry.frame - zero }))
      const played = stretches(steps, frames, map)
      const expected = notesOf(played, notes, map, frames)
      // The last call may have rendered up to a micro-block more.
      const inTime = sent.filter(({ frame }) => frame < frames)
      expect(lines(inTime), `seed ${seed}`).toEqual(lines(expected.filter(({ frame }) => frame < frames)))
      const crowded = new Set(played.filter(({ from, until }) => until === from).map(({ from }) => from))
      for (let i = 1; i < inTime.length; i++) {
        const [a, b] = [inTime[i - 1]!, inTime[i]!]
        if (a.frame > b.frame || (a.frame === b.frame && a.event === 'noteOn' && b.event === 'noteOff'))
          expect(crowded.has(a.frame), `order at ${a.frame}, seed ${seed}`).toBe(true)
      }
      expect(rig.transport(), `seed ${seed}`).toMatchObject({ dropped: 0, late: 0 })
      for (const handle of rig.returned()) rig.instance.exports.table_free!(handle)
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
