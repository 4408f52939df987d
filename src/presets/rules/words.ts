// Words of preset files and what they become (any thread). Keys are snake_case without `_`, so "low-pass" is `lowpass`.

export const WAVES: Readonly<Record<string, string>> = {
  saw: 'saw',
  sawtooth: 'saw',
  ramp: 'saw',
  square: 'square',
  triangle: 'triangle',
  tri: 'triangle',
  sine: 'sine',
  sin: 'sine',
  sinus: 'sine',
  pulse: 'pulse',
  pwm: 'pulse',
  rectangle: 'pulse',
  supersaw: 'supersaw',
  hypersaw: 'supersaw',
  unison: 'unison',
  noise: 'white',
  white: 'white',
  whitenoise: 'white',
  pink: 'pink',
  pinknoise: 'pink',
  fm: 'fm',
  additive: 'additive',
  karplusstrong: 'string',
  karplus: 'string',
  string: 'string',
  pluckedstring: 'string',
  wavetable: 'wavetable',
  granular: 'granular',
  modal: 'modal',
  struck: 'modal',
  mallet: 'modal',
  marimba: 'marimba',
  membrane: 'membrane',
  gong: 'gong',
  bow: 'bow',
  bowed: 'bow',
  bowedstring: 'bow',
  violin: 'bow',
  cello: 'cello',
  reed: 'clarinet',
  clarinet: 'clarinet',
  saxophone: 'saxophone',
  sax: 'saxophone',
  flute: 'flute',
  tube: 'flute',
  brass: 'brass',
  trumpet: 'brass',
  physicalmodel: 'physical',
  physicalmodeling: 'physical',
  physicalmodelling: 'physical',
  chaososcillator: 'chaos',
  chaos: 'chaos',
  noisemodulated: 'noisemod',
  neuralmorph: 'hybrid',
  hybrid: 'hybrid',
  sample: 'sample',
  sampler: 'sample',
  formant: 'vocal',
  vocal: 'vocal',
}

/** synthesis_type -> the source to use where no oscillator types are given. */
export const SYNTHESIS: Readonly<Record<string, string>> = {
  fm: 'fm',
  frequencymodulation: 'fm',
  additive: 'additive',
  wavetable: 'wavetable',
  granular: 'granular',
  physicalmodeling: 'physical',
  physicalmodelling: 'physical',
  modal: 'modal',
  karplusstrong: 'string',
  ensemblechorus: 'saw',
  supersaw: 'supersaw',
  noise: 'white',
  modular: 'chaos',
  hybridai: 'hybrid',
  hybrid: 'hybrid',
}

export const FILTERS: Readonly<Record<string, string>> = {
  lowpass: 'lowpass',
  lp: 'lowpass',
  lpf: 'lowpass',
  lp12: 'lowpass',
  lp24: 'lowpass',
  highpass: 'highpass',
  hp: 'highpass',
  hpf: 'highpass',
  bandpass: 'bandpass',
  bp: 'bandpass',
  bpf: 'bandpass',
  notch: 'notch',
  bandstop: 'notch',
  bandreject: 'notch',
  moogladder: 'ladder',
  moog: 'ladder',
  ladder: 'ladder',
  tb303: 'ladder',
  diodeladder: 'ladder',
  comb: 'comb',
  formant: 'formant',
  ensemble: 'ensemble',
  multimodeadaptive: 'adaptive',
  multimodechaotic: 'chaotic',
  multimode: 'lowpass',
}

export const CURVES: Readonly<Record<string, string>> = {
  linear: 'linear',
  lin: 'linear',
  exponential: 'exponential',
  exp: 'exponential',
  nonlinear: 'exponential',
  logarithmic: 'logarithmic',
  log: 'logarithmic',
}

/** Envelope types -> the stages that they have, by first letter (`e` = delay, as `d` is decay). */
export const ENVELOPES: Readonly<Record<string, string>> = {
  adsr: 'adsr',
  ad: 'ad',
  ar: 'ar',
  asr: 'asr',
  adr: 'adr',
  ahd: 'ahd',
  ahdsr: 'ahdsr',
  dadsr: 'eadsr',
  dahdsr: 'eahdsr',
  ahr: 'ahr',
}

export const NOISES: Readonly<Record<string, string>> = {
  white: 'white',
  pink: 'pink',
  brown: 'pink',
  whitenoise: 'white',
  pinknoise: 'pink',
}

export const EFFECTS_BY_WORD: Readonly<Record<string, string>> = {
  delay: 'delay',
  echo: 'delay',
  pingpong: 'pingpong',
  pingpongdelay: 'pingpong',
  reverb: 'plate',
  plate: 'plate',
  hall: 'plate',
  room: 'plate',
  chorus: 'chorus',
  ensemble: 'ensemble',
  flanger: 'flanger',
  phaser: 'phaser',
  ringmodulation: 'ringmod',
  ringmodulator: 'ringmod',
  ringmod: 'ringmod',
  saturation: 'saturation',
  saturator: 'saturation',
  distortion: 'distortion',
  overdrive: 'distortion',
  drive: 'distortion',
  fuzz: 'distortion',
  eq: 'eq',
  equalizer: 'eq',
  equaliser: 'eq',
  limiter: 'limiter',
  compressor: 'compressor',
  compression: 'compressor',
  glitch: 'glitch',
  stutter: 'glitch',
}

export const PLACES: Readonly<Record<string, string>> = {
  bridge: '0.1',
  near: '0.2',
  edge: '0.1',
  middle: '0.5',
  center: '0.5',
  centre: '0.5',
  neck: '0.4',
}

/** What strings are made of, how thick and how tight: kinds that build/strings.ts knows. */
export const MATERIALS: Readonly<Record<string, string>> = {
  steel: 'steel',
  metal: 'steel',
  nickel: 'nickel',
  nickelplated: 'nickel',
  bronze: 'bronze',
  phosphorbronze: 'bronze',
  brass: 'bronze',
  nylon: 'nylon',
  carbon: 'nylon',
  silk: 'nylon',
  gut: 'gut',
}

export const GAUGES: Readonly<Record<string, string>> = {
  extralight: 'light',
  light: 'light',
  thin: 'light',
  medium: 'medium',
  regular: 'medium',
  heavy: 'heavy',
  thick: 'heavy',
}

export const TENSIONS: Readonly<Record<string, string>> = {
  low: 'low',
  slack: 'low',
  medium: 'medium',
  normal: 'medium',
  high: 'high',
  tight: 'high',
}

export const STIFFNESS: Readonly<Record<string, string>> = {
  soft: '-0.1',
  easy: '-0.1',
  light: '-0.1',
  medium: '0',
  hard: '0.1',
  stiff: '0.1',
}

/** "Low-Pass", "low_pass" and "lowPass" compare equal. */
export function plainWord(text: string): string {
  return text
    .slice(0, 60)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '')
}
