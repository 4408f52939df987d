// The normalising rules: one row for every value that a preset file may hold (any thread). Data only; read.ts applies it.
import type { Rule } from './rule.ts'
import { CURVES, ENVELOPES, FILTERS, NOISES, PLACES, STIFFNESS, WAVES } from './words.ts'

const MS = 0.001
const ENVELOPE_MS = 'no unit is written; envelope times are milliseconds'
const SEMITONES = 'no unit is written; detune is semitones'
const FEEDBACK = [0, 0.85] as const
const RESONANCE = [0, 0.9] as const
const CUTOFF = [20, 20_000] as const
const DRIVE = [0, 12] as const

export const RULES: readonly Rule[] = [
  // Oscillators
  { id: 'oscillator.types', section: 'oscillator', keys: ['types', 'type', 'waveform', 'waveforms', 'wave', 'waves', 'shape'], shape: 'words', words: WAVES, slot: 'osc.types', why: 'the sources, in this order' },
  { id: 'oscillator.mix', section: 'oscillator', keys: ['mix_ratios', 'mix_ratio', 'mix', 'levels'], shape: 'list', slot: 'osc.mix', limits: [0, 1], why: 'ratios are scaled to sum 1; missing ones share the rest' },
  { id: 'oscillator.level', section: 'oscillator', keys: ['level', 'volume', 'amplitude'], shape: 'scalar', quantity: 'fraction', bare: 1, slot: 'osc.level', limits: [0, 1], why: 'the level of one oscillator' },
  { id: 'oscillator.detune', section: 'oscillator', keys: ['detune'], shape: 'scalar', quantity: 'pitch', bare: 1, bareGuess: SEMITONES, slot: 'osc.detune', limits: [-12, 12], why: 'detune is the distance between the outer voices' },
  { id: 'oscillator.tune', section: 'oscillator', keys: ['tune', 'pitch', 'transpose', 'semitones', 'coarse'], shape: 'scalar', quantity: 'pitch', bare: 1, slot: 'osc.tune', limits: [-48, 48], why: 'transposition in semitones' },
  { id: 'oscillator.octave', section: 'oscillator', keys: ['octave', 'octaves'], shape: 'scalar', quantity: 'ratio', bare: 1, convert: 'octavesToSemitones', slot: 'osc.tune', limits: [-48, 48], why: 'one octave is 12 semitones' },
  { id: 'oscillator.width', section: 'oscillator', keys: ['width', 'pulse_width', 'pw', 'duty', 'duty_cycle'], shape: 'scalar', quantity: 'fraction', bare: 1, slot: 'osc.width', why: 'pulse width' },
  { id: 'oscillator.voices', section: 'oscillator', keys: ['voices', 'unison', 'unison_voices', 'num_voices'], shape: 'scalar', quantity: 'count', bare: 1, slot: 'osc.voices', limits: [1, 16], why: 'unison voices' },
  { id: 'oscillator.harmonics', section: 'oscillator', keys: ['harmonics', 'partials'], shape: 'list', slot: 'osc.harmonics', limits: [1, 512], why: 'numbers of the harmonics; the mix ratios are their amplitudes' },
  { id: 'oscillator.index', section: 'oscillator', keys: ['modulation_index', 'mod_index', 'fm_index', 'index'], shape: 'scalar', quantity: 'ratio', bare: 1, slot: 'osc.index', why: 'modulation index of the FM pair' },
  { id: 'oscillator.carrier', section: 'oscillator', keys: ['carrier_ratio'], shape: 'scalar', quantity: 'ratio', bare: 1, slot: 'osc.carrier', why: 'carrier frequency as a multiple of the note' },
  { id: 'oscillator.ratio', section: 'oscillator', keys: ['modulator_ratio', 'mod_ratio', 'ratio', 'fm_ratio'], shape: 'scalar', quantity: 'ratio', bare: 1, slot: 'osc.ratio', why: 'modulator frequency as a multiple of the note' },
  { id: 'oscillator.feedback', section: 'oscillator', keys: ['feedback'], shape: 'scalar', quantity: 'fraction', bare: 1, slot: 'osc.feedback', limits: FEEDBACK, why: 'operator feedback' },
  { id: 'oscillator.morph', section: 'oscillator', keys: ['morph_rate', 'morph_speed'], shape: 'scalar', quantity: 'frequency', bare: 1, slot: 'osc.morph', why: 'drives the motion of the stand-in for the wavetable' },
  { id: 'oscillator.density', section: 'oscillator', keys: ['grain_density', 'density'], shape: 'scalar', quantity: 'perSecond', bare: 1, slot: 'osc.density', why: 'grains become random motion; its rate ends at 40 Hz' },
  { id: 'oscillator.grain', section: 'oscillator', keys: ['grain_size'], shape: 'info', slot: 'osc.grain', why: 'there are no grains yet: the granular source is approximated', approximates: 'granular source played as a moving unison' },
  { id: 'oscillator.table', section: 'oscillator', keys: ['table_index', 'table', 'wavetable'], shape: 'info', slot: 'osc.table', why: 'the table is not in the file; a moving stand-in plays', approximates: 'wavetable played as a moving stand-in' },
  { id: 'oscillator.blend', section: 'oscillator', keys: ['blend_mode'], shape: 'info', slot: 'osc.blend', why: 'the sources are mixed; other ways to blend are not built', approximates: 'hybrid blending played as a mix' },
  { id: 'oscillator.pluck', section: 'oscillator', keys: ['pluck_position', 'pick_position'], shape: 'word', words: PLACES, slot: 'string.position', why: 'where the string is plucked, as a fraction of its length' },

  // Envelope
  { id: 'envelope.type', section: 'envelope', keys: ['type'], shape: 'word', words: ENVELOPES, slot: 'env.type', why: 'the stages that the envelope has; the others are off' },
  { id: 'envelope.delay', section: 'envelope', keys: ['delay'], shape: 'scalar', quantity: 'time', bare: MS, bareGuess: ENVELOPE_MS, slot: 'env.delay', why: 'delay time' },
  { id: 'envelope.attack', section: 'envelope', keys: ['attack', 'a', 'attack_time'], shape: 'scalar', quantity: 'time', bare: MS, bareGuess: ENVELOPE_MS, slot: 'env.attack', why: 'attack time' },
  { id: 'envelope.hold', section: 'envelope', keys: ['hold', 'h'], shape: 'scalar', quantity: 'time', bare: MS, bareGuess: ENVELOPE_MS, slot: 'env.hold', why: 'hold time' },
  { id: 'envelope.decay', section: 'envelope', keys: ['decay', 'd', 'decay_time'], shape: 'scalar', quantity: 'time', bare: MS, bareGuess: ENVELOPE_MS, slot: 'env.decay', why: 'decay time' },
  { id: 'envelope.sustain', section: 'envelope', keys: ['sustain', 's', 'sustain_level'], shape: 'scalar', quantity: 'fraction', bare: 1, slot: 'env.sustain', limits: [0, 1], why: 'sustain level' },
  { id: 'envelope.release', section: 'envelope', keys: ['release', 'r', 'release_time'], shape: 'scalar', quantity: 'time', bare: MS, bareGuess: ENVELOPE_MS, slot: 'env.release', why: 'release time' },
  { id: 'envelope.curve', section: 'envelope', keys: ['curve', 'shape'], shape: 'word', words: CURVES, slot: 'env.curve', why: 'nonlinear is exponential' },
  { id: 'envelope.velocity', section: 'envelope', keys: ['velocity', 'velocity_sensitivity'], shape: 'scalar', quantity: 'fraction', bare: 1, slot: 'env.velocity', limits: [0, 1], why: 'how much velocity changes the level' },

  // Filter
  { id: 'filter.type', section: 'filter', keys: ['type', 'mode'], shape: 'word', words: FILTERS, slot: 'filter.type', why: 'the kind of filter' },
  { id: 'filter.cutoff', section: 'filter', keys: ['cutoff', 'frequency', 'freq', 'cutoff_frequency'], shape: 'scalar', quantity: 'frequency', bare: 1, slot: 'filter.cutoff', limits: CUTOFF, why: 'cutoff stays within 20 Hz and 20 kHz' },
  { id: 'filter.resonance', section: 'filter', keys: ['resonance', 'res', 'reso'], shape: 'scalar', quantity: 'fraction', bare: 1, slot: 'filter.resonance', limits: RESONANCE, why: 'resonance r means Q = 0.5 * 2^(6r), at most 0.9' },
  { id: 'filter.q', section: 'filter', keys: ['q'], shape: 'scalar', quantity: 'ratio', bare: 1, convert: 'resonanceOfQ', slot: 'filter.resonance', limits: RESONANCE, why: 'Q = 0.5 * 2^(6r), r at most 0.9' },
  { id: 'filter.amount', section: 'filter', keys: ['envelope_amount', 'env_amount', 'envelope', 'amount'], shape: 'scalar', quantity: 'fraction', bare: 1, convert: 'octaves', slot: 'filter.amount', limits: [-4, 4], why: 'envelope amount 1 moves the cutoff by 4 octaves' },
  { id: 'filter.slope', section: 'filter', keys: ['slope', 'rolloff'], shape: 'scalar', quantity: 'slope', bare: 1, slot: 'filter.slope', why: '12 or 24 dB per octave' },
  { id: 'filter.drive', section: 'filter', keys: ['drive'], shape: 'scalar', quantity: 'level', bare: 12, slot: 'filter.drive', limits: DRIVE, why: 'a bare drive 0..1 is 0..12 dB' },

  // Plucked strings
  { id: 'strings.detune', section: 'strings', keys: ['detune_range', 'detune'], shape: 'scalar', quantity: 'pitch', bare: 1, bareGuess: SEMITONES, slot: 'string.spread', limits: [0, 1], why: 'each note is out of tune at random by up to this' },
  { id: 'strings.decay', section: 'strings', keys: ['decay', 'decay_time'], shape: 'scalar', quantity: 'time', bare: 1, slot: 'string.decay', why: 'time to fall by 60 dB' },
  { id: 'strings.count', section: 'strings', keys: ['num_strings', 'strings'], shape: 'scalar', quantity: 'count', bare: 1, slot: 'voices.max', limits: [1, 64], why: 'one voice a string' },
  { id: 'strings.tuning', section: 'strings', keys: ['tuning'], shape: 'info', slot: 'strings.tuning', why: 'one string plays every key; the open strings stay with the file' },
  { id: 'strings.material', section: 'strings', keys: ['material', 'gauge', 'tension'], shape: 'info', slot: 'strings.material', why: 'described in words; decay and brightness are given as figures' },
  { id: 'harmonics.vibe', section: 'harmonics', keys: ['vibe_set', 'amplitudes'], shape: 'list', slot: 'string.vibe', limits: [0, 1], why: 'amplitudes of the harmonics set the brightness of the string' },
  { id: 'harmonics.decay', section: 'harmonics', keys: ['decay_rate'], shape: 'scalar', quantity: 'perSecond', bare: 1, convert: 't60', slot: 'string.decay', why: 'a decay of r per second falls by 60 dB in 6.91 / r seconds' },
  { id: 'harmonics.sympathetic', section: 'harmonics', keys: ['sympathetic_resonance'], shape: 'info', slot: 'string.sympathetic', why: 'sympathetic strings are not built yet', approximates: 'played without sympathetic strings' },
  { id: 'noise.enabled', section: 'noise', keys: ['enabled'], shape: 'word', words: { true: 'on', false: 'off', on: 'on', off: 'off' }, slot: 'noise.enabled', why: 'turns the attack noise on' },
  { id: 'noise.intensity', section: 'noise', keys: ['intensity', 'level', 'amount'], shape: 'scalar', quantity: 'fraction', bare: 1, slot: 'noise.level', limits: [0, 1], why: 'level of the attack noise' },
  { id: 'noise.burst', section: 'noise', keys: ['burst_length', 'burst', 'length', 'duration'], shape: 'scalar', quantity: 'time', bare: 1, bareGuess: 'no unit is written; a burst length is seconds', slot: 'noiseenv.decay', limits: [0.001, 0.5], why: 'length of the attack noise' },
  { id: 'noise.type', section: 'noise', keys: ['noise_type', 'type', 'color', 'colour'], shape: 'word', words: NOISES, slot: 'noise.type', why: 'colour of the noise' },
  { id: 'pick.position', section: 'pick', keys: ['position'], shape: 'scalar', quantity: 'fraction', bare: 1, slot: 'string.position', limits: [0, 1], why: 'where the string is plucked' },
  { id: 'pick.stiffness', section: 'pick', keys: ['stiffness'], shape: 'word', words: STIFFNESS, slot: 'pick.stiffness', why: 'a harder pick is brighter by 0.1' },
  { id: 'pick.noise', section: 'pick', keys: ['noise_probability', 'noise_intensity'], shape: 'info', slot: 'pick.noise', why: 'noises at random are not built yet; the attack noise plays on every note' },
  { id: 'vibrato.rate', section: 'vibrato', keys: ['vibrato', 'rate', 'frequency', 'speed'], shape: 'scalar', quantity: 'frequency', bare: 1, slot: 'vibrato.rate', why: 'vibrato rate' },
  { id: 'vibrato.depth', section: 'vibrato', keys: ['depth', 'amount'], shape: 'scalar', quantity: 'pitch', bare: 0.01, slot: 'vibrato.depth', limits: [0, 2], why: 'vibrato depth; a bare figure is cents' },
  { id: 'vibrato.delay', section: 'vibrato', keys: ['delay', 'onset'], shape: 'scalar', quantity: 'time', bare: MS, bareGuess: ENVELOPE_MS, slot: 'vibrato.delay', why: 'vibrato delay' },
  { id: 'vibrato.range', section: 'vibrato', keys: ['freq_range', 'frequency_range'], shape: 'info', slot: 'vibrato.range', why: 'bounds of the notes that it is meant for; vibrato plays on every key' },
  { id: 'body.file', section: 'body', keys: ['ir_file', 'ir', 'impulse_response', 'file'], shape: 'info', slot: 'body.file', why: 'files named in a preset are never fetched', approximates: 'played without the body impulse response' },
  { id: 'body.mix', section: 'body', keys: ['mix', 'wet'], shape: 'info', slot: 'body.mix', why: 'there is no body impulse response to mix in yet' },

  // Voices
  { id: 'voice.max', section: 'voice', keys: ['polyphony', 'max_voices', 'voices'], shape: 'scalar', quantity: 'count', bare: 1, slot: 'voices.max', limits: [1, 64], why: 'at most 64 voices' },
  { id: 'voice.glide', section: 'voice', keys: ['glide', 'portamento', 'glide_time'], shape: 'scalar', quantity: 'time', bare: MS, bareGuess: ENVELOPE_MS, slot: 'voices.glide', limits: [0, 5], why: 'glide time' },

  // Effects
  { id: 'fx.mix', section: 'fx.*', keys: ['mix', 'dry_wet'], shape: 'scalar', quantity: 'fraction', bare: 1, slot: 'mix', limits: [0, 1], why: 'share of the effect in the sound' },
  { id: 'fx.wet', section: 'fx.*', keys: ['wet'], shape: 'scalar', quantity: 'fraction', bare: 1, slot: 'mix', limits: [0, 1], why: 'share of the effect; mix beats wet where both are given' },
  { id: 'fx.feedback', section: 'fx.*', keys: ['feedback', 'fb'], shape: 'scalar', quantity: 'fraction', bare: 1, slot: 'feedback', limits: FEEDBACK, why: 'feedback stays at or below 0.85, so that it dies away' },
  { id: 'fx.rate', section: 'fx.*', keys: ['rate', 'speed', 'lfo_rate'], shape: 'scalar', quantity: 'frequency', bare: 1, slot: 'rate', why: 'rate of the movement' },
  { id: 'fx.depth', section: 'fx.*', keys: ['depth', 'intensity'], shape: 'scalar', quantity: 'fraction', bare: 1, slot: 'depth', limits: [0, 1], why: 'depth of the movement' },
  { id: 'fx.tone', section: 'fx.*', keys: ['tone', 'filter', 'lowpass'], shape: 'scalar', quantity: 'frequency', bare: 1, slot: 'tone', why: 'tone of the effect' },
  { id: 'fx.delay.time', section: 'fx.delay', keys: ['time', 'delay_time', 'delay'], shape: 'scalar', quantity: 'time', bare: MS, baseBelow: 5, bareGuess: 'no unit is written; delays below 5 are seconds, else milliseconds', slot: 'time', why: 'time between echoes' },
  { id: 'fx.reverb.decay', section: 'fx.plate', keys: ['decay', 'time', 'decay_time', 'rt60'], shape: 'scalar', quantity: 'time', bare: 1, bareGuess: 'no unit is written; reverb decay is seconds', slot: 'decay', why: 'time to fall by 60 dB' },
  { id: 'fx.reverb.predelay', section: 'fx.plate', keys: ['predelay', 'pre_delay'], shape: 'scalar', quantity: 'time', bare: MS, bareGuess: 'no unit is written; predelay is milliseconds', slot: 'predelay', why: 'time before the reverb' },
  { id: 'fx.reverb.damping', section: 'fx.plate', keys: ['damping'], shape: 'scalar', quantity: 'frequency', bare: 1, slot: 'damping', why: 'where the reverb gets darker' },
  { id: 'fx.ring.frequency', section: 'fx.ringmod', keys: ['frequency', 'freq'], shape: 'scalar', quantity: 'frequency', bare: 1, slot: 'frequency', why: 'frequency of the ring modulator' },
  { id: 'fx.distortion.gain', section: 'fx.distortion', keys: ['gain', 'drive', 'amount'], shape: 'scalar', quantity: 'level', bare: 12, slot: 'drive', limits: DRIVE, why: 'gain 0..1 is 0..12 dB of drive' },
  { id: 'fx.saturation.amount', section: 'fx.saturation', keys: ['amount', 'gain', 'drive'], shape: 'scalar', quantity: 'level', bare: 12, slot: 'drive', limits: DRIVE, why: 'amount 0..1 is 0..12 dB of drive' },
  { id: 'fx.compressor.threshold', section: 'fx.compressor', keys: ['threshold'], shape: 'scalar', quantity: 'level', bare: 1, slot: 'ceiling', why: 'a bare threshold is dB; the limiter that stands in goes down to -12 dB' },
  { id: 'fx.compressor.ratio', section: 'fx.compressor', keys: ['ratio', 'attack', 'knee', 'makeup', 'gain'], shape: 'info', slot: 'ratio', why: 'the limiter that stands in has no such control' },
  { id: 'fx.compressor.release', section: 'fx.compressor', keys: ['release'], shape: 'scalar', quantity: 'time', bare: MS, bareGuess: ENVELOPE_MS, slot: 'release', why: 'release time' },
  { id: 'fx.limiter.ceiling', section: 'fx.limiter', keys: ['ceiling', 'threshold'], shape: 'scalar', quantity: 'level', bare: 1, slot: 'ceiling', why: 'a bare threshold is dB' },
  { id: 'fx.glitch.density', section: 'fx.glitch', keys: ['density'], shape: 'info', slot: 'density', why: 'a short echo stands in for glitches' },
]
