// Every analysis stream. Written by `npm run gen` from the engine's own description; never edit. Any thread.
import type { StreamSpec } from './specs.ts'

export const STREAMS: readonly StreamSpec[] = [
  {
    id: 'levels',
    label: 'Levels',
    doc: 'Peak, RMS and held peak of both channels, true over every sample.',
    version: 1,
    category: 'level',
    params: [
      { id: 'window', label: 'Window', doc: 'What peak and RMS look back over.', unit: 'seconds', min: 0.005, max: 3, init: 0.05, curve: 'log', smooth: 'none', group: '', index: 0 },
      { id: 'hold', label: 'Hold', doc: 'What the held peak looks back over.', unit: 'seconds', min: 0.1, max: 10, init: 2, curve: 'log', smooth: 'none', group: '', index: 1 },
    ],
    readings: [
      { id: 'peakLeft', label: 'Peak left', doc: 'Highest absolute sample of the window, 1 = 0 dBFS.', unit: 'ratio' },
      { id: 'peakRight', label: 'Peak right', doc: 'The same of the right channel.', unit: 'ratio' },
      { id: 'rmsLeft', label: 'RMS left', doc: 'Root mean square of the window; a full-scale sine has 0.7071.', unit: 'ratio' },
      { id: 'rmsRight', label: 'RMS right', doc: 'The same of the right channel.', unit: 'ratio' },
      { id: 'holdLeft', label: 'Held peak left', doc: 'Highest absolute sample of the hold time.', unit: 'ratio' },
      { id: 'holdRight', label: 'Held peak right', doc: 'The same of the right channel.', unit: 'ratio' },
      { id: 'clips', label: 'Clipped samples', doc: 'Samples at or above full scale since the stream began, both channels.', unit: 'count' },
    ],
    index: 0,
  },
  {
    id: 'spectrum',
    label: 'Spectrum',
    doc: 'Level over frequency; a full-scale sine reads 0 dB at its bin.',
    version: 1,
    category: 'frequency',
    params: [
      { id: 'size', label: 'Size', doc: 'Frames of one transform: more tell closer tones apart, fewer follow faster.', unit: 'count', min: 0, max: 6, init: '4096', curve: 'option', smooth: 'none', group: '', options: [{ id: '512', label: '512' }, { id: '1024', label: '1024' }, { id: '2048', label: '2048' }, { id: '4096', label: '4096' }, { id: '8192', label: '8192' }, { id: '16384', label: '16384' }, { id: '32768', label: '32768' }], index: 0 },
      { id: 'window', label: 'Window', doc: 'Hann for music, Blackman-Harris for quiet tones beside loud ones, flat top for exact levels.', unit: 'none', min: 0, max: 3, init: 'hann', curve: 'option', smooth: 'none', group: '', options: [{ id: 'rectangular', label: 'Rectangular' }, { id: 'hann', label: 'Hann' }, { id: 'blackmanHarris', label: 'Blackman-Harris' }, { id: 'flatTop', label: 'Flat top' }], index: 1 },
      { id: 'overlap', label: 'Overlap', doc: 'Share of a transform\'s frames that the one before had too.', unit: 'fraction', min: 0, max: 0.875, init: 0.75, curve: 'linear', smooth: 'none', group: '', index: 2 },
      { id: 'average', label: 'Average', doc: 'Time constant over which power is averaged; 0: each transform stands alone.', unit: 'seconds', min: 0, max: 10, init: 0.1, curve: 'linear', smooth: 'none', group: '', index: 3 },
      { id: 'fall', label: 'Fall', doc: 'How fast the held curve sinks, in decibels per second; 0: never.', unit: 'perSecond', min: 0, max: 120, init: 12, curve: 'linear', smooth: 'none', group: '', index: 4 },
      { id: 'channel', label: 'Channel', doc: 'What is looked at; both: the louder of left and right in each bin.', unit: 'none', min: 0, max: 4, init: 'both', curve: 'option', smooth: 'none', group: '', options: [{ id: 'both', label: 'Both' }, { id: 'left', label: 'Left' }, { id: 'right', label: 'Right' }, { id: 'mid', label: 'Mid' }, { id: 'side', label: 'Side' }], index: 5 },
    ],
    readings: [
      { id: 'level', label: 'Level', doc: 'Level of each bin from 0 Hz to half the sample rate, size / 2 + 1 of them; -200 is silence.', unit: 'decibels' },
      { id: 'hold', label: 'Hold', doc: 'Highest level of each bin, sinking.', unit: 'decibels' },
      { id: 'peakHz', label: 'Peak frequency', doc: 'Frequency of the loudest partial, read between the bins; 0 when there is none.', unit: 'hertz' },
      { id: 'peakDb', label: 'Peak level', doc: 'Its level, read between the bins.', unit: 'decibels' },
    ],
    index: 1,
  },
  {
    id: 'scope',
    label: 'Scope',
    doc: 'The waveform, standing still where it repeats.',
    version: 1,
    category: 'time',
    params: [
      { id: 'span', label: 'Span', doc: 'Time from the left edge to the right.', unit: 'seconds', min: 0.001, max: 0.5, init: 0.02, curve: 'log', smooth: 'none', group: '', index: 0 },
      { id: 'trigger', label: 'Trigger', doc: 'Where the picture begins: at a rising or falling crossing of zero, or wherever it is.', unit: 'none', min: 0, max: 2, init: 'rising', curve: 'option', smooth: 'none', group: '', options: [{ id: 'rising', label: 'Rising' }, { id: 'falling', label: 'Falling' }, { id: 'free', label: 'Free' }], index: 1 },
      { id: 'points', label: 'Points', doc: 'Points across; each holds the lowest and highest sample of its share of the span.', unit: 'count', min: 16, max: 2048, init: 256, curve: 'linear', smooth: 'none', group: '', index: 2 },
      { id: 'channel', label: 'Channel', doc: 'What is drawn.', unit: 'none', min: 0, max: 3, init: 'mid', curve: 'option', smooth: 'none', group: '', options: [{ id: 'mid', label: 'Mid' }, { id: 'left', label: 'Left' }, { id: 'right', label: 'Right' }, { id: 'side', label: 'Side' }], index: 3 },
    ],
    readings: [
      { id: 'low', label: 'Low', doc: 'Lowest sample of each point, 1 = full scale.', unit: 'ratio' },
      { id: 'high', label: 'High', doc: 'Highest sample of each point.', unit: 'ratio' },
      { id: 'triggered', label: 'Triggered', doc: '1: the first point is a trigger; 0: none was found and the newest stretch is shown.', unit: 'none' },
    ],
    index: 2,
  },
]

