// Argument schemas of units and effects: ids and plain values within their ranges. Written by `npm run gen`; never edit. Any thread.
import { z } from 'zod'

// Before any schema: the page's CSP forbids the functions that zod would otherwise build from text.
z.config({ jitless: true })

export const unitId = z.enum(['saw', 'square', 'triangle', 'sine', 'pulse', 'supersaw', 'unison', 'additive', 'fm', 'white', 'pink', 'string', 'svf', 'ladder', 'comb', 'env', 'lfo', 'gain', 'pan', 'mix'])
export const effectId = z.enum(['delay', 'pingpong', 'plate', 'chorus', 'ensemble', 'flanger', 'phaser', 'ringmod', 'saturation', 'distortion', 'eq', 'limiter'])

/** Unit id -> the values it takes; an absent one keeps its default. */
export const unitValues = {
  saw: z.strictObject({
    tune: z.number().min(-48).max(48).optional().describe('Transposition (semitones)'),
    fine: z.number().min(-100).max(100).optional().describe('Fine tuning (cents)'),
    level: z.number().min(0).max(1).optional().describe('Output amplitude (fraction)'),
    phase: z.number().min(0).max(360).optional().describe('Phase at note start (degrees)'),
    scatter: z.number().min(0).max(1).optional().describe('How far each note\'s start phase strays at random (fraction)'),
  }),
  square: z.strictObject({
    tune: z.number().min(-48).max(48).optional().describe('Transposition (semitones)'),
    fine: z.number().min(-100).max(100).optional().describe('Fine tuning (cents)'),
    level: z.number().min(0).max(1).optional().describe('Output amplitude (fraction)'),
    phase: z.number().min(0).max(360).optional().describe('Phase at note start (degrees)'),
    scatter: z.number().min(0).max(1).optional().describe('How far each note\'s start phase strays at random (fraction)'),
  }),
  triangle: z.strictObject({
    tune: z.number().min(-48).max(48).optional().describe('Transposition (semitones)'),
    fine: z.number().min(-100).max(100).optional().describe('Fine tuning (cents)'),
    level: z.number().min(0).max(1).optional().describe('Output amplitude (fraction)'),
    phase: z.number().min(0).max(360).optional().describe('Phase at note start (degrees)'),
    scatter: z.number().min(0).max(1).optional().describe('How far each note\'s start phase strays at random (fraction)'),
  }),
  sine: z.strictObject({
    tune: z.number().min(-48).max(48).optional().describe('Transposition (semitones)'),
    fine: z.number().min(-100).max(100).optional().describe('Fine tuning (cents)'),
    level: z.number().min(0).max(1).optional().describe('Output amplitude (fraction)'),
    phase: z.number().min(0).max(360).optional().describe('Phase at note start (degrees)'),
    scatter: z.number().min(0).max(1).optional().describe('How far each note\'s start phase strays at random (fraction)'),
  }),
  pulse: z.strictObject({
    tune: z.number().min(-48).max(48).optional().describe('Transposition (semitones)'),
    fine: z.number().min(-100).max(100).optional().describe('Fine tuning (cents)'),
    level: z.number().min(0).max(1).optional().describe('Output amplitude (fraction)'),
    phase: z.number().min(0).max(360).optional().describe('Phase at note start (degrees)'),
    scatter: z.number().min(0).max(1).optional().describe('How far each note\'s start phase strays at random (fraction)'),
    width: z.number().min(0.02).max(0.98).optional().describe('Share of the cycle that is high (fraction)'),
  }),
  supersaw: z.strictObject({
    tune: z.number().min(-48).max(48).optional().describe('Transposition (semitones)'),
    fine: z.number().min(-100).max(100).optional().describe('Fine tuning (cents)'),
    level: z.number().min(0).max(1).optional().describe('Output amplitude (fraction)'),
    detune: z.number().min(0).max(1).optional().describe('Distance of the outer saws from the middle one (semitones)'),
    mix: z.number().min(0).max(1).optional().describe('Balance from the middle saw alone to all seven (fraction)'),
    spread: z.number().min(0).max(1).optional().describe('Stereo width of the outer saws (fraction)'),
  }),
  unison: z.strictObject({
    tune: z.number().min(-48).max(48).optional().describe('Transposition (semitones)'),
    fine: z.number().min(-100).max(100).optional().describe('Fine tuning (cents)'),
    level: z.number().min(0).max(1).optional().describe('Output amplitude (fraction)'),
    wave: z.enum(['saw', 'square', 'triangle', 'sine']).optional().describe('Shape of every copy'),
    voices: z.number().min(1).max(16).optional().describe('Number of copies (count)'),
    detune: z.number().min(0).max(1).optional().describe('Distance of the outer copies from the middle (semitones)'),
    spread: z.number().min(0).max(1).optional().describe('Stereo width (fraction)'),
  }),
  additive: z.strictObject({
    tune: z.number().min(-48).max(48).optional().describe('Transposition (semitones)'),
    fine: z.number().min(-100).max(100).optional().describe('Fine tuning (cents)'),
    level: z.number().min(0).max(1).optional().describe('Output amplitude (fraction)'),
    phase: z.number().min(0).max(360).optional().describe('Phase at note start (degrees)'),
    scatter: z.number().min(0).max(1).optional().describe('How far each note\'s start phase strays at random (fraction)'),
  }),
  fm: z.strictObject({
    tune: z.number().min(-48).max(48).optional().describe('Transposition (semitones)'),
    fine: z.number().min(-100).max(100).optional().describe('Fine tuning (cents)'),
    level: z.number().min(0).max(1).optional().describe('Output amplitude (fraction)'),
    ratio: z.number().min(0.25).max(16).optional().describe('Modulator frequency over the note\'s (ratio)'),
    index: z.number().min(0).max(20).optional().describe('Depth of modulation in radians (ratio)'),
    feedback: z.number().min(0).max(1).optional().describe('How much the modulator modulates itself (fraction)'),
    carrier: z.number().min(0.25).max(16).optional().describe('Carrier frequency over the note\'s (ratio)'),
    phase: z.number().min(0).max(360).optional().describe('Phase at note start (degrees)'),
    scatter: z.number().min(0).max(1).optional().describe('How far each note\'s start phase strays at random (fraction)'),
  }),
  white: z.strictObject({
    level: z.number().min(0).max(1).optional().describe('Output amplitude (fraction)'),
  }),
  pink: z.strictObject({
    level: z.number().min(0).max(1).optional().describe('Output amplitude (fraction)'),
  }),
  string: z.strictObject({
    tune: z.number().min(-48).max(48).optional().describe('Transposition (semitones)'),
    fine: z.number().min(-100).max(100).optional().describe('Fine tuning (cents)'),
    level: z.number().min(0).max(1).optional().describe('Output amplitude (fraction)'),
    decay: z.number().min(0.05).max(30).optional().describe('Time to fall by 60 dB at the fundamental (seconds)'),
    brightness: z.number().min(0).max(1).optional().describe('How long high harmonics ring (fraction)'),
    position: z.number().min(0).max(1).optional().describe('Where it is plucked along its length (fraction)'),
    noise: z.enum(['white', 'pink']).optional().describe('Colour of the pluck'),
    burst: z.number().min(0.0005).max(0.5).optional().describe('Length of the pluck (seconds)'),
  }),
  svf: z.strictObject({
    mode: z.enum(['lowpass', 'highpass', 'bandpass', 'notch']).optional().describe('What passes'),
    slope: z.enum(['12', '24']).optional().describe('Steepness'),
    cutoff: z.number().min(20).max(20000).optional().describe('Corner or centre frequency (hertz)'),
    resonance: z.number().min(0).max(0.95).optional().describe('Emphasis at the cutoff: Q = 0.5 * 2^(6r) (fraction)'),
  }),
  ladder: z.strictObject({
    cutoff: z.number().min(20).max(20000).optional().describe('Corner frequency (hertz)'),
    resonance: z.number().min(0).max(1).optional().describe('Emphasis at the cutoff; feedback is 3.8 times this (fraction)'),
    drive: z.number().min(0).max(12).optional().describe('Level into the saturation (decibels)'),
  }),
  comb: z.strictObject({
    cutoff: z.number().min(20).max(6000).optional().describe('Frequency it is tuned to (hertz)'),
    feedback: z.number().min(-0.95).max(0.95).optional().describe('Strength and sign of the resonance (fraction)'),
    damping: z.number().min(0).max(1).optional().describe('Loss of high frequencies on the way round (fraction)'),
    mix: z.number().min(0).max(1).optional().describe('Share of the filtered signal (fraction)'),
  }),
  env: z.strictObject({
    delay: z.number().min(0).max(20).optional().describe('Silence before the attack (seconds)'),
    attack: z.number().min(0).max(20).optional().describe('Rise to full level; 0 is played as 0.5 ms (seconds)'),
    hold: z.number().min(0).max(20).optional().describe('Time at full level (seconds)'),
    decay: z.number().min(0).max(20).optional().describe('Fall to the sustain level (seconds)'),
    sustain: z.number().min(0).max(1).optional().describe('Level while the key is held (fraction)'),
    release: z.number().min(0).max(20).optional().describe('Fall to silence after the key is let go (seconds)'),
    curve: z.enum(['linear', 'exponential', 'logarithmic']).optional().describe('Linear; exponential: fast start; logarithmic: slow start'),
    velocity: z.number().min(0).max(1).optional().describe('How much a soft note lowers the envelope (fraction)'),
  }),
  lfo: z.strictObject({
    shape: z.enum(['sine', 'triangle', 'saw', 'square', 'random', 'wander']).optional().describe('Course of one cycle'),
    rate: z.number().min(0.01).max(40).optional().describe('Cycles per second (hertz)'),
    phase: z.number().min(0).max(360).optional().describe('Phase at note start (degrees)'),
    delay: z.number().min(0).max(10).optional().describe('Time before it begins to act (seconds)'),
    fade: z.number().min(0).max(10).optional().describe('Time to grow to full depth (seconds)'),
    scatter: z.number().min(0).max(1).optional().describe('How far each note\'s start phase strays at random (fraction)'),
  }),
  gain: z.strictObject({
    level: z.number().min(-60).max(24).optional().describe('Gain; -60 dB is silence (decibels)'),
  }),
  pan: z.strictObject({
    pan: z.number().min(-1).max(1).optional().describe('Place: -1 left, 1 right'),
    spread: z.number().min(0).max(1).optional().describe('How far each note strays from its place at random (fraction)'),
  }),
  mix: z.strictObject({
    level1: z.number().min(0).max(1).optional().describe('Amplitude of this input (fraction)'),
    level2: z.number().min(0).max(1).optional().describe('Amplitude of this input (fraction)'),
    level3: z.number().min(0).max(1).optional().describe('Amplitude of this input (fraction)'),
    level4: z.number().min(0).max(1).optional().describe('Amplitude of this input (fraction)'),
    level5: z.number().min(0).max(1).optional().describe('Amplitude of this input (fraction)'),
    level6: z.number().min(0).max(1).optional().describe('Amplitude of this input (fraction)'),
    level7: z.number().min(0).max(1).optional().describe('Amplitude of this input (fraction)'),
    level8: z.number().min(0).max(1).optional().describe('Amplitude of this input (fraction)'),
  }),
} as const

