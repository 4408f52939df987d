// The declared levels of the governor. Written by `npm run gen` from the engine's own description; never edit. Any thread.

export interface GovernorLevelSpec {
  readonly label: string
  /** What it adds to the level before. */
  readonly doc: string
  /** Share of a sound's polyphony. */
  readonly voices: number
}

/** Level 0 is full quality. */
export const GOVERNOR_LEVELS: readonly GovernorLevelSpec[] = [
  { label: 'Full', doc: 'Everything at full quality.', voices: 1 },
  { label: 'Less oversampling', doc: 'Distorting effects run at twice the sample rate instead of four times; new notes of samplers are read with a shorter filter.', voices: 1 },
  { label: 'Still tails', doc: 'The taps of reverbs and plates stand still, and convolutions end 40 dB down; clouds of grains are half as dense; new notes of six-operator FM run at the sample rate.', voices: 1 },
  { label: 'Thinner notes', doc: 'New notes take half of their unison copies, samplers read with the shortest filter, and a sound plays at most three quarters of its voices.', voices: 0.75 },
  { label: 'Half the voices', doc: 'A sound plays at most half of its voices; what is more fades out, the quietest first. Clouds of grains are a quarter as dense, and convolutions end 30 dB down.', voices: 0.5 },
  { label: 'No analysis', doc: 'The analysers hear nothing. Freezing the most expensive track helps more.', voices: 0.5 },
]
