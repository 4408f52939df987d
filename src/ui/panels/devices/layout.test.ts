// Which parameters the face of a sound shows, and in which groups (Node).
import { describe, expect, it } from 'vitest'
import type { EffectSpec, ParamSpec, UnitSpec } from '../../../generated/specs.ts'
import type { Patch } from '../../../presets/model.ts'
import { fits, found } from './effectMenu.ts'
import { effectFaces, effectGroups, faceParts, instrumentGroups, unitParts } from './layout.ts'
import { modulationArc, sourceLabel, targetLabel, unitTitle } from './modulation.ts'
import { effectIndex, valueOf, type Specs } from './values.ts'

const param = (id: string, label: string, more: Partial<ParamSpec> = {}): ParamSpec => ({
  id,
  label,
  unit: 'fraction',
  min: 0,
  max: 1,
  init: 0.5,
  curve: 'linear',
  smooth: 'ramp',
  group: '',
  index: 0,
  ...more,
})
const unit = (id: string, label: string, params: ParamSpec[]): UnitSpec & EffectSpec => ({
  id,
  label,
  version: 1,
  category: '',
  inputs: [],
  outputs: [],
  params,
  index: 0,
  table: false,
  asset: 'none',
  sidechain: false,
  reduces: false,
  latencyMs: 0,
  costNs: 0,
})
const CUTOFF = param('cutoff', 'Cutoff', { unit: 'hertz', min: 20, max: 20000, init: 1000, curve: 'log' })
const SPECS: Specs = {
  units: new Map(
    [
      unit('saw', 'Saw', [param('tune', 'Tune'), param('level', 'Level')]),
      unit('svf', 'State-variable filter', [CUTOFF]),
      unit('mix', 'Mix', [param('level1', 'Level 1'), param('level2', 'Level 2')]),
      unit('env', 'Envelope', [param('attack', 'Attack')]),
      unit('lfo', 'LFO', [param('rate', 'Rate')]),
    ].map((spec) => [spec.id, spec]),
  ),
  effects: new Map(),
}
const PATCH: Patch = {
  version: 1,
  units: {
    osc1: { type: 'saw' },
    osc2: { type: 'saw', values: { level: 0.3 } },
    mix: { type: 'mix', in: { in1: ['osc1', 'osc2'] } },
    filter: { type: 'svf' },
    amp: { type: 'env' },
    lfo1: { type: 'lfo' },
  },
  mods: [
    { from: 'lfo1', to: 'filter.cutoff', amount: 1 },
    { from: 'amp', to: 'filter.cutoff', amount: 2 },
  ],
  out: { left: 'filter', right: 'filter' },
  voices: { max: 8, mode: 'poly', glideSeconds: 0 },
  groups: [{ label: 'Oscillators', params: ['osc1.tune', 'osc1.level', 'osc2.level', 'osc9.gone'] }],
}

describe('the face of an instrument', () => {
  const groups = instrumentGroups(PATCH, SPECS)
  it('shows the groups of the patch first, then one per unit for the rest', () => {
    expect(groups.map(({ label }) => label)).toEqual(['Oscillators', 'Osc 2', 'Mix', 'Filter', 'Amp', 'LFO 1'])
  })
  it('shows every parameter once, and no level of an input that nothing is plugged into', () => {
    const keys = groups.flatMap(({ params }) => params.map(({ key }) => key))
    expect(keys).toEqual([
      'osc1.tune',
      'osc1.level',
      'osc2.level',
      'osc2.tune',
      'mix.level1',
      'filter.cutoff',
      'amp.attack',
      'lfo1.rate',
    ])
  })
  it('draws a unit once, where most of its parameters are', () =>
    expect(groups.map(({ drawn }) => drawn)).toEqual([['osc1', 'osc2'], [], ['mix'], ['filter'], ['amp'], ['lfo1']]))
  it('keeps the groups of one unit together under one picture, the numbered ones as a series', () => {
    const operator = (n: number) => ['ratio', 'gain'].map((id) => param(`${id}${n}`, id))
    const fm = unit('fm', 'FM', [param('algorithm', 'Algorithm'), ...[1, 2, 3].flatMap(operator)])
    const patch: Patch = {
      ...PATCH,
      units: { op: { type: 'fm' }, lfo1: { type: 'lfo' } },
      groups: [
        { label: 'Voice', params: ['op.algorithm'] },
        { label: 'Motion', params: ['lfo1.rate'] },
        ...[1, 2, 3].map((n) => ({ label: `Operator ${n}`, params: [`op.ratio${n}`, `op.gain${n}`] })),
      ],
    }
    const faces = instrumentGroups(patch, { ...SPECS, units: new Map([...SPECS.units, ['fm', fm]]) })
    expect(faces.map(({ label, drawn }) => [label, drawn])).toEqual([
      ['Voice', ['op']],
      ['Motion', ['lfo1']],
    ])
    const [voice, operators] = unitParts(faces[0]!)
    expect('group' in voice! && voice.group.params.map(({ key }) => key)).toEqual(['op.algorithm'])
    expect('series' in operators! && operators.series.parts.map(({ params }) => params.map(({ key }) => key))).toEqual(
      [1, 2, 3].map((n) => [`op.ratio${n}`, `op.gain${n}`]),
    )
  })
  it('numbers equal labels within a group and names parameters in full', () => {
    expect(groups[0]?.params.map(({ label }) => label)).toEqual(['Tune', 'Level 1', 'Level 2'])
    expect(groups[3]?.params[0]?.name).toBe('Filter cutoff')
  })
})

