// Development only: the interface with sample data, no engine (main thread).
/* eslint-disable @typescript-eslint/no-explicit-any */
import { createRoot } from 'react-dom/client'
import { createStore } from 'zustand/vanilla'
import type { ParamSpec, UnitSpec } from '../../generated/specs.ts'
import type { Patch, PlainValue, Preset, Role } from '../../presets/model.ts'
import type { AuditionView, SoundsView, UiPorts } from '../ports.ts'
import { ENGINE_SPECS } from '../panels/devices/values.ts'
import { App } from '../shell/App.tsx'
import { applyTheme } from '../theme/theme.ts'

const p = (
  id: string,
  label: string,
  unit: ParamSpec['unit'],
  min: number,
  max: number,
  init: number | string,
  curve: ParamSpec['curve'] = 'linear',
  options?: string[],
): ParamSpec => ({
  id,
  label,
  doc: '',
  unit,
  min,
  max,
  init,
  curve,
  smooth: 'ramp',
  group: '',
  index: 0,
  options: options?.map((o) => ({ id: o, label: o[0]!.toUpperCase() + o.slice(1) })),
})
const osc = [
  p('tune', 'Tune', 'semitones', -48, 48, 0),
  p('fine', 'Fine', 'cents', -100, 100, 0),
  p('level', 'Level', 'fraction', 0, 1, 1),
]
const unit = (id: string, label: string, params: ParamSpec[]): UnitSpec => ({
  id,
  label,
  doc: '',
  version: 1,
  category: '',
  inputs: [],
  outputs: [],
  params,
  index: 0,
  table: false,
  costNs: 0,
})
const units = ENGINE_SPECS.units as Map<string, UnitSpec>
const fxs = ENGINE_SPECS.effects as Map<string, UnitSpec>
if (units.size === 0) {
  units.set('saw', unit('saw', 'Saw', osc))
  units.set('pulse', unit('pulse', 'Pulse', [...osc, p('width', 'Width', 'fraction', 0.02, 0.98, 0.5)]))
  units.set(
    'svf',
    unit('svf', 'Filter', [
      p('mode', 'Mode', 'none', 0, 3, 'lowpass', 'option', ['lowpass', 'highpass', 'bandpass', 'notch']),
      p('slope', 'Slope', 'none', 0, 1, '24', 'option', ['12', '24']),
      p('cutoff', 'Cutoff', 'hertz', 20, 20000, 1000, 'log'),
      p('resonance', 'Resonance', 'fraction', 0, 0.95, 0.2),
    ]),
  )
  units.set(
    'env',
    unit('env', 'Envelope', [
      p('delay', 'Delay', 'seconds', 0, 5, 0),
      p('attack', 'Attack', 'seconds', 0.001, 10, 0.01, 'log'),
      p('hold', 'Hold', 'seconds', 0, 5, 0),
      p('decay', 'Decay', 'seconds', 0.001, 10, 0.3, 'log'),
      p('sustain', 'Sustain', 'fraction', 0, 1, 0.7),
      p('release', 'Release', 'seconds', 0.001, 20, 0.5, 'log'),
      p('curve', 'Curve', 'none', 0, 2, 'exponential', 'option', ['linear', 'exponential', 'logarithmic']),
      p('velocity', 'Velocity', 'fraction', 0, 1, 0.5),
    ]),
  )
  units.set(
    'lfo',
    unit('lfo', 'LFO', [
      p('shape', 'Shape', 'none', 0, 4, 'sine', 'option', ['sine', 'triangle', 'saw', 'square', 'random']),
      p('rate', 'Rate', 'hertz', 0.01, 40, 1, 'log'),
      p('phase', 'Phase', 'degrees', 0, 360, 0),
      p('fade', 'Fade', 'seconds', 0, 10, 0),
    ]),
  )
  units.set('gain', unit('gain', 'Gain', [p('level', 'Level', 'decibels', -60, 24, 0)]))
}
if (fxs.size === 0) {
  fxs.set(
    'plate',
    unit('plate', 'Plate', [
      p('decay', 'Decay', 'seconds', 0.1, 20, 3, 'log'),
      p('predelay', 'Pre-delay', 'seconds', 0, 0.25, 0.02),
      p('damping', 'Damping', 'hertz', 500, 20000, 5000, 'log'),
      p('mix', 'Mix', 'fraction', 0, 1, 0.3),
    ]),
  )
  fxs.set(
    'delay',
    unit('delay', 'Delay', [
      p('time', 'Time', 'seconds', 0.001, 2, 0.5, 'log'),
      p('feedback', 'Feedback', 'fraction', 0, 0.85, 0.3),
      p('tone', 'Tone', 'hertz', 200, 20000, 5000, 'log'),
      p('mix', 'Mix', 'fraction', 0, 1, 0.4),
    ]),
  )
  fxs.set(
    'chorus',
    unit('chorus', 'Chorus', [
      p('rate', 'Rate', 'hertz', 0.01, 10, 0.4, 'log'),
      p('depth', 'Depth', 'fraction', 0, 1, 0.4),
      p('mix', 'Mix', 'fraction', 0, 1, 0.4),
    ]),
  )
}

