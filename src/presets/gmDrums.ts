// The drum map of General MIDI: which sound lies on which key, and what stops what (any thread).

export interface GmDrum {
  readonly note: number
  /** Id of the pad in factory kits; letters only, so that units can be named after it. */
  readonly id: string
  readonly name: string
  /** Choke group: sounds of one group stop each other. */
  readonly choke?: number
}

const [HATS, WHISTLES, GUIROS, CUICAS, TRIANGLES] = [1, 2, 3, 4, 5]

export const GM_DRUMS: readonly GmDrum[] = [
  { note: 35, id: 'kickb', name: 'Low kick' },
  { note: 36, id: 'kick', name: 'Kick' },
  { note: 37, id: 'stick', name: 'Side stick' },
  { note: 38, id: 'snare', name: 'Snare' },
  { note: 39, id: 'clap', name: 'Clap' },
  { note: 40, id: 'snareb', name: 'Second snare' },
  { note: 41, id: 'floorlo', name: 'Low floor tom' },
  { note: 42, id: 'hatc', name: 'Closed hat', choke: HATS },
  { note: 43, id: 'floorhi', name: 'High floor tom' },
  { note: 44, id: 'hatp', name: 'Pedal hat', choke: HATS },
  { note: 45, id: 'tomlo', name: 'Low tom' },
  { note: 46, id: 'hato', name: 'Open hat', choke: HATS },
  { note: 47, id: 'tommid', name: 'Low-mid tom' },
  { note: 48, id: 'tomhim', name: 'High-mid tom' },
  { note: 49, id: 'crash', name: 'Crash' },
  { note: 50, id: 'tomhi', name: 'High tom' },
  { note: 51, id: 'ride', name: 'Ride' },
  { note: 52, id: 'china', name: 'China' },
  { note: 53, id: 'ridebell', name: 'Ride bell' },
  { note: 54, id: 'tamb', name: 'Tambourine' },
  { note: 55, id: 'splash', name: 'Splash' },
  { note: 56, id: 'cowbell', name: 'Cowbell' },
  { note: 57, id: 'crashb', name: 'Second crash' },
  { note: 58, id: 'vibra', name: 'Vibraslap' },
  { note: 59, id: 'rideb', name: 'Second ride' },
  { note: 60, id: 'bongohi', name: 'High bongo' },
  { note: 61, id: 'bongolo', name: 'Low bongo' },
  { note: 62, id: 'congam', name: 'Muted conga' },
  { note: 63, id: 'congahi', name: 'High conga' },
  { note: 64, id: 'congalo', name: 'Low conga' },
  { note: 65, id: 'timbhi', name: 'High timbale' },
  { note: 66, id: 'timblo', name: 'Low timbale' },
  { note: 67, id: 'agohi', name: 'High agogo' },
  { note: 68, id: 'agolo', name: 'Low agogo' },
  { note: 69, id: 'cabasa', name: 'Cabasa' },
  { note: 70, id: 'maracas', name: 'Maracas' },
  { note: 71, id: 'whistle', name: 'Short whistle', choke: WHISTLES },
  { note: 72, id: 'whistlel', name: 'Long whistle', choke: WHISTLES },
  { note: 73, id: 'guiro', name: 'Short guiro', choke: GUIROS },
  { note: 74, id: 'guirol', name: 'Long guiro', choke: GUIROS },
  { note: 75, id: 'claves', name: 'Claves' },
  { note: 76, id: 'blockhi', name: 'High wood block' },
  { note: 77, id: 'blocklo', name: 'Low wood block' },
  { note: 78, id: 'cuicam', name: 'Muted cuica', choke: CUICAS },
  { note: 79, id: 'cuica', name: 'Open cuica', choke: CUICAS },
  { note: 80, id: 'trim', name: 'Muted triangle', choke: TRIANGLES },
  { note: 81, id: 'tri', name: 'Open triangle', choke: TRIANGLES },
]
