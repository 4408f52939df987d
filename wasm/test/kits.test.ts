// Kits: a pad per key, choke groups, one budget of voices, and the same bits however a take is rendered.
import { describe, expect, it } from 'vitest'
import type { Patch } from '../../src/presets/model.ts'
import { compileProgram } from '../../src/compile/program.ts'
import {
  bootDry,
  bootEngine,
  effect,
  hashOf,
  peakOf,
  programInput,
  rmsOf,
  stepOf,
  type Sound,
  type TestEngine,
} from './engine.ts'
import { kit } from './kitPatches.ts'
import { ragged, readLog, replay } from './replay.ts'
import { bootTwins } from './twins.ts'
import { toneAmplitude } from './units/spectrum.ts'

const RATE = 48000

const boot = (patch: Patch, effects: Sound['effects'] = []): TestEngine => {
  const engine = bootDry(RATE)
  engine.install({ patch, effects })
  return engine
}
const amplitude = (signal: Float32Array, hertz: number): number => toneAmplitude(signal, hertz, RATE)
const ends = (engine: TestEngine) => engine.replies().filter(({ type }) => type === 'noteEnd')

describe('pads', () => {
  it('a key sounds its own pad and no other; a key without a pad is silent and said so', () => {
    const engine = boot(kit([{ hertz: 500 }, { hertz: 1250 }]))
    engine.noteOn(1, 37)
    const { left } = engine.render(9600)
    expect(amplitude(left, 1250)).toBeCloseTo(0.2, 2)
    expect(amplitude(left, 500)).toBeLessThan(1e-3)
    engine.noteOn(2, 50)
    engine.render(128)
    const refused = engine.replies().filter(({ type }) => type === 'refused')
    expect(refused).toMatchObject([{ reason: 'noPad', id: 2 }])
    expect(engine.status('voices')).toBe(1)
  })

  it('a pad over several keys plays them as notes, from its own key up', () => {
    const patch = kit([{ hertz: 440, low: 60, high: 72, key: 60 }])
    const split: Patch = {
      ...patch,
      units: { u0: { type: 'drumtone', values: { ...patch.units['u0']!.values, track: 1 } } },
    }
    for (const [note, hertz] of [
      [60, 440],
      [72, 880],
    ] as const) {
      const engine = boot(split)
      engine.noteOn(1, note)
      expect(amplitude(engine.render(9600).left, hertz)).toBeCloseTo(0.2, 2)
    }
  })

  it('level, pan and tune belong to the pad; tune is heard from the next stroke on', () => {
    const patch = kit([{ hertz: 480, values: { level: -6, pan: -1 } }, { hertz: 1200 }])
    const tracked: Patch = {
      ...patch,
      units: {
        ...patch.units,
        u0: { type: 'drumtone', values: { ...patch.units['u0']!.values, track: 1 } },
      },
    }
    const engine = bootDry(RATE)
    const { compiled } = engine.install({ patch: tracked })
    const set = (key: string, value: number): void => {
      const { device, param } = compiled.params[key]!
      expect(engine.commands.at(null).setParam(0, device, param, value)).toBe(true)
    }
    engine.noteOn(1, 36)
    const both = engine.render(9600)
    // Equal power: 3 dB more on the side that it leans to.
    expect(amplitude(both.left, 480)).toBeCloseTo(0.2 * 10 ** ((-6 + 3.01) / 20), 3)
    expect(peakOf(both.right)).toBeLessThan(1e-6)
    set('p0x.tune', 12)
    const after = engine.render(4800)
    expect(amplitude(after.left, 480)).toBeGreaterThan(0.1)
    set('p0x.pan', 0)
    set('p0x.level', 0)
    engine.render(9600)
    engine.noteOn(2, 36)
    const tuned = engine.render(9600)
    expect(amplitude(tuned.right, 960)).toBeCloseTo(0.2, 2)
    // The other pad never moved.
    engine.noteOn(3, 37)
    expect(amplitude(engine.render(9600).left, 1200)).toBeCloseTo(0.2, 2)
  })

  it('a level that turns while the pad sounds makes no step, and a pad that is silent jumps', () => {
    const engine = bootDry(RATE)
    const { compiled } = engine.install({ patch: kit([{ hertz: 300 }]) })
    engine.noteOn(1, 36)
    const steady = stepOf(engine.render(9600).left, 480)
    const { device, param } = compiled.params['p0x.level']!
    engine.commands.at(null).setParam(0, device, param, 6)
    expect(stepOf(engine.render(4800).left)).toBeLessThan(2.2 * steady)
    const fresh = bootDry(RATE)
    const built = fresh.install({ patch: kit([{ hertz: 300 }]) })
    fresh.commands.at(null).setParam(0, built.compiled.params['p0x.level']!.device, param, -6)
    fresh.noteOn(1, 36)
    expect(amplitude(fresh.render(9600).left, 300)).toBeCloseTo(0.2 * 10 ** (-6 / 20), 3)
  })

  it('one-shot pads sound to their end, others end with their key', () => {
    const engine = boot(kit([{ hertz: 500 }, { hertz: 900, oneShot: false }]))
    for (const id of [1, 2]) {
      engine.noteOn(id, 35 + id)
      engine.noteOff(id, engine.now() + 480)
    }
    engine.render(480)
    const { left } = engine.render(9600)
    expect(amplitude(left, 500)).toBeCloseTo(0.2, 2)
    expect(engine.status('voices')).toBe(2)
    const env: Patch = kit([{ hertz: 500, oneShot: false }])
    const gated: Patch = {
      ...env,
      units: {
        u0: { type: 'sine', values: { level: 0.2 } },
        e: { type: 'env', values: { attack: 0.001, sustain: 1, release: 0.01 } },
        g: { type: 'gain', in: { in: ['u0'], mod: ['e'] } },
      },
      pads: [{ ...env.pads![0]!, out: { left: 'g', right: 'g' } }],
      out: { left: 'g', right: 'g' },
    }
    const held = boot(gated)
    held.noteOn(1, 36)
    held.render(24000)
    held.noteOff(1)
    held.render(4800)
    expect(held.status('voices')).toBe(0)
    // The same with one-shot: the note-off is not heard.
    const through = boot({ ...gated, pads: [{ ...gated.pads![0]!, oneShot: true }] })
    through.noteOn(1, 36)
    through.noteOff(1, 480)
    through.render(24000)
    expect(through.status('voices')).toBe(1)
  })

  it('a plan that ends by itself leaves no voice behind, without an envelope too', () => {
    const rings: Patch = {
      ...kit([{ hertz: 500 }]),
      units: { u0: { type: 'modal', values: { decay: 0.05, tracking: 0 } } },
    }
    const engine = boot(rings)
    engine.noteOn(1, 36)
    expect(peakOf(engine.render(2400).left)).toBeGreaterThan(0.01)
    engine.render(48000)
    expect(engine.status('voices')).toBe(0)
    expect(ends(engine)).toMatchObject([{ id: 1, reason: 'ended' }])
  })
})

