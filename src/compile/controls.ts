// Control buses by the engine's strips, and as the bytes of their table (any thread; pure).
import { constants, enums } from '../generated/wire.ts'
import { contentKey } from './contentKey.ts'
import type { ParamAddress } from './program.ts'
import type { ControlBus, ControlSource, Return, Song, Track } from './song.ts'
import { encodeControls, type TableBytes } from './songTables.ts'
import type { Strips } from './strips.ts'
import { trackSound } from './trackSound.ts'

/** A parameter by its strip and its value key there: `unit.param`, `fx1.param`. */
export interface PlacedRoute {
  readonly strip: number
  readonly key: string
  readonly amount: number
}

export interface PlacedBus {
  readonly id: string
  readonly source: ControlSource
  /** Of a follower; 0: none. */
  readonly strip: number
  readonly routes: readonly PlacedRoute[]
}

/** A value key of the sound that a strip plays; null: the strip has no such device. */
function keyOn(strip: Track | Return, deviceId: string, key: string): string | null {
  const { instrument, effects } = trackSound(strip)
  const effect = effects.findIndex(({ id }) => id === deviceId)
  if (effect >= 0) return `fx${String(effect + 1)}.${key}`
  return instrument?.id === deviceId ? key : null
}

export function songControls({ controls = [], tracks, returns }: Song, strips: Strips): readonly PlacedBus[] {
  const known = new Map<string, Track | Return>([...tracks, ...returns].map((one) => [one.id, one]))
  const stripOf = (id: string | null): number => strips.tracks.get(id ?? '') ?? strips.returns.get(id ?? '') ?? 0
  return controls.map(({ id, source, routes }: ControlBus): PlacedBus => ({
    id,
    source,
    strip: source.kind === 'follower' ? stripOf(source.source) : 0,
    routes: routes.flatMap(({ stripId, deviceId, key, amount }) => {
      const strip = stripOf(stripId)
      const full = strip === 0 ? null : keyOn(known.get(stripId)!, deviceId, key)
      return full === null ? [] : [{ strip, key: full, amount }]
    }),
  }))
}

const OF_NO_KIND = { rateHz: 1, beats: 0, phase: 0, attackSeconds: 0.01, releaseSeconds: 0.1, gainDb: 0, value: 0 }

/** Null where nothing follows a bus. `addressOf`: in the program that plays on a strip now. */
export function controlTable(
  buses: readonly PlacedBus[],
  addressOf: (strip: number, key: string) => ParamAddress | undefined,
): TableBytes | null {
  const routes = buses.flatMap(({ routes: own }, bus) =>
    own.flatMap(({ strip, key, amount }) => {
      const address = addressOf(strip, key)
      return address ? [{ bus, strip, ...address, amount }] : []
    }),
  )
  if (routes.length === 0) return null
  const records = buses.map(({ id, source, strip }) => {
    const { kind, shape = 'sine', gainDb, ...numbers } = { shape: undefined, ...OF_NO_KIND, ...source }
    return {
      id: Number.parseInt(contentKey(new TextEncoder().encode(id)).slice(0, 8), 16),
      kind: enums.controlKind[kind],
      shape: enums.controlShape[shape],
      strip,
      gain: 10 ** (gainDb / 20),
      ...numbers,
    }
  })
  return encodeControls(records, routes)
}

/** Strips that a song without the others would not move alike: what followers listen to for the devices of `stripId`. */
export const followedBy = ({ controls = [] }: Pick<Song, 'controls'>, stripId: string): string[] =>
  controls.flatMap(({ source, routes }) =>
    source.kind === 'follower' && source.source !== null && routes.some((route) => route.stripId === stripId)
      ? [source.source]
      : [],
  )

export const MOST_ROUTES_OF_STRIP = constants.maxStripShifts