/** Effect id -> the values it takes; an absent one keeps its default. */
export const effectValues = {
  delay: z.strictObject({
    time: z.number().min(0.001).max(2).optional().describe('Time between echoes. (seconds)'),
    feedback: z.number().min(0).max(0.85).optional().describe('How much of each echo is echoed again. (fraction)'),
    tone: z.number().min(500).max(20000).optional().describe('Low-pass in the feedback: each repeat loses what lies above. (hertz)'),
    mix: z.number().min(0).max(1).optional().describe('Dry (0 %) to echoes only (100 %), linear. (fraction)'),
    sync: z.enum(['free', '1/64', '1/32T', '1/32', '1/16T', '1/16', '1/16D', '1/8T', '1/8', '1/8D', '1/4T', '1/4', '1/4D', '1/2T', '1/2', '1/2D', '1bar', '2bars', '4bars', '8bars']).optional().describe('Note length instead of the time, at the song\'s tempo. What exceeds 2 s is halved.'),
  }),
  pingpong: z.strictObject({
    time: z.number().min(0.001).max(2).optional().describe('Time between an echo and the next one on the other side. (seconds)'),
    feedback: z.number().min(0).max(0.85).optional().describe('How much of each echo is echoed again. (fraction)'),
    tone: z.number().min(500).max(20000).optional().describe('Low-pass in the feedback: each repeat loses what lies above. (hertz)'),
    mix: z.number().min(0).max(1).optional().describe('Dry (0 %) to echoes only (100 %), linear. (fraction)'),
    sync: z.enum(['free', '1/64', '1/32T', '1/32', '1/16T', '1/16', '1/16D', '1/8T', '1/8', '1/8D', '1/4T', '1/4', '1/4D', '1/2T', '1/2', '1/2D', '1bar', '2bars', '4bars', '8bars']).optional().describe('Note length instead of the time, at the song\'s tempo. What exceeds 2 s is halved.'),
  }),
  plate: z.strictObject({
    decay: z.number().min(0.1).max(20).optional().describe('Time to fall by 60 dB (T60) below the damping frequency. (seconds)'),
    predelay: z.number().min(0).max(0.25).optional().describe('Silence before the reverb begins. (seconds)'),
    damping: z.number().min(500).max(20000).optional().describe('Low-pass in the tank: each pass (0.36 s) loses 3 dB here, less when the decay is very long. (hertz)'),
    mix: z.number().min(0).max(1).optional().describe('Dry (0 %) to reverb only (100 %), linear. (fraction)'),
  }),
  chorus: z.strictObject({
    rate: z.number().min(0.01).max(10).optional().describe('Speed of the drift. (hertz)'),
    depth: z.number().min(0).max(1).optional().describe('How far the copies drift: up to 6 ms and 30 cents. (fraction)'),
    voices: z.number().min(1).max(4).optional().describe('Copies on each side. (count)'),
    mix: z.number().min(0).max(1).optional().describe('Dry (0 %) to copies only (100 %), linear. (fraction)'),
  }),
  ensemble: z.strictObject({
    rate: z.number().min(0.05).max(2).optional().describe('Speed of the slow drift; the shimmer runs ten times as fast. (hertz)'),
    depth: z.number().min(0).max(1).optional().describe('How far the three lines drift. (fraction)'),
    mix: z.number().min(0).max(1).optional().describe('Dry (0 %) to ensemble only (100 %), linear. (fraction)'),
  }),
  flanger: z.strictObject({
    rate: z.number().min(0.01).max(10).optional().describe('Speed of the sweep. (hertz)'),
    depth: z.number().min(0).max(1).optional().describe('Width of the sweep: from 0.25 ms up to 5.25 ms. (fraction)'),
    feedback: z.number().min(-0.85).max(0.85).optional().describe('Positive values sharpen the peaks, negative ones the notches. (fraction)'),
    mix: z.number().min(0).max(1).optional().describe('Dry (0 %) to swept copy only (100 %), linear. (fraction)'),
  }),
  phaser: z.strictObject({
    rate: z.number().min(0.01).max(10).optional().describe('Speed of the sweep. (hertz)'),
    depth: z.number().min(0).max(1).optional().describe('Width of the sweep: up to two octaves either way. (fraction)'),
    frequency: z.number().min(100).max(4000).optional().describe('Middle of the sweep. (hertz)'),
    feedback: z.number().min(0).max(0.85).optional().describe('Resonance between the notches. (fraction)'),
    stages: z.enum(['4', '6', '8']).optional().describe('All-pass stages; every two make a notch.'),
    mix: z.number().min(0).max(1).optional().describe('Dry (0 %) to shifted only (100 %), linear. (fraction)'),
  }),
  ringmod: z.strictObject({
    frequency: z.number().min(1).max(5000).optional().describe('Pitch of the carrier. (hertz)'),
    mix: z.number().min(0).max(1).optional().describe('Dry (0 %) to modulated only (100 %), linear. (fraction)'),
  }),
  saturation: z.strictObject({
    drive: z.number().min(0).max(36).optional().describe('Gain into the curve; signals at -12 dBFS keep their level. (decibels)'),
    mix: z.number().min(0).max(1).optional().describe('Dry (0 %) to saturated only (100 %), linear. (fraction)'),
    output: z.number().min(-24).max(12).optional().describe('Level of the saturated part. (decibels)'),
  }),
  distortion: z.strictObject({
    drive: z.number().min(0).max(48).optional().describe('Gain into the curve; signals at -12 dBFS keep their level. (decibels)'),
    tone: z.number().min(500).max(20000).optional().describe('Low-pass behind the curve. (hertz)'),
    shape: z.enum(['soft', 'hard', 'tube']).optional().describe('Soft: tanh. Hard: flat clipping. Tube: lopsided, with even harmonics.'),
    mix: z.number().min(0).max(1).optional().describe('Dry (0 %) to distorted only (100 %), linear. (fraction)'),
    output: z.number().min(-24).max(12).optional().describe('Level of the distorted part. (decibels)'),
  }),
  eq: z.strictObject({
    lowFrequency: z.number().min(20).max(2000).optional().describe('Middle of the bell, or where the shelf has half its gain. (hertz)'),
    lowGain: z.number().min(-18).max(18).optional().describe('Boost or cut of the band. (decibels)'),
    bell1Frequency: z.number().min(20).max(16000).optional().describe('Middle of the bell, or where the shelf has half its gain. (hertz)'),
    bell1Gain: z.number().min(-18).max(18).optional().describe('Boost or cut of the band. (decibels)'),
    bell1Q: z.number().min(0.3).max(8).optional().describe('Narrowness of the bell. (ratio)'),
    bell2Frequency: z.number().min(20).max(16000).optional().describe('Middle of the bell, or where the shelf has half its gain. (hertz)'),
    bell2Gain: z.number().min(-18).max(18).optional().describe('Boost or cut of the band. (decibels)'),
    bell2Q: z.number().min(0.3).max(8).optional().describe('Narrowness of the bell. (ratio)'),
    highFrequency: z.number().min(1000).max(16000).optional().describe('Middle of the bell, or where the shelf has half its gain. (hertz)'),
    highGain: z.number().min(-18).max(18).optional().describe('Boost or cut of the band. (decibels)'),
  }),
  limiter: z.strictObject({
    ceiling: z.number().min(-12).max(0).optional().describe('True peaks stay below this level. (decibels)'),
    release: z.number().min(0.01).max(1).optional().describe('Time to give back two thirds of the reduction. (seconds)'),
  }),
} as const
