// MIDI Polyphonic Expression: which channel belongs to which zone (main thread). MIDI Association, M1-100-UM v1.1.

/** Member channels of the lower zone (manager: channel 0, members 1..) and of the upper one (manager 15, members ..14); 0: no zone. */
export interface Zones {
  readonly lower: number
  readonly upper: number
}

export const NO_ZONES: Zones = { lower: 0, upper: 0 }
/** A single zone over all channels: what a controller that sends no configuration most likely means. */
export const WHOLE_ZONE: Zones = { lower: 15, upper: 0 }
export const LOWER_MANAGER = 0
export const UPPER_MANAGER = 15
/** Of member channels until a controller says otherwise; managers have the usual range. */
export const MEMBER_BEND_SEMITONES = 48

/** After a configuration message on a manager channel. The newer zone takes what it asks for, and the other keeps the rest. */
export function configured(zones: Zones, manager: number, members: number): Zones {
  const asked = Math.min(15, members)
  // Each zone has its own manager, so that two of them leave 14 channels.
  const left = Math.max(0, 14 - asked)
  if (manager === LOWER_MANAGER) return { lower: asked, upper: asked > 0 ? Math.min(zones.upper, left) : zones.upper }
  return { upper: asked, lower: asked > 0 ? Math.min(zones.lower, left) : zones.lower }
}

/** The manager of the zone that a channel is a member of; null: it is none. */
export function managerOf({ lower, upper }: Zones, channel: number): number | null {
  if (channel > LOWER_MANAGER && channel <= lower) return LOWER_MANAGER
  if (channel < UPPER_MANAGER && channel >= UPPER_MANAGER - upper) return UPPER_MANAGER
  return null
}

/** "Channels 2–16", as the user counts them; null without a zone. */
export function describeZones({ lower, upper }: Zones): string | null {
  const parts = []
  if (lower > 0) parts.push(`2–${String(lower + 1)}`)
  if (upper > 0) parts.push(`${String(16 - upper)}–15`)
  return parts.length === 0 ? null : `Channels ${parts.join(' and ')}`
}