describe('choke groups', () => {
  const hats = kit([
    { hertz: 700, choke: 1 },
    { hertz: 1700, choke: 1 },
    { hertz: 1990, choke: 2 },
  ])

  it('a stroke stops the others of its group in 4 ms, without a step, and nobody else', () => {
    const engine = boot(hats)
    engine.noteOn(1, 36)
    engine.noteOn(2, 38)
    const steady = stepOf(engine.render(4800).left, 480)
    engine.noteOn(3, 37)
    const { left } = engine.render(9600)
    expect(stepOf(left)).toBeLessThan(2 * steady)
    expect(ends(engine)).toMatchObject([{ id: 1, reason: 'choked' }])
    const later = left.subarray(Math.ceil(0.005 * RATE))
    expect(amplitude(later, 700)).toBeLessThan(1e-3)
    expect(amplitude(later, 1700)).toBeGreaterThan(0.15)
    expect(amplitude(later, 1990)).toBeGreaterThan(0.15)
  })

  it('acts at its exact frame, and a stroke of the same pad lets the last one ring', () => {
    const alone = boot(hats)
    const choked = boot(hats)
    for (const engine of [alone, choked]) engine.noteOn(1, 36)
    choked.noteOn(2, 37, 0, 1013)
    const [a, b] = [alone.render(2048).left, choked.render(2048).left]
    expect(b.slice(0, 1013)).toEqual(a.slice(0, 1013))
    expect(b.slice(1013 + 240)).not.toEqual(a.slice(1013 + 240))
    alone.noteOn(3, 36)
    alone.render(480)
    expect(alone.status('voices')).toBe(2)
  })

  it('a kit that was swapped in stops what the old one still plays', () => {
    const engine = boot(hats)
    engine.noteOn(1, 36)
    engine.render(4800)
    engine.install({ patch: { ...hats, groups: [{ label: 'Other', params: [] }] } }, 'swap')
    engine.render(480)
    engine.noteOn(2, 37)
    engine.render(480)
    expect(ends(engine)).toMatchObject([{ id: 1, reason: 'choked' }])
  })
})