/** Computed by the analyzer worker itself, with Meyda. */
export const FEATURES: readonly StreamSpec[] = [
  {
    id: 'centroid',
    label: 'Spectral centroid',
    doc: 'How bright the sound is.',
    version: 1,
    category: 'feature',
    params: [
      { id: 'size', label: 'Size', doc: 'Frames that one value looks at.', unit: 'count', min: 0, max: 3, init: '2048', curve: 'option', smooth: 'none', group: '', options: [{ id: '512', label: '512' }, { id: '1024', label: '1024' }, { id: '2048', label: '2048' }, { id: '4096', label: '4096' }], index: 0 },
    ],
    readings: [
      { id: 'centroid', label: 'Centroid', doc: 'Mean frequency, weighted by magnitude; no number in silence.', unit: 'hertz' },
    ],
    index: 0,
  },
  {
    id: 'flatness',
    label: 'Spectral flatness',
    doc: 'How much the sound is noise: geometric by arithmetic mean of the magnitudes.',
    version: 1,
    category: 'feature',
    params: [
      { id: 'size', label: 'Size', doc: 'Frames that one value looks at.', unit: 'count', min: 0, max: 3, init: '2048', curve: 'option', smooth: 'none', group: '', options: [{ id: '512', label: '512' }, { id: '1024', label: '1024' }, { id: '2048', label: '2048' }, { id: '4096', label: '4096' }], index: 0 },
    ],
    readings: [
      { id: 'flatness', label: 'Flatness', doc: '0 a tone .. 1 white noise; no number in silence.', unit: 'fraction' },
    ],
    index: 1,
  },
  {
    id: 'loudness',
    label: 'Perceptual loudness',
    doc: 'Loudness over Bark bands, without a window; compares sounds, not LUFS.',
    version: 1,
    category: 'feature',
    params: [
      { id: 'size', label: 'Size', doc: 'Frames that one value looks at.', unit: 'count', min: 0, max: 3, init: '2048', curve: 'option', smooth: 'none', group: '', options: [{ id: '512', label: '512' }, { id: '1024', label: '1024' }, { id: '2048', label: '2048' }, { id: '4096', label: '4096' }], index: 0 },
    ],
    readings: [
      { id: 'total', label: 'Total', doc: 'Sum over the bands.', unit: 'none' },
      { id: 'specific', label: 'Specific', doc: '24 Bark bands: summed magnitude to the power of 0.23.', unit: 'none' },
    ],
    index: 2,
  },
  {
    id: 'mfcc',
    label: 'MFCC',
    doc: 'Mel-frequency cepstrum: the colour of the sound in few numbers.',
    version: 1,
    category: 'feature',
    params: [
      { id: 'size', label: 'Size', doc: 'Frames that one value looks at.', unit: 'count', min: 0, max: 3, init: '2048', curve: 'option', smooth: 'none', group: '', options: [{ id: '512', label: '512' }, { id: '1024', label: '1024' }, { id: '2048', label: '2048' }, { id: '4096', label: '4096' }], index: 0 },
    ],
    readings: [
      { id: 'mfcc', label: 'Coefficients', doc: '13 coefficients of 26 mel bands.', unit: 'none' },
    ],
    index: 3,
  },
]