describe('the face of an effect', () => {
  const device = (type: string) => ({ id: type, kind: 'effect' as const, type, values: {}, bypass: false })
  const band = (name: string, group: string) =>
    ['frequency', 'gain', 'Q'].map((part) => param(`${name}${part}`, `${name} ${part}`, { group }))
  const specs: Specs = {
    units: new Map(),
    effects: new Map([
      ['delay', unit('delay', 'Delay', [param('time', 'Time'), param('mix', 'Mix')])],
      [
        'eq',
        unit('eq', 'Equaliser', [
          ...band('Low', 'Low shelf'),
          ...band('Bell 1', 'Bell 1'),
          ...band('High', 'High shelf'),
        ]),
      ],
    ]),
  }
  const faces = effectFaces([device('eq'), device('gone'), device('delay')], specs)
  it('keeps the places of its chain and skips what the engine does not know', () =>
    expect(faces.map(({ index, spec }) => [index, spec.id])).toEqual([
      [0, 'eq'],
      [2, 'delay'],
    ]))
  it('has the groups of its spec when it has many parameters, and short labels in them', () => {
    expect(
      effectGroups(faces[0]!.params).map(({ label, params }) => [label, ...params.map((face) => face.label)]),
    ).toEqual([
      ['Low shelf', 'Frequency', 'Gain', 'Q'],
      ['Bell 1', 'Frequency', 'Gain', 'Q'],
      ['High shelf', 'Frequency', 'Gain', 'Q'],
    ])
    expect(effectGroups(faces[0]!.params)[1]?.params[0]).toMatchObject({
      key: 'fx1.Bell 1frequency',
      name: 'Equaliser bell 1 frequency',
    })
    expect(effectGroups(faces[1]!.params)).toMatchObject([{ label: undefined }])
  })
})

describe('large faces', () => {
  const named = (label: string | undefined) => ({ label, params: [] })
  const labels = (parts: ReturnType<typeof faceParts>) =>
    parts.map((each) => ('series' in each ? [each.series.label, each.series.parts.length] : each.group.label))
  it('gather three or more groups that differ by their number where the first of them stands', () => {
    const groups = ['Main', 'Band 1', 'Band 2', 'Band 3', undefined].map(named)
    expect(labels(faceParts(groups))).toEqual(['Main', ['Band', 3], undefined])
    expect(labels(faceParts(['Bell 1', 'Bell 2', 'High'].map(named)))).toEqual(['Bell 1', 'Bell 2', 'High'])
  })
  it('part one large unit by its own groups, and leave small ones whole', () => {
    const face = (key: string, group: string) => ({
      key,
      spec: param(key, key, { group }),
      name: key,
      label: key,
      about: '',
    })
    const of = (count: number, group: string) => Array.from({ length: count }, (_, i) => face(`fm.${group}${i}`, group))
    const large = [...of(2, 'Pitch'), ...of(5, ''), ...[1, 2, 3].flatMap((n) => of(4, `Operator ${n}`))]
    const parts = unitParts({ id: 'fm', label: 'FM', params: large, units: ['fm'] })
    expect(labels(parts)).toEqual(['FM', ['Operator', 3]])
    expect('series' in parts[1]! && parts[1].series.parts[2]!.params[0]).toMatchObject({ label: 'fm.Operator 30' })
    expect('group' in parts[0]! && parts[0].group.params.length).toBe(7)
    expect(labels(unitParts({ id: 'fm', label: 'FM', params: of(12, 'Operator 1'), units: ['fm'] }))).toEqual(['FM'])
    expect(labels(unitParts({ id: 'g0', label: 'Both', params: large, units: ['fm', 'lfo'] }))).toEqual(['Both'])
  })
  it('have no knobs for the points that an editor draws', () => {
    const effects = new Map([
      ['waveshaper', unit('waveshaper', 'Waveshaper', [param('drive', 'Drive'), param('point1', 'Point 1')])],
    ])
    const device = { id: 'a', kind: 'effect' as const, type: 'waveshaper', values: {}, bypass: false }
    const [face] = effectFaces([device], { units: new Map(), effects })
    expect(face!.params.map(({ key }) => key)).toEqual(['fx1.drive'])
    expect(face!.spec.params.length).toBe(2)
  })
})