const patch: Patch = {
  version: 1,
  units: {
    osc1: { type: 'saw', values: { level: 0.7 } },
    osc2: { type: 'pulse', values: { level: 0.3, fine: 7, width: 0.3 } },
    filter: { type: 'svf', values: { cutoff: 800, resonance: 0.2 }, in: { in: ['osc1', 'osc2'] } },
    amp: { type: 'env', values: { attack: 0.6, decay: 0.4, sustain: 0.6, release: 1.2 } },
    lfo1: { type: 'lfo', values: { rate: 0.3 } },
    out: { type: 'gain' },
  },
  mods: [
    { from: 'lfo1', to: 'filter.cutoff', amount: 1.2 },
    { from: 'velocity', to: 'filter.cutoff', amount: 0.8 },
    { from: 'key', to: 'filter.cutoff', amount: 0.5 },
    { from: 'lfo1', to: 'voice.pitch', amount: 0.1 },
  ],
  out: { left: 'out', right: 'out' },
  voices: { max: 16, mode: 'poly', glideSeconds: 0 },
  groups: [
    {
      label: 'Oscillators',
      params: ['osc1.tune', 'osc1.fine', 'osc1.level', 'osc2.tune', 'osc2.fine', 'osc2.level', 'osc2.width'],
    },
    { label: 'Filter', params: ['filter.mode', 'filter.slope', 'filter.cutoff', 'filter.resonance'] },
    {
      label: 'Amp envelope',
      params: [
        'amp.delay',
        'amp.attack',
        'amp.hold',
        'amp.decay',
        'amp.sustain',
        'amp.release',
        'amp.curve',
        'amp.velocity',
      ],
    },
  ],
}
const NAMES: [string, Role, string[]][] = [
  ['Pad_Warm_Calm', 'PAD', ['warm', 'analog', 'reflective']],
  ['Lead_Bright_Energetic', 'LEAD', ['bright', 'triumph']],
  ['Bass_Punchy_Driving', 'BASS', ['hard', 'solid']],
  ['Texture_Evolving_Tense', 'TEXTURE', ['ethereal', 'air']],
  ['Felt Keys', 'KEYS', ['soft', 'close']],
  ['Copper Bell', 'BELL', ['metal', 'long']],
  ['Round Sub', 'BASS', ['deep', 'short']],
  ['Velvet Lead', 'LEAD', ['smooth']],
  ['Thumb Pluck', 'PLUCK', ['woody', 'dry']],
  ['Brush Kit', 'DRUM', ['soft', 'acoustic']],
  ['Night Strings', 'STRINGS', ['warm', 'ensemble']],
  ['Tape Bloom', 'FX', ['riser', 'noisy']],
  ['Guitar Clean Arpeggio Long Name', 'GUITAR', ['glassy']],
  ['Brass Section', 'BRASS', ['bold']],
  ['Choir', 'VOX', ['airy']],
  ['Chord Stab', 'CHORD', ['short']],
  ['Low Lantern', 'DRONE', ['deep', 'slow']],
  ['Rain Arp', 'ARP', ['moving', 'wet']],
]
const fx: Preset['effects'] = [
  { id: 'd1', kind: 'effect' as const, type: 'delay', values: { time: 0.5, feedback: 0.3, mix: 0.4 }, bypass: false },
  { id: 'd2', kind: 'effect' as const, type: 'plate', values: { decay: 3, mix: 0.3 }, bypass: false },
  { id: 'd3', kind: 'effect' as const, type: 'chorus', values: {}, bypass: true },
]
const presets: Preset[] = Array.from({ length: 3 }).flatMap((_, r) =>
  NAMES.map(([name, role, tags], i): Preset => ({
    version: 1,
    id: `p${r}-${i}`,
    name: r ? `${name} ${r + 1}` : name,
    role,
    tags,
    description: i === 0 ? 'Two detuned oscillators through a slow, dark filter; opens with velocity.' : '',
    patch,
    values: {},
    effects: fx,
    approximated: i % 7 === 3 ? ['formant filter plays as a band-pass'] : undefined,
    source: {
      kind: 'import',
      files: ['group.json'],
      found: { 'filter.cutoff': { pointer: '/groups/x/filter/cutoff', text: '800Hz' } },
    },
  })),
)

