// Random songs with tempo ramps, loops, seeks and stops: what the engine sends against exact arithmetic. Tests and the report; Node.
import type { Note, TempoPoint } from '../../../src/compile/song.ts'
import { constants } from '../../../src/generated/wire.ts'
import { notesOf, stretches, type Expected, type Step } from './model.ts'
import { referenceMap } from './reference.ts'
import { BEAT, blip, bootSong, clipsOf, timelineOf, TRACK, type Sent, type SongRig } from './rig.ts'

/** Mulberry32. */
export function randomOf(seed: number) {
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

export function randomTempo(random: Random): TempoPoint[] {
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

/** One engine for each sample rate: a fresh one for each case would spend its time on booting. */
export function timingRigs(): (sampleRate: number) => SongRig {
  const rigs = new Map<number, SongRig>()
  return (sampleRate) => {
    const rig = rigs.get(sampleRate) ?? bootSong(sampleRate)
    rigs.set(sampleRate, rig)
    return rig
  }
}

export interface PlayedCase {
  /** One line for each event, sorted. */
  readonly sent: readonly string[]
  readonly expected: readonly string[]
  /** Frames at which events came in a wrong order. */
  readonly disordered: readonly number[]
  readonly transport: ReturnType<SongRig['transport']>
}
export function playCase(seed: number, rigs: (sampleRate: number) => SongRig): PlayedCase {
  const { sampleRate, tempo, map, notes, steps, frames } = randomCase(randomOf(seed))
  const rig = rigs(sampleRate)
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
  const played = stretches(steps, frames, map)
  const expected = notesOf(played, notes, map, frames)
  // The last call may have rendered up to a micro-block more.
  const inTime = named(rig.sent())
    .map((entry) => ({ ...entry, frame: entry.frame - zero }))
    .filter(({ frame }) => frame < frames)
  const crowded = new Set(played.filter(({ from, until }) => until === from).map(({ from }) => from))
  const disordered = inTime.flatMap((b, i) => {
    const a = inTime[i - 1]
    if (!a || crowded.has(a.frame)) return []
    const wrong = a.frame > b.frame || (a.frame === b.frame && a.event === 'noteOn' && b.event === 'noteOff')
    return wrong ? [a.frame] : []
  })
  for (const handle of rig.returned()) rig.instance.exports.table_free!(handle)
  return {
    sent: lines(inTime),
    expected: lines(expected.filter(({ frame }) => frame < frames)),
    disordered,
    transport: rig.transport(),
  }
}
