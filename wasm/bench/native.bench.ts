// The engine against native Web Audio nodes: the same works in one headless Chromium, in turn, medians and their ratio. Node.
import type { Page } from '@playwright/test'
import { benchCutoffHz, benchHertz, benchPan } from '../../src/compile/benchWorks.ts'
import type { BenchResult, BenchSpec } from '../../src/params/bench.ts'
import { open } from '../../e2e/app.ts'
import { withPages } from './page.ts'

const SAMPLE_RATE = 48_000
interface Row {
  what: string
  value: number
  unit: string
  least?: number
}
interface Work {
  readonly work: BenchSpec['work']
  readonly n: number
  readonly seconds: number
  readonly rounds: number
  readonly least: number
}
/** `least`: the ratio that is good enough. */
const WORKS: readonly Work[] = [
  { work: 'voices', n: 64, seconds: 8, rounds: 5, least: 4.5 },
  { work: 'voices', n: 256, seconds: 4, rounds: 9, least: 6 },
  { work: 'voices-modulated', n: 64, seconds: 8, rounds: 5, least: 11 },
  { work: 'session', n: 32, seconds: 8, rounds: 5, least: 8 },
  { work: 'convolution', n: 1, seconds: 20, rounds: 5, least: 2.3 },
]

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!

export default function bench(): Promise<Row[]> {
  return withPages(async (newPage) => {
    const page = await newPage()
    await open(page)
    const rows: Row[] = []
    for (const work of WORKS) {
      try {
        rows.push(...(await compare(page, work)))
      } catch (error) {
        console.error(`${work.work}: ${(error as Error).message}`)
      }
    }
    return rows
  })
}

async function compare(page: Page, { work, n, seconds, rounds, least }: Work): Promise<Row[]> {
  const spec = { work, n, seconds, sampleRate: SAMPLE_RATE, block: 128 }
  const voices = Array.from({ length: n }, (_, voice) => ({ hertz: benchHertz(voice), pan: benchPan(voice, n) }))
  const native = { ...spec, voices, cutoff: [benchCutoffHz(0), benchCutoffHz(Infinity)] as const }
  const ours: BenchResult[] = []
  const theirs: BenchResult[] = []
  for (let round = 0; round < rounds; round++) {
    theirs.push(await page.evaluate(renderNative, native))
    ours.push(await page.evaluate((asked) => window.soundloom!.bench(asked), spec))
  }
  const ms = (results: readonly BenchResult[]) => median(results.map((result) => result.ms))
  const level = 20 * Math.log10(ours[0]!.rms / theirs[0]!.rms)
  const name = `${work}, n = ${n}`
  return [
    { what: `${name}: native`, value: ms(theirs), unit: 'ms' },
    { what: `${name}: engine`, value: ms(ours), unit: 'ms' },
    { what: `${name}: engine, times real time`, value: (seconds * 1000) / ms(ours), unit: 'x' },
    { what: `${name}: level, engine to native`, value: level, unit: 'dB' },
    { what: `${name}: ratio`, value: ms(theirs) / ms(ours), unit: 'x', least },
  ]
}

/**
 * In the page. Web Audio has no algorithmic reverb and no limiter: the session sends to a convolver with two seconds of noise, and a
 * compressor stands for the limiter.
 */
async function renderNative(spec: {
  work: string
  seconds: number
  sampleRate: number
  voices: { hertz: number; pan: number }[]
  cutoff: readonly [number, number]
}): Promise<BenchResult> {
  const { work, seconds, sampleRate } = spec
  const frames = Math.round(seconds * sampleRate)
  const context = new OfflineAudioContext(2, frames, sampleRate)
  const master = new GainNode(context, { gain: 0.05 })
  const noise = (length: number, decaySeconds: number): AudioBuffer => {
    const buffer = new AudioBuffer({ length, numberOfChannels: 2, sampleRate })
    let state = 1
    for (let channel = 0; channel < 2; channel++) {
      const data = buffer.getChannelData(channel)
      for (let i = 0; i < length; i++) {
        state = (Math.imul(state, 1664525) + 1013904223) | 0
        data[i] = (state / 2 ** 31) * Math.exp((-6.9 * i) / (decaySeconds * sampleRate))
      }
    }
    return buffer
  }
  const voice = (hertz: number): AudioNode => {
    const oscillator = new OscillatorNode(context, { type: 'sawtooth', frequency: hertz })
    // A low-pass has its Q in decibels.
    const filter = new BiquadFilterNode(context, { type: 'lowpass', frequency: 2000, Q: 20 * Math.log10(2) })
    if (work === 'voices-modulated') {
      filter.frequency.setValueAtTime(spec.cutoff[0], 0)
      filter.frequency.setTargetAtTime(spec.cutoff[1], 0, 1.5)
    }
    const amp = new GainNode(context, { gain: 0 })
    amp.gain.setValueAtTime(0, 0)
    amp.gain.linearRampToValueAtTime(1, 0.01)
    amp.gain.linearRampToValueAtTime(0.7, 0.21)
    oscillator.connect(filter).connect(amp)
    oscillator.start()
    return amp
  }
  if (work === 'convolution') {
    const source = new AudioBufferSourceNode(context, { buffer: noise(frames, Infinity) })
    source.connect(new ConvolverNode(context, { buffer: noise(2 * sampleRate, 2) })).connect(master)
    source.start()
    master.connect(context.destination)
  } else if (work === 'session') {
    const reverb = new ConvolverNode(context, { buffer: noise(2 * sampleRate, 2) })
    for (const { hertz, pan } of spec.voices) {
      const strip = voice(hertz)
        .connect(new StereoPannerNode(context, { pan }))
        .connect(new BiquadFilterNode(context, { type: 'lowshelf', frequency: 200, gain: 3 }))
        .connect(new BiquadFilterNode(context, { type: 'peaking', frequency: 1000, gain: -3, Q: 1 }))
        .connect(new BiquadFilterNode(context, { type: 'highshelf', frequency: 6000, gain: 2 }))
        .connect(
          new DynamicsCompressorNode(context, { threshold: -24, ratio: 4, attack: 0.003, release: 0.25, knee: 6 }),
        )
        .connect(new GainNode(context, { gain: 0.89 }))
        .connect(new StereoPannerNode(context, { pan: 0 }))
      strip.connect(master)
      strip.connect(new GainNode(context, { gain: 0.2 })).connect(reverb)
    }
    reverb.connect(master)
    master
      .connect(new DynamicsCompressorNode(context, { threshold: -1, ratio: 20, attack: 0.001, release: 0.1, knee: 0 }))
      .connect(context.destination)
  } else {
    for (const { hertz, pan } of spec.voices)
      voice(hertz).connect(new StereoPannerNode(context, { pan })).connect(master)
    master.connect(context.destination)
  }
  const begun = performance.now()
  const buffer = await context.startRendering()
  const ms = performance.now() - begun
  let sum = 0
  let peak = 0
  for (let channel = 0; channel < 2; channel++) {
    for (const sample of buffer.getChannelData(channel)) {
      sum += sample * sample
      peak = Math.max(peak, Math.abs(sample))
    }
  }
  return { ms, xRealtime: (seconds * 1000) / ms, rms: Math.sqrt(sum / (2 * frames)), peak }
}
