// Figures of the engine itself: time, determinism, swaps, stealing, the clean path, the transform of analysis (Node).
import fc from 'fast-check'
import { fftRig } from '../test/dsp/fftRig.ts'
import { bootDry, bootEngine, effect, peakOf, stepOf, type Sound } from '../test/engine.ts'
import { sawPatch, voice } from '../test/patches.ts'
import { recorded, takeAndReplay } from '../test/sessions.ts'
import { playCase, timingRigs } from '../test/song/randomCases.ts'
import { listen, MASTER, play, tone, track } from '../test/strips.ts'
import { randomSwap } from '../test/swaps.ts'
import type { Row } from './row.ts'

const PART = 'Engine'

/** Sines have small steps, so that a click shows. */
const sines = (level: number, max: number): Sound => ({
  patch: sawPatch(
    { voices: voice(max) },
    {
      osc: { type: 'sine', values: { level } },
      filter: { type: 'svf', in: { in: ['osc'] }, values: { cutoff: 20_000, resonance: 0 } },
      env: { type: 'env', values: { attack: 0.02, decay: 0.1, sustain: 1, release: 0.3 } },
    },
  ),
})
/** Largest step of four held notes. */
function steadyStep(sound: Sound, lowest: number): number {
  const engine = bootDry()
  engine.install(sound)
  for (let id = 1; id <= 4; id++) engine.noteOn(id, lowest + id, 1)
  return stepOf(engine.render(96_000).left, 9600)
}

/** Largest step while sounds are swapped and switched at random, notes among them. */
function swappedStep(rounds: number): number {
  const engine = bootDry()
  const sound = sines(0.2, 4)
  let [worst, random, id, last] = [0, 1, 0, 0]
  const next = (n: number): number => (random = (random * 48_271) % 2_147_483_647) % n
  engine.install(sound)
  for (let round = 0; round < rounds; round++) {
    engine.install(sound, next(2) ? 'swap' : 'switch')
    if (round % 3 === 0) {
      engine.noteOff(id)
      engine.noteOn(++id, 58 + next(4), 1)
    }
    const { left } = engine.render(320 + 32 * next(100))
    worst = Math.max(worst, stepOf(left), Math.abs(left[0] - last))
    last = left.at(-1)!
    // A program that is not given back could not be swapped any more.
    for (const handle of engine.returned()) if (engine.instance.exports.program_free!(handle) !== 1) return Infinity
  }
  return worst > 0.001 ? worst : Infinity // silence would prove nothing
}

/** Repeatable noise, -1..1. */
function noise(length: number, seed: number): Float32Array {
  let state = seed
  return Float32Array.from({ length }, () => (state = (Math.imul(state, 1664525) + 1013904223) | 0) / 2 ** 31)
}

