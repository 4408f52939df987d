// What the dynamics effects tell a meter is what they do to the sound.
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { buildRig } from '../../build/engine.mjs'
import { instantiate } from '../../build/module.mjs'

const bytes = await buildRig(join(import.meta.dirname, '..', '..', '..'), [
  'test/effects/reduction_rig.cpp',
  'core/libc.cpp',
  'core/heap.cpp',
])
const { exports } = instantiate(bytes)
const call = exports as Record<string, (...args: number[]) => number>

describe('reductionDb', () => {
  // Effect, tone in Hz, its amplitude, and the least that it must take from it in dB.
  it.each([
    ['compressor', 1000, 1, 8],
    ['lookaheadCompressor', 1000, 1, 8],
    ['limiter', 1000, 4, 12],
    ['gate', 1000, 0.001, 80],
    ['expander', 1000, 0.001, 10],
    ['multiband', 3000, 1, 8],
    ['deesser', 12000, 1, 8],
  ])('%s says what it does', (id, hz, amplitude, least) => {
    const said = call[id](hz, amplitude)
    expect(said).toBeLessThan(-least)
    // A closed gate says -100 dB; beside a band turned down its neighbours' skirts are heard.
    const measured = Math.max(call.rig_measured(), -100)
    expect(Math.abs(said - measured)).toBeLessThan(id === 'multiband' ? 1.5 : id === 'deesser' ? 0.5 : 0.1)
  })

  it.each([
    ['compressor', 1000, 0.01],
    ['lookaheadCompressor', 1000, 0.01],
    ['limiter', 1000, 0.5],
    ['gate', 1000, 0.5],
    ['expander', 1000, 0.5],
    ['multiband', 3000, 0.001],
    ['deesser', 300, 0.5],
    ['transient', 1000, 0.5],
  ])('%s says nothing when it does nothing', (id, hz, amplitude) => {
    expect(Math.abs(call[id](hz, amplitude))).toBeLessThan(0.02)
    expect(Math.abs(call.rig_measured())).toBeLessThan(0.05)
  })
})