describe('voices', () => {
  it('a pad has its own bound, the kit one over all', () => {
    const engine = boot(
      kit(
        [
          { hertz: 400, voices: 2 },
          { hertz: 900, voices: 16 },
        ],
        6,
      ),
    )
    for (let id = 1; id <= 5; id++) {
      engine.noteOn(id, 36)
      engine.render(1200)
    }
    engine.render(480)
    expect(engine.status('voices')).toBe(2)
    expect(ends(engine).map(({ id, reason }) => [id, reason])).toEqual([
      [1, 'stolen'],
      [2, 'stolen'],
      [3, 'stolen'],
    ])
    for (let id = 11; id <= 16; id++) {
      engine.noteOn(id, 37)
      engine.render(1200)
    }
    engine.render(480)
    expect(engine.status('voices')).toBe(6)
    // The oldest voices of the whole kit go first, wherever they sound.
    expect(ends(engine).map(({ id, reason }) => [id, reason])).toEqual([
      [4, 'stolen'],
      [5, 'stolen'],
    ])
  })

  it('costs what sounds: 128 silent pads are no group and no note', () => {
    const many = kit(Array.from({ length: 92 }, (_, i) => ({ hertz: 100 + i * 5 })))
    const engine = boot(many)
    engine.noteOn(1, 40)
    engine.render(480)
    expect(engine.status('groups')).toBe(1)
    const { compiled } = engine.load({ patch: many })
    const single = compileProgram(programInput({ patch: kit([{ hertz: 100 }]) }))
    // 32 voices at most, each in a group of its own at the worst.
    expect(compiled.predictedCost / single.predictedCost).toBeCloseTo(32, 0)
  })
})

