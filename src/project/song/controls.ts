// Control buses of the document: made, found by name, checked, and cleared of what is gone (main thread).
import type { Draft } from 'mutative'
import { MOST_ROUTES_OF_STRIP } from '../../compile/controls.ts'
import { LIMITS, type ControlBus, type ControlRoute, type ControlSource, type Song } from '../../compile/song.ts'
import type { ParamSpec } from '../../generated/specs.ts'
import { SoundloomError } from '../../params/error.ts'
import { newId, type Project } from '../document.ts'
import { deviceParam } from './devices.ts'
import type { Found } from './find.ts'
import { everyDevice } from './racks.ts'

export type ControlKind = ControlSource['kind']
type Wired = Pick<Song, 'tracks' | 'returns'>

const FRESH: { readonly [Kind in ControlKind]: Extract<ControlSource, { kind: Kind }> } = {
  lfo: { kind: 'lfo', shape: 'sine', rateHz: 1, beats: 4, phase: 0 },
  follower: { kind: 'follower', source: null, attackSeconds: 0.01, releaseSeconds: 0.15, gainDb: 6 },
  macro: { kind: 'macro', value: 0 },
}

export const newControl = (name: string, kind: ControlKind): ControlBus => ({
  id: newId(),
  name,
  source: FRESH[kind],
  routes: [],
})

export function findControl({ controls = [] }: Project, name: string): Found<ControlBus> {
  const index = controls.findIndex((bus) => bus.name === name)
  const part = controls[index]
  if (part) return { part, index }
  const known = controls.map((bus) => `“${bus.name}”`).join(', ')
  throw new SoundloomError('unknown-id', `There is no control bus “${name}”.`, {
    field: 'name',
    value: name,
    hint: known ? `There is ${known}.` : 'Make one: control.add.',
  })
}

export function refuseControlName({ controls = [] }: Project, name: string, field: string): void {
  if (!controls.some((bus) => bus.name === name)) return
  throw new SoundloomError('conflict', `There is a control bus “${name}” already.`, {
    field,
    value: name,
    hint: 'Give it another name.',
  })
}

export const sameTarget = (a: Omit<ControlRoute, 'amount'>, b: Omit<ControlRoute, 'amount'>): boolean =>
  a.stripId === b.stripId && a.deviceId === b.deviceId && a.key === b.key

/** What follows a bus moves smoothly: numbers that the engine ramps. */
export const canFollow = ({ curve, smooth }: ParamSpec): boolean =>
  smooth === 'ramp' && (curve === 'linear' || curve === 'log')

/** The parameter that a route moves; null: there is none, or it cannot follow. */
export function followingParam(
  { tracks, returns }: Wired,
  { stripId, deviceId, key }: Omit<ControlRoute, 'amount'>,
): ParamSpec | null {
  const strip = [...tracks, ...returns].find(({ id }) => id === stripId)
  const device = strip && everyDevice(strip.devices).find(({ id }) => id === deviceId)
  // A kit has no values of its own: they are its pads'.
  if (!device || device.patch?.pads) return null
  const found = deviceParam(device, key)
  return found && canFollow(found.param) ? found.param : null
}

/** Throws `limit-exceeded` where one more parameter would be too many. */
export function checkRouteRoom({ controls = [] }: Project, stripId: string): void {
  const routes = controls.flatMap((bus) => bus.routes)
  const onStrip = routes.filter((route) => route.stripId === stripId).length
  if (routes.length < LIMITS.controlRoutes && onStrip < MOST_ROUTES_OF_STRIP) return
  throw new SoundloomError('limit-exceeded', 'No more parameters can follow control buses here.', {
    field: 'trackId',
    value: stripId,
    hint: `At most ${String(MOST_ROUTES_OF_STRIP)} of a track and ${String(LIMITS.controlRoutes)} of a song: free one first.`,
  })
}

/** Nothing follows, and nothing is followed, that is not there any more. */
export function forgetLost(project: Draft<Project>): void {
  const strips = [...project.tracks, ...project.returns]
  for (const bus of project.controls ?? []) {
    const { source } = bus
    if (source.kind === 'follower' && source.source !== null && !strips.some(({ id }) => id === source.source))
      source.source = null
    if (bus.routes.some((route) => !followingParam(project as Project, route)))
      bus.routes = bus.routes.filter((route) => followingParam(project as Project, route))
  }
}
