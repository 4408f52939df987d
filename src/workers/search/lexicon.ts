// Words of queries that mean more, or less, than they say (search worker). Small on purpose: what a sound has, its data says.
import { joined } from './words.ts'

/** Said in a query, but of no sound. */
export const FILLERS: ReadonlySet<string> = new Set(
  (
    'a an the with and in of on to for from like some something sound sounds patch preset very really quite rather bit ' +
    'that is are it its i me my want need find give please has have having kind sort type'
  ).split(' '),
)

export const NEGATORS: ReadonlySet<string> = new Set(['no', 'not', 'without', 'non', 'minus', 'except', 'never'])
/** Carries a negation on to the next words: "no reverb or delay". */
export const NEGATION_GOES_ON: ReadonlySet<string> = new Set(['or', 'nor'])

/** Words and phrases that stand for each other, at half weight. */
const GROUPS: readonly (readonly string[])[] = [
  ['reverb', 'hall', 'room', 'roomy', 'spacious', 'ambience', 'space'],
  ['delay', 'echo', 'echoes', 'repeats'],
  ['distorted', 'distortion', 'driven', 'overdriven', 'overdrive', 'crunchy', 'crunch', 'dirty', 'gritty', 'fuzz'],
  ['dark', 'mellow', 'muffled', 'dull', 'muted'],
  ['warm', 'round', 'cosy'],
  ['bright', 'brilliant', 'crisp', 'shiny', 'sharp'],
  ['soft', 'gentle', 'smooth', 'delicate', 'tender', 'quiet'],
  ['hard', 'aggressive', 'harsh', 'edgy', 'angry', 'biting'],
  ['thick', 'fat', 'huge', 'big', 'massive', 'detuned'],
  ['wide', 'stereo', 'broad', 'spread'],
  ['airy', 'breathy', 'breath'],
  ['glassy', 'glass', 'crystal', 'crystalline'],
  ['metallic', 'metal', 'steel'],
  ['wooden', 'woody', 'wood'],
  ['evolving', 'moving', 'changing', 'morphing', 'shifting'],
  ['short', 'plucky', 'staccato', 'short decay', 'percussive'],
  ['long', 'endless', 'long release'],
  ['deep', 'sub', 'low'],
  ['clean', 'pure', 'simple'],
  ['glide', 'gliding', 'portamento', 'slide', 'legato'],
  ['mono', 'monophonic', 'solo'],
  ['calm', 'relaxing', 'meditative', 'peaceful', 'ambient'],
  ['vintage', 'retro', 'old', 'eighties', '80s'],
  ['analog', 'analogue', 'subtractive synthesis'],
  ['digital', 'electronic', 'chiptune', '8bit', 'game'],
  ['fm', 'fm synthesis'],
  ['additive', 'additive synthesis', 'harmonics'],
  ['string', 'physical model', 'plucked string', 'plucked', 'strummed'],
  ['noise', 'noisy', 'hiss', 'wind'],
  ['resonant', 'resonance', 'squelchy', 'acid'],
  ['voice', 'human', 'choir', 'vocal', 'singing', 'vowel', 'vowels'],
  ['mallet', 'marimba', 'xylophone', 'vibraphone', 'vibes'],
  ['timpani', 'kettle drum', 'kettle drums', 'drum skin'],
  ['trumpet', 'horn', 'fanfare', 'brass instrument', 'trombone'],
  ['woodwind', 'reed', 'oboe', 'wind instrument'],
  ['violin', 'fiddle', 'viola', 'bowed', 'bowed string'],
  ['saxophone', 'sax'],
  ['organ', 'drawbar', 'drawbars', 'hammond'],
  ['rotary', 'rotary speaker', 'leslie'],
  ['granular', 'grains', 'granular synthesis', 'cloud', 'clouds', 'particles'],
  ['bitcrushed', 'bitcrusher', 'crushed', 'lo-fi', 'lofi', 'bit reduction'],
  ['wavetable', 'wavetable synthesis'],
  ['sync', 'hard sync', 'synced oscillator'],
  ['sampled', 'sample', 'sampler', 'recorded', 'recording'],
  ['wobble', 'wobbly', 'dubstep', 'growl', 'growling', 'neuro'],
  ['string machine', 'solina', 'ensemble'],
  ['ocean', 'sea', 'waves', 'surf'],
  ['chaos', 'chaotic', 'random motion', 'unpredictable'],
  ['ring modulation', 'ring modulator', 'robot', 'robotic'],
  ['slow attack', 'fade in', 'slow fade', 'soft attack', 'swelling', 'swell', 'slow start'],
  ['fast attack', 'quick attack', 'sharp attack', 'hard attack', 'snappy', 'immediate'],
  ['long release', 'long tail', 'slow release', 'lingering'],
  ['short release', 'fast release', 'tight'],
  ['long reverb', 'big reverb', 'huge reverb', 'lots of reverb', 'cathedral', 'cinematic'],
  ['opens slowly', 'slow filter', 'filter opens'],
  ['ping pong delay', 'stereo delay', 'pingpong'],
  ['low pass filter', 'lowpass', 'low pass'],
  ['high pass filter', 'highpass', 'high pass'],
  ['band pass filter', 'bandpass', 'band pass'],
  ['pitch drop', 'falling pitch', 'falling'],
  ['pitch rise', 'rising pitch', 'rising', 'build up', 'buildup', 'riser', 'uplifter'],
  ['electric piano', 'epiano', 'rhodes', 'tine'],
  ['happy', 'uplifting', 'playful', 'euphoric'],
  ['scary', 'tense', 'alien', 'horror', 'eerie'],
  ['cold', 'icy', 'ice', 'frost', 'frozen'],
  ['flute', 'whistle', 'whistling', 'recorder', 'ocarina'],
  ['upright', 'double bass', 'contrabass'],
]

const others = new Map<string, readonly string[]>()
for (const group of GROUPS) {
  for (const phrase of group) {
    const known = others.get(joined(phrase)) ?? []
    others.set(joined(phrase), [...known, ...group.filter((other) => other !== phrase)])
  }
}

/** What else a word or joined phrase may be called. */
export const othersFor = (term: string): readonly string[] => others.get(term) ?? []

/** Phrases of more than one word that are understood, joined. */
export const KNOWN_PHRASES: ReadonlySet<string> = new Set([...others.keys()].filter((term) => term.includes('_')))

/** Asks for sounds whose repeats fall on the beats of the song. */
export const TEMPO_PHRASES: ReadonlySet<string> = new Set([
  'in_tempo',
  'in_time',
  'tempo_synced',
  'synced',
  'tempo_sync',
  'on_beat',
  'in_sync',
])