describe('a kit as any other program', () => {
  const sound: Sound = {
    patch: kit([
      { hertz: 330, choke: 1 },
      { hertz: 660, choke: 1, values: { pan: 0.4 } },
      { hertz: 990, decay: 0.2 },
    ]),
    effects: [effect('delay', { time: 0.11 })],
  }
  const edited: Sound = {
    ...sound,
    patch: { ...sound.patch, units: { ...sound.patch.units, u0: { type: 'drumnoise' } } },
  }

  /** Notes, knobs, wheels and a swapped pad. */
  function play(engine: TestEngine, spare: number, param: number, frame: (at: number) => bigint | null): void {
    for (let i = 0; i < 24; i++) {
      const port = engine.commands.at(frame(i * 517))
      port.noteOn(0, i + 1, 36 + ((i * 7) % 4), 0.5 + (i % 5) / 10)
      if (i % 3 === 0) port.noteOff(0, i, 0)
      if (i % 4 === 1) port.setParam(0, 0, param, -12 + i)
      if (i === 9) port.installProgram(0, spare, 'swap')
      if (i % 6 === 5) port.bend(0, i / 24, 2)
    }
  }

  it('hot swap of one pad: what sounds finishes as it was, the next stroke is new, the others go on', () => {
    const engine = bootDry(RATE)
    const old = engine.install(sound)
    engine.noteOn(1, 36)
    const before = engine.render(4800).left
    engine.install(edited, 'swap')
    const held = engine.render(4800).left
    expect(rmsOf(held)).toBeGreaterThan(0.7 * rmsOf(before, 480))
    expect(stepOf(held)).toBeLessThan(1.6 * stepOf(before, 480))
    engine.noteOn(2, 38)
    expect(amplitude(engine.render(9600).left, 990)).toBeGreaterThan(0.05)
    engine.noteOn(3, 37)
    engine.render(144000)
    expect(engine.returned()).toEqual([old.handle])
    expect(engine.instance.exports.program_free!(old.handle)).toBe(1)
  })

  it('the host may ask for any number of frames at a time', () => {
    const run = (render: (engine: TestEngine) => ReturnType<TestEngine['render']>): string => {
      const engine = bootDry(RATE)
      const { compiled } = engine.install(sound)
      play(engine, engine.load(edited).handle, compiled.params['p1x.level']!.param, (at) => BigInt(at))
      return hashOf(render(engine))
    }
    expect(run((engine) => ragged(engine, 16000, [37, 128, 700, 5]))).toBe(run((engine) => engine.render(16000, 128)))
  })

  it('the log of a live session, played offline on a private memory, gives the same bits', () => {
    const { engine: live } = bootTwins(RATE, 77)
    const { handle, compiled } = live.install(sound)
    const spare = live.load(edited).handle
    live.noteOn(99, 37)
    live.commands.at(null).setParam(0, 0, compiled.params['p1x.level']!.param, -9)
    live.render(5000, 128)
    live.commands.at(null).reset(1234)
    play(live, spare, compiled.params['p1x.level']!.param, () => null)
    const played = live.render(16000, 160)
    const log = readLog(live)
    expect(log.overflow).toBe(0)
    // The reset took effect on the next micro-block.
    const skipped = log.startFrame - 5000
    const said = { left: played.left.subarray(skipped), right: played.right.subarray(skipped) }
    const offline = bootEngine(RATE)
    const handles = new Map([
      [handle, offline.load(sound).handle],
      [spare, offline.load(edited).handle],
    ])
    offline.commands.at(null).reset(log.seed)
    const again = replay(offline, log.records, handles, said.left.length)
    expect(hashOf(again)).toBe(hashOf(said))
    expect(peakOf(said.left)).toBeGreaterThan(0.05)
  })

  it.each([0x7fc00000, 0x7f800000, 0x7e967699])(
    'a number that is none (%i) ends one voice of one pad, and no other hears of it',
    (bits) => {
      const plain = kit([{ hertz: 330 }, { hertz: 660 }])
      const two: Patch = {
        ...plain,
        units: {
          ...plain.units,
          u0: { type: 'saw', values: { level: 0.2 } },
          f: { type: 'svf', in: { in: ['u0'] }, values: { cutoff: 900, resonance: 0.2 } },
          e: { type: 'env', values: { attack: 0.01, sustain: 1 } },
          g: { type: 'gain', in: { in: ['f'], mod: ['e'] } },
        },
        pads: [{ ...plain.pads![0]!, out: { left: 'g', right: 'g' } }, plain.pads![1]!],
        out: { left: 'g', right: 'g' },
      }
      const [hit, spared] = [bootDry(RATE), bootDry(RATE)]
      const { handle } = hit.install({ patch: two })
      spared.install({ patch: two })
      hit.noteOn(1, 36)
      for (const engine of [hit, spared]) {
        engine.noteOn(2, 37)
        engine.render(4800)
      }
      const { exports, memory } = hit.instance
      const words = new Uint32Array(
        memory.buffer,
        exports.program_inspect!(handle, 0),
        exports.program_inspect!(handle, 1) / 4,
      )
      const before = words.slice()
      for (const engine of [hit, spared]) engine.render(32)
      let poked = 0
      for (let at = 0; at < words.length; at += 4) {
        if (words[at] === before[at]) continue
        words[at] = bits
        poked++
      }
      expect(poked).toBeGreaterThan(1)
      for (const engine of [hit, spared]) engine.render(32)
      const [a, b] = [hit.render(9600), spared.render(9600)]
      expect(hashOf(a)).toBe(hashOf(b))
      expect(hit.replies().some(({ type, reason }) => type === 'fault' && reason === 'badNumber')).toBe(true)
      hit.noteOn(3, 36)
      expect(rmsOf(hit.render(9600).left)).toBeGreaterThan(1.02 * rmsOf(spared.render(9600).left))
    },
  )

  it('panic ends every pad, and a reset plays the same take again', () => {
    const engine = boot(sound.patch)
    for (const note of [36, 37, 38]) engine.noteOn(note, note)
    engine.render(2400)
    engine.commands.at(null).panic()
    engine.render(2400)
    expect(engine.status('voices')).toBe(0)
    const takes = [1, 2].map(() => {
      engine.commands.at(null).reset(5)
      engine.render(32)
      engine.noteOn(1, 36)
      engine.noteOn(2, 38)
      return hashOf(engine.render(4800))
    })
    expect(takes[0]).toBe(takes[1])
  })
})
