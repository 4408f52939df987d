// What is said of sounds by their data (Node).
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { device, patchWith, sound } from '../../workers/search/testSounds.ts'
import type { Patch, Preset } from '../model.ts'
import { characteristicsOf, factText } from './facts.ts'

const soundFacts = (data: Parameters<typeof characteristicsOf>[0]) => characteristicsOf(data).facts
const said = (preset: Preset): string[] =>
  soundFacts({ ...preset, patch: preset.patch as Patch }).map(({ phrase }) => phrase)
const shaped = (envelope: object, filter: object = {}): string[] =>
  said(sound('one', { patch: patchWith(envelope, filter) }))
const withEffects = (...effects: Preset['effects'][number][]): string[] => said(sound('one', { effects }))

describe('characteristics', () => {
  it.each([
    [{ attack: 0.31 }, 'slow attack'],
    [{ attack: 0.01 }, 'fast attack'],
    [{ release: 1.01 }, 'long release'],
    [{ release: 0.1 }, 'short release'],
    [{ sustain: 0.8 }, 'sustained'],
    [{ sustain: 0, decay: 0.4 }, 'short decay'],
    [{ sustain: 0, decay: 0.4, attack: 0.001 }, 'percussive'],
    [{ sustain: 0, decay: 4 }, 'long decay'],
  ])('an envelope of %o is said to have a %s', (envelope, phrase) => expect(shaped(envelope)).toContain(phrase))
  it('nothing is said of an ordinary envelope', () => {
    const about = shaped({ attack: 0.1, release: 0.5, sustain: 0.3 })
    expect(about.filter((phrase) => /attack|release|decay|sustain/.test(phrase))).toEqual([])
  })
  it('a saw gets brighter, or darker, as the filter opens and closes', () => {
    const order = [300, 1500, 3000, 9000].map((cutoff) =>
      shaped({}, { cutoff }).filter((phrase) => ['dark', 'warm', 'bright'].includes(phrase)),
    )
    expect(order).toEqual([['dark'], ['warm'], [], ['bright']])
  })
  it('a value of the preset wins over the one of its patch', () => {
    expect(said(sound('one', { values: { 'env.attack': 2, 'filter.cutoff': 200 } }))).toEqual(
      expect.arrayContaining(['slow attack', 'dark']),
    )
  })
  it('effects count when they are heard, and without room a sound is dry', () => {
    expect(withEffects(device('plate', { decay: 4, mix: 0.3 }))).toEqual(
      expect.arrayContaining(['reverb', 'long reverb']),
    )
    expect(withEffects(device('plate', { mix: 0 }))).toContain('dry')
    expect(withEffects(device('plate', { mix: 0.5 }, true))).toContain('dry')
    expect(withEffects(device('distortion'))).toEqual(expect.arrayContaining(['distorted', 'dry']))
    expect(withEffects(device('no such effect'))).toContain('dry')
  })
  it('a detail is the value with its unit', () => {
    const facts = soundFacts({ ...sound('one'), patch: patchWith({ attack: 1.25 }) })
    expect(facts.map(factText)).toContain('slow attack 1.25 s')
  })
  it('echoes and slow motion have a period', () => {
    const { periods } = characteristicsOf({
      ...sound('one'),
      patch: patchWith(),
      effects: [device('delay', { time: 0.25 })],
    })
    expect(periods).toEqual([0.25])
  })
  it('a patch that is only named, or makes no sense, is no error', () => {
    expect(soundFacts({ patch: null, values: {}, effects: [] })).toEqual([])
    const odd: Patch = { ...patchWith(), units: { a: { type: 'nothing' } }, out: { left: 'a', right: 'gone.left' } }
    expect(soundFacts({ patch: odd, values: {}, effects: [] })).toEqual([{ phrase: 'dry' }])
    const loop: Patch = {
      ...patchWith(),
      units: { a: { type: 'gain', in: { in: ['a'] } } },
      out: { left: 'a', right: 'a' },
    }
    expect(soundFacts({ patch: loop, values: {}, effects: [] })).toEqual([{ phrase: 'dry' }])
  })
  it('every factory sound has something to say, and no phrase twice', () => {
    const { presets } = JSON.parse(readFileSync('public/presets/factory.json', 'utf8')) as { presets: Preset[] }
    for (const preset of presets) {
      const phrases = said(preset)
      expect(phrases.length).toBeGreaterThan(2)
      expect(new Set(phrases).size).toBe(phrases.length)
    }
  })
})
