// The drum of a rotary speaker is a little slower than its horn (any thread). Source: wasm/effects/rotary.h.
export const DRUM_SHARE = 0.84