describe('finding an effect to add', () => {
  it('goes by name, category, id, and what else it is called', () => {
    for (const [id, typed] of [
      ['eq8', 'eq'],
      ['eq8', 'equal eight'],
      ['compressor', 'comp'],
      ['delay', 'echo'],
      ['waveshaper', 'drive wave'],
      ['rack', 'rack'],
    ] as const)
      expect(fits(id, typed), typed).toBe(true)
    expect(fits('eq8', '')).toBe(true)
    expect(fits('delay', 'compressor')).toBe(false)
    expect(fits('reverb', 'all')).toBe(false)
    expect(fits('nothing', '')).toBe(false)
    expect(found('echo', true).map(({ title, offers }) => [title, offers.length])).toEqual([['Delay', 4]])
    expect(found('', true).at(-1)?.title).toBe('Racks')
    expect(found('', false).at(-1)?.title).not.toBe('Racks')
    expect(found('no such thing', true)).toEqual([])
  })
})

describe('values and modulation', () => {
  it('reads the edit, then the patch, then the default', () => {
    const preset = { values: { 'osc1.level': 0.9 }, effects: [] } as never
    const level = param('level', 'Level')
    expect(valueOf({ preset, patch: PATCH }, 'osc1.level', level)).toBe(0.9)
    expect(valueOf({ preset, patch: PATCH }, 'osc2.level', level)).toBe(0.3)
    expect(valueOf({ preset, patch: PATCH }, 'osc1.tune', level)).toBe(0.5)
    expect(valueOf({ preset, patch: PATCH }, 'osc7.tune', level)).toBeUndefined()
  })
  it('counts effects from fx1', () =>
    expect([effectIndex('fx1'), effectIndex('fx12'), effectIndex('osc1')]).toEqual([0, 11, null]))
  it('sums modulations of a log parameter in octaves: LFOs both ways, envelopes one way', () => {
    const [low, high] = modulationArc(PATCH, 'filter.cutoff', CUTOFF, 1000)!
    const octave = 1 / Math.log2(1000)
    const at = Math.log2(1000 / 20) * octave
    expect(low).toBeCloseTo(at - octave)
    expect(high).toBeCloseTo(at + 3 * octave)
    expect(modulationArc(PATCH, 'osc1.tune', param('tune', 'Tune'), 0)).toBeNull()
  })
  it('sums the amounts that are set, where they are set', () => {
    const patch = { ...PATCH, mods: [{ ...PATCH.mods[0]!, id: 'm1' }] }
    expect(modulationArc(patch, 'filter.cutoff', CUTOFF, 1000, { 'amount.m1': 0 })).toBeNull()
    expect(valueOf({ preset: { values: { 'amount.m1': 3 }, effects: [] }, patch }, 'amount.m1', CUTOFF)).toBe(3)
  })
  it('says modulations in words', () => {
    expect(sourceLabel('lfo1', PATCH, SPECS)).toBe('LFO 1')
    expect(sourceLabel('wheel', PATCH, SPECS)).toBe('Mod wheel')
    expect(targetLabel('filter.cutoff', PATCH, SPECS)).toBe('Filter cutoff')
    expect(targetLabel('voice.pitch', PATCH, SPECS)).toBe('Pitch')
    expect(unitTitle('noiseenv')).toBe('Noiseenv')
  })
})
