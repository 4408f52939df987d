// Saved presets keep working: what spec.lock.json promises still holds. Node.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readDescription } from '../build/gen/description.mjs'
import { brokenPromises, lockOf } from '../build/gen/lock.mjs'
import { describeModule } from '../build/module.mjs'
import { engineModule } from './module.ts'

const lock = JSON.parse(readFileSync(join(import.meta.dirname, 'spec.lock.json'), 'utf8'))
const now = lockOf(readDescription(describeModule(engineModule())))
const cutoff = { unit: 'hertz', curve: 'log', min: 20, max: 20000 }
const mode = { unit: 'none', curve: 'option', options: ['low', 'high'] }
const filter = (params: object, version = 1) => ({ units: { filter: { version, params } }, effects: {} })
const broken = (next: object) => brokenPromises(filter({ cutoff, mode }), next)

describe('spec.lock.json', () => {
  it('is kept by the present engine', () => {
    expect(brokenPromises(lock, now)).toEqual([])
  })

  it('records the present engine (else run npm run gen)', () => {
    expect(lock).toEqual(now)
  })
})

describe('a promise', () => {
  it('is broken by removing an id, a parameter or an option', () => {
    expect(broken({ units: {}, effects: {} })).toEqual(['filter: the id is gone; ids are forever'])
    expect(broken(filter({ mode }))[0]).toContain('filter.cutoff: the parameter is gone')
    expect(broken(filter({ cutoff, mode: { ...mode, options: ['low'] } }))[0]).toContain('options are gone: high')
  })

  it('is broken by a smaller range or another unit', () => {
    expect(broken(filter({ cutoff: { ...cutoff, max: 18000 }, mode }))[0]).toContain(
      'range shrank from 20..20000 to 20..18000',
    )
    expect(broken(filter({ cutoff: { ...cutoff, unit: 'octaves' }, mode }))[0]).toContain('from hertz to octaves')
  })

  it('is broken by a reading of a stream that goes or changes its unit', () => {
    const levels = (readings: object) => ({ streams: { levels: { version: 1, params: {}, readings } } })
    const promised = levels({ peak: 'ratio', clips: 'count' })
    expect(brokenPromises(promised, levels({ peak: 'ratio', clips: 'count', more: 'hertz' }))).toEqual([])
    expect(brokenPromises(promised, levels({ peak: 'decibels' })).map((text) => text.split(':')[0])).toEqual([
      'levels.peak',
      'levels.clips',
    ])
  })

  it('is kept by additions, wider ranges and a raised version', () => {
    expect(
      broken(filter({ cutoff: { ...cutoff, min: 10 }, mode: { ...mode, options: ['band', 'low', 'high'] } })),
    ).toEqual([])
    expect(broken(filter({}, 2))).toEqual([])
    expect(broken(filter({ cutoff, mode }, 0))[0]).toContain('version went back')
  })
})
