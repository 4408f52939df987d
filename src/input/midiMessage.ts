// One message of a MIDI input as data (main thread). What is not whole, or not a channel message that plays, is null.

export type MidiMessage = { readonly channel: number } & (
  | { readonly type: 'noteOn' | 'noteOff'; readonly note: number; readonly velocity: number }
  | { readonly type: 'polyPressure'; readonly note: number; readonly amount: number }
  | { readonly type: 'pressure'; readonly amount: number }
  /** -1..1 */
  | { readonly type: 'bend'; readonly amount: number }
  /** `value` 0..127 */
  | { readonly type: 'control'; readonly control: number; readonly value: number }
)

/** 14 bits, 8192 in the middle; the upper half has one step less. */
const bendOf = (low: number, high: number): number => {
  const steps = (high << 7) + low - 8192
  return steps / (steps > 0 ? 8191 : 8192)
}

/** Channels from 0, amounts 0..1. Web MIDI gives one whole message at a time: running status does not occur. */
export function readMessage(data: Uint8Array): MidiMessage | null {
  const status = data[0] ?? 0
  const channel = status & 15
  const kind = status & 0xf0
  const first = data[1] ?? 0x80
  if (first > 127) return null
  if (kind === 0xd0) return { channel, type: 'pressure', amount: first / 127 }
  const second = data[2] ?? 0x80
  if (second > 127) return null
  switch (kind) {
    case 0x90:
      if (second > 0) return { channel, type: 'noteOn', note: first, velocity: second / 127 }
      return { channel, type: 'noteOff', note: first, velocity: 0 }
    case 0x80:
      return { channel, type: 'noteOff', note: first, velocity: second / 127 }
    case 0xa0:
      return { channel, type: 'polyPressure', note: first, amount: second / 127 }
    case 0xb0:
      return { channel, type: 'control', control: first, value: second }
    case 0xe0:
      return { channel, type: 'bend', amount: bendOf(first, second) }
    default:
      return null
  }
}
