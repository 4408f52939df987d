// Note expressions on the real engine: each voice its own pitch, pressure, timbre, volume and pan, at its frame.
import { describe, expect, it } from 'vitest'
import { constants, enums, records } from '../../src/generated/wire.ts'
import type { Patch } from '../../src/presets/model.ts'
import { bootDry, hashOf, peakOf, rmsOf, stepOf, type Stereo, type TestEngine } from './engine.ts'
import { sawPatch, voice } from './patches.ts'
import { centsOff, hzOf, RATE, sine } from './sines.ts'

const dry = (patch: Patch): TestEngine => {
  const engine = bootDry()
  engine.install({ patch })
  return engine
}

describe('tuning', () => {
  it('bends two notes of one sound apart, each to a hundredth of a cent', () => {
    const engine = dry(sine())
    engine.noteOn(1, 60)
    engine.noteOn(2, 67)
    engine.render(4800)
    engine.commands.at(null).express(0, 1, { tuning: 0.37 })
    engine.commands.express(0, 2, { tuning: -11.5 })
    engine.render(24000)
    const { left } = engine.render(24000)
    expect(Math.abs(centsOff(left, hzOf(60.37)))).toBeLessThan(0.01)
    expect(Math.abs(centsOff(left, hzOf(55.5)))).toBeLessThan(0.01)
  })

  it('adds to the bend of the strip', () => {
    const engine = dry(sine())
    engine.noteOn(1, 60)
    engine.commands.at(null).express(0, 1, { tuning: 48 })
    engine.commands.bend(0, -0.5, 2)
    engine.render(24000)
    expect(Math.abs(centsOff(engine.render(24000).left, hzOf(107)))).toBeLessThan(0.01)
  })

  it('told at the frame of the note it begins there, without a slide', () => {
    const bent = dry(sine())
    const plain = dry(sine())
    bent.commands.at(777n).express(0, 1, { tuning: 7 })
    bent.noteOn(1, 60, 0.8, 777)
    plain.noteOn(1, 67, 0.8, 777)
    expect(hashOf(bent.render(4800))).toBe(hashOf(plain.render(4800)))
  })
})

/** What modulates a level from 0: the signal is the source's value times a sine. */
const heard = (from: string): Patch =>
  sine({
    units: { osc: { type: 'sine', values: { level: 0 } } },
    mods: [{ from, to: 'osc.level', amount: 1 }],
  })
const levelOf = ({ left }: Stereo): number => rmsOf(left, left.length - 4800) * Math.SQRT2

describe('sources of a patch', () => {
  it.each(['pressure', 'timbre'] as const)('%s is of the voice or of all, whichever is more', (kind) => {
    const engine = dry(heard(kind))
    engine.noteOn(1, 69, 1)
    expect(levelOf(engine.render(9600))).toBe(0)
    engine.commands.at(null).express(0, 1, { [kind]: 0.5 })
    expect(levelOf(engine.render(19200))).toBeCloseTo(0.5, 3)
    engine.commands.at(null)[kind](0, 0.25)
    expect(levelOf(engine.render(19200))).toBeCloseTo(0.5, 3)
    engine.commands.at(null)[kind](0, 0.75)
    expect(levelOf(engine.render(19200))).toBeCloseTo(0.75, 3)
    engine.commands.at(null).express(0, 1, { [kind]: 0 })
    engine.commands[kind](0, 0)
    expect(levelOf(engine.render(19200))).toBe(0)
  })

  it('goes there by a one-pole of 15 ms', () => {
    const engine = dry(heard('pressure'))
    engine.noteOn(1, 105, 1)
    engine.render(960)
    engine.commands.at(null).express(0, 1, { pressure: 1 })
    const { left } = engine.render(4800)
    for (const ms of [5, 15, 30, 45]) {
      const at = Math.round((ms * RATE) / 1000)
      expect(peakOf(left, at - 16, at + 16), `${ms} ms`).toBeCloseTo(1 - Math.exp(-ms / 15), 1)
    }
    expect(stepOf(left)).toBeLessThan(2 * Math.sin((Math.PI * hzOf(105)) / RATE) + 0.01)
  })

  it('lift is how fast the key came up', () => {
    const engine = dry({
      ...heard('lift'),
      units: {
        osc: { type: 'sine', values: { level: 0 } },
        env: { type: 'env', values: { attack: 0.001, sustain: 1, release: 5 } },
        amp: { type: 'gain', in: { in: ['osc'], mod: ['env'] } },
      },
      out: { left: 'amp', right: 'amp' },
    })
    engine.noteOn(1, 69, 1)
    expect(peakOf(engine.render(4800).left)).toBe(0)
    engine.commands.at(null).noteOff(0, 1, 0.5)
    const struck = peakOf(engine.render(2400).left)
    expect(struck).toBeGreaterThan(0.4)
    expect(struck).toBeLessThan(0.51)
  })
})

