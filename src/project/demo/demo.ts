// The demo song as a project (Node). `node scripts/demo.mjs` writes it to public/presets/demo.json.
import type { AutomationPoint, Clip, Lane, Return, Track, TrackDevice } from '../../compile/song.ts'
import { factoryPresets } from '../../presets/factory/factory.ts'
import type { PlainValue, Preset } from '../../presets/model.ts'
import { newProject, type Project } from '../document.ts'
import { BPM, KEY, NAME, SECTIONS, VOICES, type Voice } from './arrangement.ts'
import { BEATS_PER_BAR, hand, ticks } from './score.ts'

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789'
const SEED = 20

/** Ids as a document has them, the same ones each time the song is built. */
function idMaker(): () => string {
  let count = 0
  return () => {
    count += 1
    return Array.from({ length: 12 }, (_, i) => LETTERS[Math.floor(((hand(count * 31 + i) + 1) / 2) * 35.999)]).join('')
  }
}

interface Placed {
  readonly name: string
  readonly line: (typeof SECTIONS)[number]['line']
  readonly startBeat: number
  readonly beats: number
}
const placed: readonly Placed[] = SECTIONS.map((section, i) => ({
  ...section,
  startBeat: SECTIONS.slice(0, i).reduce((sum, { line }) => sum + line.length * BEATS_PER_BAR, 0),
  beats: section.line.length * BEATS_PER_BAR,
}))
const last = placed.at(-1)!
export const SONG_BEATS = last.startBeat + last.beats

/** Where each section lies, in beats. */
export const sectionBeats = (): { name: string; from: number; to: number }[] =>
  placed.map(({ name, startBeat, beats }) => ({ name, from: startBeat, to: startBeat + beats }))

function clipsOf(voice: Voice, id: () => string): Clip[] {
  return placed.flatMap(({ name, line, startBeat, beats }) => {
    const play = voice.plays[name as keyof Voice['plays']]
    if (!play) return []
    const notes = play(line).map(({ beat, length, note, velocity }) => ({
      id: id(),
      tick: ticks(beat),
      // A hand that is late still lets go at the end of the section.
      lengthTicks: Math.min(ticks(length), ticks(beats) - ticks(beat)),
      note,
      velocity: Math.round(velocity * 1000) / 1000,
    }))
    return [
      { id: id(), name, startTick: ticks(startBeat), lengthTicks: ticks(beats), mute: false, notes, controls: [] },
    ]
  })
}

function laneOf(target: string, points: readonly (readonly [beat: number, value: number])[], id: () => string): Lane {
  return {
    id: id(),
    target,
    enabled: true,
    points: points.map(([beat, value]): AutomationPoint => ({
      id: id(),
      tick: ticks(beat),
      value,
      curve: 0,
      hold: false,
    })),
  }
}

function devicesOf(preset: Preset, voice: Voice, id: () => string): TrackDevice[] {
  if (typeof preset.patch === 'string') throw new Error(`${preset.id} has no patch of its own`)
  return [
    {
      id: id(),
      kind: 'instrument',
      type: 'patch',
      name: preset.name,
      patch: preset.patch,
      values: { ...preset.values, ...voice.values },
      bypass: false,
      presetId: preset.id,
    },
    ...preset.effects.map((effect) => ({ ...effect, id: id() })),
  ]
}

const effect = (id: string, type: string, values: Readonly<Record<string, PlainValue>>): TrackDevice => ({
  id,
  kind: 'effect',
  type,
  values,
  bypass: false,
})

/** A dotted eighth of the song. */
const ECHO_SECONDS = (0.75 * 60) / BPM

export function demoProject(): Project {
  const id = idMaker()
  const presets = new Map(factoryPresets().map((preset) => [preset.id, preset]))
  const base = newProject(id())
  const mix = { gainDb: 0, pan: 0, mute: false }
  const returns: Return[] = [
    {
      id: id(),
      name: 'Room',
      devices: [effect(id(), 'plate', { decay: 2.6, predelay: 0.02, damping: 5200, mix: 1 })],
      ...mix,
    },
    {
      id: id(),
      name: 'Echo',
      devices: [effect(id(), 'pingpong', { time: ECHO_SECONDS, feedback: 0.42, tone: 3800, mix: 1 })],
      ...mix,
    },
  ]
  const tracks = VOICES.map((voice): Track => {
    const preset = presets.get(voice.presetId)
    if (!preset) throw new Error(`no factory sound "${voice.presetId}"`)
    const devices = devicesOf(preset, voice, id)
    const { name, colour, gainDb, pan } = voice
    return {
      id: id(),
      kind: 'instrument',
      name,
      colour,
      devices,
      sends: Object.entries(voice.sends ?? {}).map(([to, sendDb]) => {
        const target = returns.find((candidate) => candidate.name === to)
        if (!target) throw new Error(`no return "${to}"`)
        return { returnId: target.id, gainDb: sendDb, pre: false }
      }),
      clips: clipsOf(voice, id),
      automation: Object.entries(voice.moves ?? {}).map(([key, points]) =>
        laneOf(key === 'gain' ? key : `${devices[0]!.id}.${key}`, points, id),
      ),
      gainDb,
      pan,
      mute: false,
      solo: false,
    }
  })
  return {
    ...base,
    name: NAME,
    seed: SEED,
    tempoMap: [{ tick: 0, bpm: BPM, ramp: false }],
    key: KEY,
    loop: { startTick: 0, endTick: ticks(SONG_BEATS), enabled: true },
    markers: placed.map(({ name, startBeat }) => ({ id: id(), tick: ticks(startBeat), name })),
    tracks,
    returns,
  }
}

export const demoText = (): string => `${JSON.stringify(demoProject())}\n`
