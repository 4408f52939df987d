// What the menus of the matrix offer, and what they know would run in a circle (Node).
import { describe, expect, it } from 'vitest'
import type { Patch } from '../../../../presets/model.ts'
import { isPatchText } from '../patchFiles.ts'
import { ENGINE_SPECS } from '../values.ts'
import { sourceChoices, targetChoices, type ChoiceGroup } from './choices.ts'

const PATCH: Patch = {
  version: 1,
  units: {
    osc1: { type: 'saw' },
    filter: { type: 'svf', in: { in: ['osc1'] } },
    env: { type: 'env' },
    lfo1: { type: 'lfo' },
    amp: { type: 'gain', in: { in: ['filter'], mod: ['env'] } },
    pan: { type: 'pan', in: { in: ['amp'] } },
  },
  mods: [{ from: 'lfo1', to: 'filter.cutoff', amount: 1 }],
  out: { left: 'pan.left', right: 'pan.right' },
  voices: { max: 8, mode: 'poly', glideSeconds: 0 },
  groups: [],
}
const labels = (groups: readonly ChoiceGroup[], title: string) =>
  groups.find((group) => group.title === title)!.choices.map(({ label }) => label)
const circles = (groups: readonly ChoiceGroup[]) =>
  groups.flatMap(({ choices }) => choices.filter(({ circle }) => circle).map(({ id }) => id))

describe('sources', () => {
  const groups = sourceChoices(PATCH, ENGINE_SPECS, {}, null)
  it('are modulators, what the player brings, then audio with every output by name', () => {
    expect(groups.map(({ title }) => title)).toEqual(['Modulators', 'Player', 'Audio'])
    expect(labels(groups, 'Modulators')).toEqual(['Env', 'LFO 1'])
    expect(labels(groups, 'Player')).toEqual(expect.arrayContaining(['Velocity', 'Key', 'Mod wheel', 'Pitch bend']))
    expect(labels(groups, 'Audio').slice(-2)).toEqual(['Pan left', 'Pan right'])
  })
  it('that the target feeds are closed to it', () => {
    expect(circles(sourceChoices(PATCH, ENGINE_SPECS, { to: 'filter.cutoff' }, null))).toEqual(
      expect.arrayContaining(['filter.out', 'amp.out', 'pan.left']),
    )
    expect(circles(sourceChoices(PATCH, ENGINE_SPECS, { to: 'filter.cutoff' }, null))).not.toContain('osc1')
    expect(circles(sourceChoices(PATCH, ENGINE_SPECS, { to: 'voice.pitch' }, null))).toEqual([])
  })
})

describe('targets', () => {
  it('are the pitch, then what is on a scale, unit by unit', () => {
    const groups = targetChoices(PATCH, ENGINE_SPECS, {}, null)
    expect(groups.slice(0, 3).map(({ title }) => title)).toEqual(['Voice', 'Osc 1', 'Filter'])
    expect(labels(groups, 'Filter')).toEqual(['Cutoff', 'Resonance'])
  })
  it('upstream of the source are closed, through wires and other rows, but not through the row itself', () => {
    const closed = circles(targetChoices(PATCH, ENGINE_SPECS, { from: 'filter' }, null))
    expect(closed).toEqual(expect.arrayContaining(['osc1.level', 'filter.cutoff', 'lfo1.rate']))
    expect(closed).not.toContain('env.attack')
    expect(circles(targetChoices(PATCH, ENGINE_SPECS, { from: 'filter' }, 0))).not.toContain('lfo1.rate')
  })
})

describe('a text that is dropped on an instrument', () => {
  it('loads when it is a patch; presets and anything else are imported', () => {
    expect(isPatchText(JSON.stringify(PATCH))).toBe(true)
    for (const other of [{ name: 'A', patch: PATCH }, { presets: [] }, { oscillators: [] }])
      expect(isPatchText(JSON.stringify(other))).toBe(false)
    expect(isPatchText('[1]')).toBe(false)
    expect(isPatchText('{ "units": ')).toBe(false)
  })
})