describe('volume and pan', () => {
  const stereo = (): Patch =>
    sine({
      units: { osc: { type: 'sine', values: { level: 0.25 } }, pan: { type: 'pan', in: { in: ['osc'] } } },
      out: { left: 'pan.left', right: 'pan.right' },
    })
  /** Two notes an octave apart: one is told, the other is not. */
  const both = (patch: Patch, tell: (engine: TestEngine) => void): Stereo => {
    const engine = dry(patch)
    engine.noteOn(1, 57, 1)
    if (tell !== nothing) engine.noteOn(2, 81, 1)
    tell(engine)
    engine.render(9600)
    return engine.render(9600)
  }
  const nothing = (): void => undefined
  const sides = ({ left, right }: Stereo): number[] => [rmsOf(left), rmsOf(right)]

  it.each([
    ['one output', sine()],
    ['two outputs', stereo()],
  ])('a voice of %s falls silent alone, and is as loud as it is told', (_, patch) => {
    const [alone] = sides(both(patch, nothing))
    const off = both(patch, ({ commands }) => commands.at(null).express(0, 2, { volume: constants.offVolumeDb }))
    expect(sides(off)[0]! / alone!).toBeCloseTo(1, 4)
    const loud = both(patch, ({ commands }) => {
      commands.at(null).express(0, 1, { volume: 6 })
      commands.express(0, 2, { volume: constants.offVolumeDb })
    })
    expect(sides(loud)[0]! / alone!).toBeCloseTo(10 ** (6 / 20), 3)
    expect(sides(loud)[1]! / alone!).toBeCloseTo(10 ** (6 / 20), 3)
  })

  it.each([
    ['one output', sine()],
    ['two outputs', stereo()],
  ])('a voice of %s goes to its side alone, at equal power', (_, patch) => {
    const [alone] = sides(both(patch, nothing))
    const apart = both(patch, ({ commands }) => {
      commands.at(null).express(0, 1, { pan: -1 })
      commands.express(0, 2, { pan: 1 })
    })
    // The lower note on the left alone, the higher one on the right alone, both 3 dB up.
    for (const side of sides(apart)) expect(side / alone!).toBeCloseTo(Math.SQRT2, 2)
    const crossings = (x: Float32Array): number =>
      x.reduce((count, value, i) => count + (i > 0 && value > 0 !== x[i - 1]! > 0 ? 1 : 0), 0)
    expect(crossings(apart.right) / crossings(apart.left)).toBeCloseTo(4, 1)
    const half = both(patch, ({ commands }) => {
      commands.at(null).express(0, 1, { pan: 0.5 })
      commands.express(0, 2, { volume: constants.offVolumeDb })
    })
    const [l, r] = sides(half)
    expect((l! ** 2 + r! ** 2) / (2 * alone! ** 2)).toBeCloseTo(1, 3)
    expect(r!).toBeGreaterThan(2 * l!)
  })

  it('a stolen voice fades where it was panned', () => {
    const engine = dry(sine({ voices: voice(1) }))
    engine.noteOn(1, 57, 1)
    engine.commands.at(null).express(0, 1, { pan: -1 })
    engine.render(4800)
    engine.noteOn(2, 57, 1)
    engine.commands.at(null).express(0, 2, { pan: -1 })
    expect(peakOf(engine.render(4800).right)).toBeLessThan(1e-6)
  })
})

