// A random session at a strip: what it does, and the take of it beside what its log gives offline. Tests and the report; Node.
import fc from 'fast-check'
import { EXPRESSIONS, type Expression } from '../../src/compile/song.ts'
import { bootEngine, effect, hashOf, peakOf, type Sound, type Stereo, type TestEngine } from './engine.ts'
import { sawPatch, voice } from './patches.ts'
import { joined, readLog, replay } from './replay.ts'
import { bootTwins } from './twins.ts'

export const sound: Sound = {
  patch: sawPatch(
    {
      voices: voice(6),
      mods: [
        { from: 'env', to: 'filter.cutoff', amount: 2 },
        { from: 'lfo', to: 'voice.pitch', amount: 0.2 },
        { from: 'wheel', to: 'filter.cutoff', amount: 1 },
        { from: 'random', to: 'osc.fine', amount: 20 },
        { from: 'pressure', to: 'filter.cutoff', amount: 1 },
        { from: 'timbre', to: 'filter.resonance', amount: 0.5 },
        { from: 'lift', to: 'osc.level', amount: -0.2 },
      ],
    },
    { lfo: { type: 'lfo', values: { rate: 5 } } },
  ),
  effects: [effect('chorus'), effect('delay', { time: 0.11 })],
}

interface NoteStep {
  readonly kind: 'on' | 'off'
  readonly id: number
  readonly wait: number
}
interface ToldStep {
  readonly kind: 'told'
  readonly id: number
  readonly what: Expression
  readonly share: number
  readonly wait: number
}
interface ValueStep {
  readonly kind:
    'param' | 'wheel' | 'pressure' | 'timbre' | 'bend' | 'pedal' | 'bypass' | 'gain' | 'panic' | 'switch' | 'swap'
  readonly value: number
  readonly wait: number
}
export type Step = NoteStep | ToldStep | ValueStep

export const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('on' as const, 'off' as const),
    id: fc.integer({ min: 1, max: 12 }),
    wait: fc.integer({ min: 0, max: 1500 }),
  }),
  fc.record({
    kind: fc.constant('told' as const),
    id: fc.integer({ min: 1, max: 12 }),
    what: fc.constantFrom(...(Object.keys(EXPRESSIONS) as Expression[])),
    share: fc.float({ min: 0, max: 1, noNaN: true }),
    wait: fc.integer({ min: 0, max: 1500 }),
  }),
  fc.record({
    kind: fc.constantFrom<ValueStep['kind']>(
      'param',
      'wheel',
      'pressure',
      'timbre',
      'bend',
      'pedal',
      'bypass',
      'gain',
      'panic',
      'switch',
      'swap',
    ),
    value: fc.float({ min: 0, max: 1, noNaN: true }),
    wait: fc.integer({ min: 0, max: 1500 }),
  }),
)

/** Sends a step as "now", or at a frame. */
export function send(
  engine: TestEngine,
  action: Step,
  params: Readonly<Record<string, { device: number; param: number }>>,
  frame: bigint | null,
  spare: number[],
): void {
  const port = engine.commands.at(frame)
  if (action.kind === 'told') {
    const { min, max } = EXPRESSIONS[action.what]
    port.express(0, action.id, { [action.what]: min + action.share * (max - min) })
  } else if (!('value' in action)) {
    if (action.kind === 'on') port.noteOn(0, action.id, 40 + action.id * 3, 0.7)
    else port.noteOff(0, action.id, (action.id % 3) / 2)
  } else if (action.kind === 'gain') port.stripGain(0, -20 * action.value)
  else if (action.kind === 'panic') port.panic()
  else if (action.kind === 'switch' || action.kind === 'swap') {
    const handle = spare.pop()
    if (handle !== undefined) port.installProgram(0, handle, action.kind)
  } else if (action.kind === 'wheel' || action.kind === 'pressure' || action.kind === 'timbre')
    port[action.kind](0, action.value)
  else if (action.kind === 'bend') port.bend(0, action.value, 2)
  else if (action.kind === 'pedal') port.sustain(0, action.value >= 0.5)
  else if (action.kind === 'bypass') port.setBypass(0, 1, action.value >= 0.5)
  else port.setParam(0, 0, params['filter.cutoff']!.param, 100 * 2 ** (action.value * 6))
}

/** Sounds for hot swaps: the same patch with another filter, one with the same effects and one without. */
export const others = (engine: TestEngine) =>
  [400, 3000, 900, 6000].map((cutoff, i) =>
    engine.load({ ...sound, values: { 'filter.cutoff': cutoff }, effects: i % 2 ? [] : sound.effects }),
  )

/** Sessions of which one is recorded live and played again. */
export const recorded: fc.Arbitrary<Step[]> = fc.array(step, { minLength: 5, maxLength: 60 })

export interface Replayed {
  /** SHA-256 of what the host got, and of what the log gave on a private memory. */
  readonly live: string
  readonly offline: string
  readonly overflow: number
  readonly peak: number
}
export function takeAndReplay(steps: readonly Step[]): Replayed {
  const { engine: live } = bootTwins(48000, 77)
  const { handle, compiled } = live.install(sound)
  const loaded = others(live)
  const spare = loaded.map((other) => other.handle)
  // Something happens before, so that the reset has state to clear and to carry over.
  live.noteOn(99, 50)
  live.commands.at(null).masterGain(-3)
  live.commands.at(null).setParam(0, 0, compiled.params['filter.cutoff']!.param, 900)
  live.render(5000, 128)
  live.commands.at(null).reset(1234)
  const parts: Stereo[] = []
  for (const action of steps) {
    send(live, action, compiled.params, null, spare)
    if (action.wait % 3 === 0) {
      live.pump()
      continue
    }
    const n = 32 * Math.ceil((action.wait + 1) / 32)
    parts.push(live.render(n, 160))
  }
  parts.push(live.render(9600, 128))
  const played = joined(parts)
  // The reset took effect on the next micro-block; what the host got before it is not part of the take.
  const log = readLog(live)
  const skipped = log.startFrame - 5000
  const take = { left: played.left.subarray(skipped), right: played.right.subarray(skipped) }

  const offline = bootEngine()
  const handles = new Map([[handle, offline.loadBytes(compiled.bytes)]])
  for (const other of loaded) handles.set(other.handle, offline.loadBytes(other.compiled.bytes))
  offline.commands.at(null).reset(log.seed)
  const again = replay(offline, log.records, handles, take.left.length)
  return { live: hashOf(take), offline: hashOf(again), overflow: log.overflow, peak: peakOf(take.left) }
}
