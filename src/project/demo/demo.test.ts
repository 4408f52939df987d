// The demo song as a document (Node); how it sounds is judged in wasm/test/demo.test.ts.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseProject } from '../parse.ts'
import { BPM } from './arrangement.ts'
import { demoProject, demoText, sectionBeats, SONG_BEATS } from './demo.ts'

const project = demoProject()

test('the file that the page loads is the song of the code (`npm run demo` writes it)', () => {
  expect(readFileSync('public/presets/demo.json', 'utf8')).toBe(demoText())
})
test('it is a document that opens', () => {
  expect(parseProject(JSON.parse(demoText()))).toEqual(project)
})
test('it lasts 60 to 90 seconds, has four named sections, and drums, bass, chords, lead and pad', () => {
  const seconds = (SONG_BEATS * 60) / BPM
  expect(seconds).toBeGreaterThanOrEqual(60)
  expect(seconds).toBeLessThanOrEqual(90)
  expect(sectionBeats()).toHaveLength(4)
  expect(project.markers.map(({ name }) => name)).toEqual(sectionBeats().map(({ name }) => name))
  const names = project.tracks.map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining(['Kick', 'Snare', 'Hats', 'Bass', 'Keys', 'Pad', 'Lead']))
})
test('all its ids differ, and every note lies inside its clip', () => {
  const ids: string[] = []
  for (const track of project.tracks) {
    ids.push(track.id, ...track.devices.map(({ id }) => id))
    for (const clip of track.clips) {
      ids.push(clip.id, ...clip.notes.map(({ id }) => id))
      for (const { tick, lengthTicks, note } of clip.notes) {
        expect(tick).toBeGreaterThanOrEqual(0)
        expect(tick + lengthTicks).toBeLessThanOrEqual(clip.lengthTicks)
        expect(note).toBeGreaterThanOrEqual(24)
        expect(note).toBeLessThanOrEqual(100)
      }
    }
  }
  expect(new Set(ids).size).toBe(ids.length)
})