describe('addresses', () => {
  const rest = (tell: (engine: TestEngine) => void, mode: Patch['voices']['mode'] = 'poly'): Float32Array => {
    const engine = dry(sawPatch({ voices: voice(8, mode), mods: [{ from: 'timbre', to: 'filter.cutoff', amount: 2 }] }))
    engine.noteOn(1, 48)
    engine.noteOn(2, 60)
    engine.render(960)
    tell(engine)
    return engine.render(4800).left
  }
  const tell =
    (id: number, byNote?: number) =>
    ({ commands }: TestEngine): void => {
      const words = new Int32Array(8)
      const view = new DataView(words.buffer)
      view.setUint16(records.command.offset.type, enums.event.express, true)
      view.setUint16(records.command.offset.flags, byNote === undefined ? 0 : enums.commandFlag.byNote, true)
      view.setBigInt64(records.command.offset.frame, 960n + 17n, true)
      view.setUint32(records.express.offset.noteId, id, true)
      view.setFloat32(records.express.offset.note, byNote ?? 0, true)
      view.setFloat32(records.express.offset.value, 1, true)
      view.setUint32(records.express.offset.kind, enums.expression.timbre, true)
      commands.raw(words)
    }

  it('a note has an id, a key, or is one of all', () => {
    const first = rest(tell(1))
    expect(first).toEqual(rest(tell(99, 48)))
    expect(first).not.toEqual(rest(tell(2)))
    expect(rest(tell(0))).toEqual(
      rest((engine) => {
        tell(1)(engine)
        tell(2)(engine)
      }),
    )
    expect(rest(tell(7))).toEqual(rest(() => undefined))
    expect(rest(tell(0, 61))).toEqual(rest(() => undefined))
  })

  it('nothing is heard before its frame', () => {
    const told = rest(tell(1))
    const plain = rest(() => undefined)
    const from = told.findIndex((x, i) => x !== plain[i])
    expect(from).toBeGreaterThanOrEqual(17)
    expect(from).toBeLessThan(17 + 4)
  })

  it('a released note keeps what it had, unless it is called by its id', () => {
    const release = (engine: TestEngine): void => engine.noteOff(1, 960)
    const kept = rest(release)
    expect(
      rest((engine) => {
        release(engine)
        tell(9, 48)(engine)
      }),
    ).toEqual(kept)
    expect(
      rest((engine) => {
        release(engine)
        tell(1)(engine)
      }),
    ).not.toEqual(kept)
  })

  it('a legato voice takes over what its key had, and again when the key comes back', () => {
    const engine = dry(sine({ voices: voice(8, 'legato') }))
    engine.noteOn(1, 60)
    engine.commands.at(null).express(0, 1, { tuning: 1 })
    engine.render(4800)
    engine.noteOn(2, 72)
    engine.render(24000)
    expect(Math.abs(centsOff(engine.render(16000).left, hzOf(72)))).toBeLessThan(0.05)
    engine.commands.at(null).express(0, 1, { tuning: 2 })
    engine.noteOff(2)
    engine.render(24000)
    expect(Math.abs(centsOff(engine.render(16000).left, hzOf(62)))).toBeLessThan(0.05)
  })

  it('the next note of a voice begins at rest', () => {
    const engine = dry(sine({ voices: voice(1, 'mono') }))
    engine.noteOn(1, 60)
    engine.commands.at(null).express(0, 1, { tuning: 5 })
    engine.render(4800)
    engine.noteOff(1)
    engine.render(9600)
    engine.noteOn(2, 60)
    const again = engine.render(4800)
    const fresh = dry(sine({ voices: voice(1, 'mono') }))
    fresh.render(14400)
    fresh.noteOn(2, 60)
    expect(hashOf(again)).toBe(hashOf(fresh.render(4800)))
  })

  it('refuses a kind that is none and a value that is out of range', () => {
    const engine = dry(sine())
    engine.noteOn(1, 60)
    engine.render(128)
    engine.replies()
    const { commands } = engine
    commands.at(null).express(0, 1, { tuning: 97 })
    commands.express(0, 1, { pressure: -0.1 })
    commands.express(0, 1, { volume: NaN })
    commands.express(constants.strips, 1, { pan: 0 })
    commands.timbre(0, 2)
    engine.render(128)
    expect(engine.replies().map(({ type }) => type)).toEqual(Array(5).fill('refused'))
  })
})

describe('units', () => {
  it.each(['bow', 'wind'] as const)('%s plays louder where it is pressed, voice by voice', (type) => {
    const level = (pressed: number): number => {
      const engine = dry(
        sine({ units: { osc: { type, values: { dynamics: 1 } } }, out: { left: 'osc', right: 'osc' } }),
      )
      engine.noteOn(1, 60, 0.5)
      if (pressed > 0) engine.commands.at(null).express(0, 1, { pressure: pressed })
      engine.render(24000)
      return rmsOf(engine.render(12000).left)
    }
    expect(level(0.6)).toBeGreaterThan(1.1 * level(0))
  })
})
