// How the demo song sounds: loudness, true peak, stealing, what each track adds, and that it goes round (Node, the real module).
import { beforeAll, describe, expect, test } from 'vitest'
import { BPM, VOICES } from '../../src/project/demo/arrangement.ts'
import { demoProject, sectionBeats, SONG_BEATS } from '../../src/project/demo/demo.ts'
import { integratedLoudness } from '../../src/workers/render/loudness.ts'
import { db, truePeak } from './effects/signals.ts'
import { playSong, type Played } from './song/player.ts'

const RATE = 48000
const song = demoProject()
const secondsOf = (beats: number): number => (beats * 60) / BPM
const frameOf = (beats: number): number => Math.round(secondsOf(beats) * RATE)
const loudness = ({ left, right }: { left: Float32Array; right: Float32Array }): number =>
  integratedLoudness([left, right], RATE) ?? -Infinity

/** Where a track is at home: the first section that it plays in with the fewest others. */
function homeOf(name: string): { name: string; from: number; to: number } {
  const voice = VOICES.find((candidate) => candidate.name === name)!
  const sections = sectionBeats().filter((section) => section.name in voice.plays)
  const crowd = (section: string): number => VOICES.filter(({ plays }) => section in plays).length
  return sections.reduce((best, section) => (crowd(section.name) < crowd(best.name) ? section : best))
}

describe('the whole song and the beginning of its second round', () => {
  /** Beats of the second round that are played too. */
  const AGAIN = 8
  let played: Played
  beforeAll(() => {
    played = playSong(song, { fromBeat: 0, seconds: secondsOf(SONG_BEATS + AGAIN), seed: song.seed })
  }, 120_000)
  const once = (): { left: Float32Array; right: Float32Array } => ({
    left: played.left.subarray(0, frameOf(SONG_BEATS)),
    right: played.right.subarray(0, frameOf(SONG_BEATS)),
  })

  test('is at -16 LUFS, within one', () => {
    expect(loudness(once())).toBeGreaterThan(-17)
    expect(loudness(once())).toBeLessThan(-15)
  })
  test('never passes -1 dBTP, and left and right are equally loud within 1.5 dB', () => {
    const { left, right } = once()
    for (const side of [left, right]) expect(db(truePeak(side, 32))).toBeLessThanOrEqual(-0.9)
    const sides = [left, right].map((side) => integratedLoudness([side], RATE)!)
    expect(Math.abs(sides[0]! - sides[1]!)).toBeLessThan(1.5)
  })
  test('steals no voice and contains no fault', () => {
    expect(played.mostVoices).toBeGreaterThan(12)
    expect(played.stolen).toBe(0)
    expect(played.replies.filter(({ type }) => type === 'fault' || type === 'refused')).toEqual([])
  })
  test('goes round without a click or a gap: the seam is no rougher than the song, and the first bar comes back', () => {
    const seam = frameOf(SONG_BEATS)
    const roughest = (side: Float32Array, from: number, to: number): number => {
      let most = 0
      for (let i = from + 2; i < to; i++) most = Math.max(most, Math.abs(side[i]! - 2 * side[i - 1]! + side[i - 2]!))
      return most
    }
    for (const side of [played.left, played.right]) {
      // The beginning has the same notes on the same beat; only the tails of the end are new.
      expect(roughest(side, seam - 256, seam + 256)).toBeLessThan(2 * roughest(side, 0, RATE))
    }
    const part = (from: number, to: number): number =>
      loudness({ left: played.left.subarray(from, to), right: played.right.subarray(from, to) })
    expect(Math.abs(part(seam + RATE, seam + frameOf(AGAIN)) - part(RATE, frameOf(AGAIN)))).toBeLessThan(1.5)
  })
})

/** Beats of a track's section that are compared; the long run compares all of it. */
const COMPARED_BEATS = process.env.VERIFY ? Infinity : 12

describe('each track, muted alone, changes its section by more than 0.5 dB', () => {
  const whole = new Map<string, number>()
  test.each(song.tracks.map(({ name, id }) => [name, id] as const))(
    '%s',
    (name, id) => {
      const home = homeOf(name)
      const stretch = {
        fromBeat: home.from,
        seconds: secondsOf(Math.min(home.to - home.from, COMPARED_BEATS)),
        seed: song.seed,
      }
      if (!whole.has(home.name)) whole.set(home.name, loudness(playSong(song, stretch)))
      const muted = {
        ...song,
        tracks: song.tracks.map((track) => (track.id === id ? { ...track, mute: true } : track)),
      }
      expect(whole.get(home.name)! - loudness(playSong(muted, stretch)), home.name).toBeGreaterThan(0.5)
    },
    120_000,
  )
})