export const ENGINE: readonly Row[] = [
  {
    id: 'event-time',
    part: PART,
    what: 'Sequencer: events of random songs, with tempo ramps, loops, seeks and stops, that are not on their exact frame',
    unit: '',
    bar: { most: 0 },
    source: 'closed form in whole numbers; compared with 128-bit arithmetic',
    note: 'A million events in the long run, songs of 44.1, 48 and 96 kHz, up to a day long.',
    measure: ({ whole }) => {
      const rigs = timingRigs()
      let [value, events] = [0, 0]
      for (let seed = 1; events < (whole ? 1_000_000 : 2000); seed++) {
        const { sent, expected, disordered, transport } = playCase(seed, rigs)
        value += disordered.length + transport.dropped + transport.late + Math.abs(sent.length - expected.length)
        expected.forEach((line, i) => (value += line === sent[i] ? 0 : 1))
        events += expected.length
      }
      return { value }
    },
  },
  {
    id: 'replay-identity',
    part: PART,
    what: 'Determinism: random live sessions whose log, played offline on another memory, gives other bits',
    unit: '',
    bar: { most: 0 },
    source: 'SHA-256 of the samples',
    measure: ({ whole }) => {
      const sessions = fc.sample(recorded, { seed: 3, numRuns: whole ? 200 : 3 }).map(takeAndReplay)
      // Silent ones would prove nothing.
      if (sessions.filter(({ peak }) => peak > 0.01).length <= sessions.length / 2) return { value: Infinity }
      return { value: sessions.filter(({ live, offline, overflow }) => overflow > 0 || live !== offline).length }
    },
  },
  {
    id: 'swap-step',
    part: PART,
    what: 'Hot swap: largest step while programs of sines are swapped at random, against the steady sound',
    unit: 'times',
    bar: { most: 1.5 },
    source: 'state carried over; crossfades of 20 ms',
    measure: ({ whole }) => ({ value: swappedStep(whole ? 10_000 : 60) / steadyStep(sines(0.2, 4), 58) }),
  },
  {
    id: 'swap-any-sound',
    part: PART,
    what: 'Hot swap: largest step or click while any sounds with any effects are edited or replaced, against the sharper sound',
    unit: 'times',
    bar: { most: 1.5 },
    held: { most: 2 },
    source: 'state carried over; crossfades of 20 ms',
    note: 'Two unlike sounds that overlap for 20 ms may add up to twice the sharper one: +6 dB is what these are held to.',
    measure: ({ whole }) => {
      let value = 0
      for (let seed = 1; seed <= (whole ? 3400 : 6); seed++) {
        const { step, burst } = randomSwap(seed)
        value = Math.max(value, step, burst)
      }
      return { value }
    },
  },
  {
    id: 'steal-step',
    part: PART,
    what: 'Voice stealing: largest step while every note takes the voice of another, against the steady sound',
    unit: 'times',
    bar: { most: 1.5 },
    source: 'raised-cosine fade of 4 ms in a spare lane',
    measure: () => {
      const engine = bootDry()
      engine.install(sines(0.2, 4))
      for (let i = 0; i < 40; i++) engine.noteOn(i + 1, 60 + (i % 4), 1, i * 2400)
      const { left } = engine.render(96_000)
      const stolen = engine.replies().filter(({ reason }) => reason === 'stolen').length
      return { value: stolen === 36 ? stepOf(left) / steadyStep(sines(0.2, 4), 60) : Infinity }
    },
  },
  {
    id: 'clean-path',
    part: PART,
    what: 'Clean path: largest difference between a track at unity and the output, limiter bypassed',
    unit: '',
    bar: { most: 0 },
    source: 'identity',
    measure: () => {
      const engine = bootEngine()
      engine.commands.at(null).masterBypass(0, true)
      play(engine, track(5), { ...tone(0.9), effects: [effect('chorus')] })
      const [strip, master] = listen(engine, track(5), MASTER)(9600)
      const latency = engine.instance.exports.master_latency!()
      if (peakOf(strip!.left) < 0.5) return { value: Infinity }
      const off = (['left', 'right'] as const).map((side) =>
        peakOf(master![side].subarray(latency).map((v, n) => v - strip![side][n]!)),
      )
      return { value: Math.max(...off) }
    },
  },
  {
    id: 'fft-round-trip',
    part: PART,
    what: 'FFT, 64 to 65536 points: noise of a transform there and back',
    unit: 'dB',
    bar: { most: -135 },
    source: 'split radix-4, single precision',
    measure: () => {
      const points = Array.from({ length: 11 }, (_, i) => 64 << i).map((size): [number, number] => {
        const rig = fftRig(size)!
        const [re, im] = [noise(size, 1), noise(size, 2)]
        rig.re.set(re)
        rig.im.set(im)
        rig.forward()
        rig.inverse()
        let [error, signal] = [0, 0]
        for (let i = 0; i < size; i++) {
          error += (rig.re[i]! / size - re[i]) ** 2 + (rig.im[i]! / size - im[i]) ** 2
          signal += re[i] ** 2 + im[i] ** 2
        }
        return [size, 10 * Math.log10(error / signal)]
      })
      return {
        value: Math.max(...points.map(([, level]) => level)),
        plot: {
          x: { label: 'Points', unit: '', log: true },
          y: { label: 'Noise', unit: 'dB' },
          lines: [{ label: 'round trip', points }],
        },
      }
    },
  },
]