const sounds = createStore<SoundsView>(() => ({
  ready: true,
  presets,
  favourites: new Set(['p0-1']),
  kept: 'device',
  songs: [],
}))
const params = new URLSearchParams(location.search)
const hold = params.get('state') !== 'empty'
const audition = createStore<AuditionView>(() => ({
  preset: hold ? presets[0]! : null,
  patch: hold ? patch : null,
  original: hold ? presets[0]! : null,
  originalPatch: hold ? patch : null,
  edited: false,
  levelMatch: true,
  matchGainDb: -3.2,
  latencySeconds: 0,
  tailSeconds: 3.8,
  preview: hold ? { presetId: 'p0-0', startedMs: performance.now() + 400 } : null,
}))
const input = createStore<ReturnType<UiPorts['input']['getState']>>(() => ({
  typing: true,
  octave: 4,
  velocity: 0.8,
  hold: false,
  held: new Set([60, 64, 67]),
  letters: new Map([...'AWSEDFTGYHUJKOLP'].map((letter, i) => [60 + i, letter])),
  midi: { state: 'off', devices: [] },
}))

function thumb(id: string) {
  const seed = [...id].reduce((a, c) => a * 31 + c.charCodeAt(0), 7) % 97
  const n = 64,
    amplitude = new Float32Array(n),
    brightness = new Float32Array(n),
    a = (seed % 7) / 16 + 0.01,
    b = (seed % 11) / 11
  for (let i = 0; i < n; i++) {
    const t = i / n
    amplitude[i] = (t < a ? t / a : Math.exp(-(t - a) * (1 + (seed % 5)))) * (0.85 + 0.15 * Math.sin(t * 40 + seed))
    brightness[i] = b * (1 - t * 0.5) + 0.1 * Math.sin(t * 6)
  }
  return { amplitude, brightness, seconds: 3 }
}
const report: any = {
  version: 1,
  id: 'r1',
  file: { name: 'group.json', bytes: 25409, encoding: 'utf-8', layouts: ['groups'] },
  title: '24 sounds imported, 3 warnings',
  summary: 'Two words have no number: role defaults play.',
  counts: {
    found: 24,
    imported: 24,
    alreadyHere: 0,
    repeated: 0,
    refused: 0,
    approximated: 2,
    values: 412,
    lines: { changed: 41, guessed: 3, dropped: 1, approximated: 2, tolerated: 0, refused: 0 },
    warnings: 3,
    errors: 0,
  },
  groups: [
    {
      cause: 'word',
      kind: 'guessed',
      severity: 'warning',
      why: '“automated” is not a frequency: the default of the role plays',
      count: 1,
      presets: ['Pad'],
    },
    {
      cause: 'range',
      kind: 'changed',
      severity: 'warning',
      why: 'A range on one value: its midpoint plays, the range is kept for modulation',
      count: 2,
      presets: [],
    },
    {
      cause: 'unit',
      kind: 'changed',
      severity: 'note',
      why: 'A bare envelope time is in milliseconds',
      count: 38,
      presets: [],
    },
  ],
  details: [
    {
      kind: 'guessed',
      severity: 'warning',
      cause: 'word',
      preset: 'Pad_Dusk_Evolving',
      pointer: '/groups/Pad_Dusk_Evolving/filter/cutoff',
      line: 369,
      column: 19,
      found: '"automated"',
      used: '900 Hz',
      why: '',
      source: {
        firstLine: 368,
        lines: ['      "filter": {', '        "cutoff": "automated",', '        "resonance": 0.32,'],
      },
      target: { presetId: 'p0-0', key: 'filter.cutoff' },
      fixes: [{ label: 'Use 1.2 kHz', value: 1200 }],
    },
    {
      kind: 'changed',
      severity: 'warning',
      cause: 'range',
      preset: 'Drone_Airy',
      pointer: '/groups/Drone_Airy/envelope/attack',
      line: 512,
      column: 7,
      found: '[200, 800]',
      used: '500 ms',
      why: '',
      source: null,
      target: null,
      fixes: [],
    },
  ],
  allLines: new Uint8Array(),
  presetIds: presets.slice(0, 14).map((x) => x.id),
  readMilliseconds: 38,
  stored: 'kept',
}
const reports = createStore<ReturnType<UiPorts['reports']['getState']>>(() => ({
  reports: [report],
  open: params.get('state') === 'report' ? 'r1' : null,
  importing: null,
}))
const document_ = createStore<ReturnType<UiPorts['document']['getState']>>(() => ({
  name: 'Night Ferry',
  undoLabel: 'Cutoff',
  redoLabel: null,
  saved: 'saved',
  masterGainDb: -3,
  masterMuted: false,
}))
const theme = createStore<{ theme: 'dark' | 'light' | 'system' }>(() => ({
  theme: params.get('theme') === 'light' ? 'light' : 'dark',
}))
applyTheme(theme.getState().theme)
const ports: UiPorts = {
  run: async (id, args: any) => {
    if (id === 'audition.setValue')
      audition.setState((s) => {
        const [o, q] = args.key.split('.')
        const e = /^fx(\d)$/.exec(o)
        const pr = s.preset!
        const v = args.value as PlainValue
        return {
          edited: true,
          preset: e
            ? {
                ...pr,
                effects: pr.effects.map((d, i) => (i === +e[1]! - 1 ? { ...d, values: { ...d.values, [q]: v } } : d)),
              }
            : { ...pr, values: { ...pr.values, [args.key]: v } },
        }
      })
    else if (id === 'audition.press' || id === 'audition.once') {
      const preset = presets.find((x) => x.id === args.presetId)!
      audition.setState({
        preset,
        original: preset,
        patch,
        originalPatch: patch,
        edited: false,
        preview: { presetId: preset.id, startedMs: performance.now() },
      })
    } else if (id === 'audition.release') audition.setState({ preview: null })
    else if (id === 'view.setTheme') theme.setState({ theme: args.theme })
    else if (id === 'input.setTyping') input.setState({ typing: args.on })
    else if (id === 'master.setVolume') document_.setState({ masterGainDb: args.gainDb })
    else if (id === 'note.on') input.setState((s) => ({ held: new Set([...s.held, args.note]) }))
    else if (id === 'note.off') input.setState((s) => ({ held: new Set([...s.held].filter((n) => n !== args.note)) }))
    console.log(id, JSON.stringify(args))
  },
  document: document_,
  sounds,
  audition,
  input,
  reports,
  theme,
  status: createStore<ReturnType<UiPorts['status']['getState']>>(() => ({
    audio: 'running',
    sampleRate: 48000,
    blockSize: 128,
    outputLatencySeconds: 0.0142,
    dropouts: 0,
    voices: 3,
    maxVoices: 256,
    cpuUsage: 0.23,
    storage: { usedBytes: 4e6, quotaBytes: 1.8e10 },
  })),
  notices: createStore<ReturnType<UiPorts['notices']['getState']>>(() => ({
    notices:
      params.get('state') === 'report'
        ? [
            {
              id: 'n',
              kind: 'warning',
              fact: '24 sounds imported, 3 warnings',
              consequence: 'Two values were not readable. Role defaults are used.',
              actions: [
                { label: 'Undo', run() {} },
                { label: 'Show report', run() {} },
              ],
            },
          ]
        : [],
  })),
  readLevels: (into) => {
    const t = performance.now() / 1000
    into.rmsLeft = 0.2 + 0.05 * Math.sin(t * 3)
    into.rmsRight = 0.18
    into.peakLeft = 0.5
    into.peakRight = 0.45
    return true
  },
  thumbnail: async (id) => thumb(id),
  importFiles: async (files) =>
    console.log(
      'import',
      files.map((f) => f.name),
    ),
  openReport: (open) => reports.setState({ open }),
  reportText: async () => '',
  dismissNotice: () => ports.notices.setState({ notices: [] }),
}
createRoot(document.getElementById('root')!).render(<App ports={ports} />)
