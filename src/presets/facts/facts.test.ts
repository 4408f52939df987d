// What is said of sounds by their data (Node).
import { describe, expect, it } from 'vitest'
import { device, patchWith, sound } from '../../workers/search/testSounds.ts'
import { factoryPresets } from '../factory/factory.ts'
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
  const chain = (source: Patch['units'][string], mods: Patch['mods'] = []): string[] =>
    said(
      sound('one', { patch: { ...patchWith(), units: { ...patchWith({ attack: 0.001 }).units, osc: source }, mods } }),
    )
  it.each([
    [{ type: 'pluck' }, ['plucked string', 'physical model']],
    [{ type: 'modal', values: { body: 'marimba', decay: 0.4 } }, ['mallet', 'bar', 'percussive']],
    [{ type: 'modal', values: { body: 'gong', decay: 6 } }, ['gong', 'struck', 'long decay']],
    [{ type: 'bow', values: { body: 'cello', attack: 0.5 } }, ['bowed string', 'cello', 'slow attack']],
    [{ type: 'wind', values: { model: 'saxophone' } }, ['saxophone', 'woodwind']],
    [{ type: 'granular' }, ['granular synthesis', 'grains']],
    [{ type: 'sampler' }, ['sampled']],
    [{ type: 'partials' }, ['additive synthesis']],
    [{ type: 'fm6', values: { decay1: 3 } }, ['fm synthesis', 'long decay', 'struck']],
    [{ type: 'sync', values: { ratio: 3 } }, ['hard sync']],
    [{ type: 'wavetable', values: { position: 0.35 } }, ['wavetable synthesis']],
    [{ type: 'wavetable', values: { position: 0.286, voices: 4 } }, ['saw', 'unison', 'detuned']],
    [{ type: 'formant', in: { in: ['amp'] } }, ['vowel', 'formant filter']],
  ])('of %o is said: %o', (source, phrases) => expect(chain(source)).toEqual(expect.arrayContaining(phrases)))
  it('what is turned off is not named, until something moves it', () => {
    const mixed = (level2: number, mods: Patch['mods'] = []): string[] => {
      const { units } = patchWith()
      const mix = { type: 'mix', values: { level2 }, in: { in1: ['osc'], in2: ['hiss'] } }
      const filter = { ...units.filter!, in: { in: ['mix'] } }
      return said(
        sound('one', { patch: { ...patchWith(), units: { ...units, hiss: { type: 'white' }, mix, filter }, mods } }),
      )
    }
    const opens = (from: string, amount: number) => [{ from, to: 'mix.level2', amount }]
    expect(mixed(0.5)).toContain('noise')
    expect(mixed(0)).not.toContain('noise')
    expect(mixed(0, opens('env', 0.8))).toContain('noise')
    expect(mixed(0, opens('env', 0.1))).not.toContain('noise')
    expect(mixed(0, opens('wheel', 1))).not.toContain('noise')
  })
  it('vibrato through the knob of a wheel counts as far as the knob is up', () => {
    const through = (level1: number): string[] => {
      const units = {
        ...patchWith().units,
        lfo: { type: 'lfo' },
        vib: { type: 'mix', values: { level1 }, in: { in1: ['lfo'] } },
      }
      return said(
        sound('one', { patch: { ...patchWith(), units, mods: [{ from: 'vib', to: 'voice.pitch', amount: 0.3 }] } }),
      )
    }
    expect(through(0.5)).toContain('vibrato')
    expect(through(0)).not.toContain('vibrato')
  })
  it.each([
    ['bitcrush', 'bitcrushed'],
    ['rotary', 'rotary speaker'],
    ['tube', 'saturation'],
    ['vocoder', 'robot'],
    ['compressor', 'compressed'],
  ])('the effect %s is said to be %s', (type, phrase) => expect(withEffects(device(type))).toContain(phrase))
  it('echoes in the song’s time have its note length, and no period of their own', () => {
    const data = { ...sound('one'), patch: patchWith() }
    const echo = device('delay')
    const effects = [{ ...echo, values: { sync: '1/8D', time: 0.25 } }]
    const about = characteristicsOf({ ...data, effects })
    expect(about.synced).toEqual(['1/8D'])
    expect(about.periods).toEqual([])
    expect(about.facts.map(factText)).toContain('delay 1/8D')
  })
  it('every factory sound has something to say, and no phrase twice', () => {
    for (const preset of factoryPresets()) {
      const phrases = said(preset)
      expect(phrases.length).toBeGreaterThan(2)
      expect(new Set(phrases).size).toBe(phrases.length)
    }
  })
})
