// The words of help: everything that has a knob has some (Node).
import { describe, expect, it } from 'vitest'
import { DOCS } from '../../generated/docs.ts'
import { EFFECTS } from '../../generated/effects.ts'
import { UNITS } from '../../generated/units.ts'
import { PAD_SPEC } from '../../presets/spec.ts'
import { helpFor } from './about.ts'

const OWNERS = [
  ...UNITS.map((spec) => [`units/${spec.id}`, spec] as const),
  ...EFFECTS.map((spec) => [`effects/${spec.id}`, spec] as const),
  [`pads/${PAD_SPEC.id}`, PAD_SPEC] as const,
]

describe('help', () => {
  it('has words on every unit, effect, pad and parameter', () => {
    const silent = OWNERS.flatMap(([path, { params }]) => [path, ...params.map(({ id }) => `${path}/${id}`)]).filter(
      (path) => (helpFor(path)[0]?.doc ?? '').length < 4,
    )
    expect(silent).toEqual([])
    const counted = Object.values(DOCS).reduce((sum, owners) => sum + Object.keys(owners).length, 0)
    expect(counted).toBe(OWNERS.length)
  })

  it('says the range, the default and what it is for', () => {
    expect(helpFor('effects/compressor/threshold')).toEqual([
      {
        label: null,
        range: expect.stringMatching(/^−?[\d.]+ dB to 0\.0 dB, default −[\d.]+ dB$/),
        doc: expect.any(String),
      },
    ])
    expect(helpFor('units/svf units/saw').map(({ label }) => label)).toEqual(
      ['svf', 'saw'].map((id) => UNITS.find((spec) => spec.id === id)!.label),
    )
  })

  it('is silent about what it does not know', () => {
    expect(helpFor('')).toEqual([])
    expect(helpFor('units/none effects/compressor/none toString/x constructor')).toEqual([])
  })
})
