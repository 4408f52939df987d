// Carries out the steps of a song plan on an engine: compiles, loads, installs (the instance that allocates: control worker, render workers).
import { align, isDefault, type Alignment } from '../../compile/alignment.ts'
import { controlTable, type PlacedBus } from '../../compile/controls.ts'
import { resolveAutomation, type SkippedLane } from '../../compile/laneTargets.ts'
import type { ChainInput, CompiledProgram, ProgramInput } from '../../compile/program.ts'
import { DEFAULT_ROUTING, type SongRouting } from '../../compile/routing.ts'
import { sameData } from '../../compile/sameData.ts'
import { encodeAutomation, encodeClips, encodeRouting, encodeTimeline } from '../../compile/songTables.ts'
import { SEND_GAIN_DB, type Song } from '../../compile/song.ts'
import type { SongOperation } from '../../compile/songOperations.ts'
import { acceptedValue } from '../../compile/values.ts'
import { constants } from '../../generated/wire.ts'
import { asSoundloomError } from '../../params/error.ts'
import { paramOfKey } from '../../presets/paramOfKey.ts'
import type { CommandPort } from './commands.ts'
import type { EnginePrograms } from './instance.ts'
import type { Tables } from './tables.ts'

/** What of a track or return could not be built; the rest plays. */
export interface SongProblem {
  /** Of the track or return; null: the tempo map. */
  readonly id: string | null
  readonly what: 'sound' | 'notes' | 'automation' | 'tempo' | 'recording' | 'routing' | 'controls'
  readonly message: string
  readonly hint: string
}

export interface SongLoader {
  /** False: the command ring is too full; nothing was done, try again. */
  carryOut(step: SongOperation): boolean
  /** After the last step: order and delays of all strips follow what stands now, or are `as` another engine has them. False: as above. */
  align(as?: Alignment | null): boolean
  /** As it stands; null: the engine's default. */
  alignment(): Alignment | null
  /** False: align once more when what leaves a group has faded out, 20 ms later. */
  settled(): boolean
  /** Frames by which a strip that plays to the master is late where it leaves its fader. */
  latenessOf(strip: number): number
  /** What could not be built since the last call. */
  problems(): SongProblem[]
  /** Lanes that name nothing (any more), by track. */
  readonly skipped: ReadonlyMap<string, readonly SkippedLane[]>
}

export interface SongTarget {
  readonly commands: CommandPort
  readonly programs: EnginePrograms
  readonly tables: Tables
  latencyOf(handle: number, before?: number): number
}

interface Standing {
  readonly program: ProgramInput | ChainInput
  readonly compiled: CompiledProgram
  readonly handle: number
}

export function createSongLoader({ commands, programs, tables, latencyOf }: SongTarget): SongLoader {
  const strips = new Map<number, Standing>()
  let routing: SongRouting = DEFAULT_ROUTING
  let buses: readonly PlacedBus[] = []
  /** The table of control buses that the engine has. */
  let moved: Uint8Array | null = null
  /** Returns that faders and lanes send to. */
  const sends = new Map<number, Set<number>>()
  const laneSends = new Map<number, ReadonlySet<number>>()
  /** Null: the engine's default. */
  let aligned: Alignment | null = null
  const skipped = new Map<string, readonly SkippedLane[]>()
  let problems: SongProblem[] = []

  /** Builds, or says why it cannot: the strip then is without it. */
  const built = <Result>(id: string | null, what: SongProblem['what'], build: () => Result): Result | null => {
    try {
      return build()
    } catch (error) {
      const { message, hint } = asSoundloomError(error)
      problems.push({ id, what, message, hint })
      return null
    }
  }
  const empty = (strip: number): boolean => {
    if (!strips.has(strip)) return true
    if (!commands.clearStrip(strip)) return false
    return strips.delete(strip)
  }
  const install = (strip: number, id: string, program: ProgramInput | ChainInput, mode: 'switch' | 'swap'): boolean => {
    const acquired = built(id, 'sound', () => programs.acquire(program))
    if (!acquired) return empty(strip)
    const { handle, compiled } = acquired.program
    for (const asset of compiled.missing)
      problems.push({ id, what: 'recording', message: describeMissing(asset), hint: MISSING_HINT })
    if (!commands.installProgram(strip, handle, mode)) return false
    programs.sent(handle)
    strips.set(strip, { program, compiled, handle })
    return true
  }
  /** `send` gets the table's handle, 0 for none. */
  const table = (
    id: string | null,
    what: SongProblem['what'],
    encode: () => Uint8Array | null,
    send: (handle: number) => boolean,
  ): boolean => {
    const handle = built(id, what, () => {
      const bytes = encode()
      return bytes ? tables.load(bytes) : 0
    })
    // A tempo map that cannot be built leaves the one that stands.
    if (handle === null && what === 'tempo') return true
    const ok = send(handle ?? 0)
    if (!ok && handle) tables.free(handle)
    return ok
  }
  const value = (strip: number, key: string, plain: number | string): boolean => {
    const standing = strips.get(strip)
    const address = standing?.compiled.params[key]
    const spec = standing && paramOfKey(standing.program.patch, standing.program.effects, key)
    const number = spec ? acceptedValue(spec, plain) : null
    if (!address || number === null) return true
    return commands.setParam(strip, address.device, address.param, number)
  }

  const standing = () => ({
    routing,
    sends: new Map(
      [...new Set([...sends.keys(), ...laneSends.keys()])].map((strip) => [
        strip,
        new Set([...(sends.get(strip) ?? []), ...(laneSends.get(strip) ?? [])]),
      ]),
    ),
    used: new Set([...strips.keys(), ...routing.groups, ...[...sends.values()].flatMap(returnStrips)]),
    latency(strip: number, before?: number) {
      const handle = strips.get(strip)?.handle
      return handle === undefined ? 0 : latencyOf(handle, before)
    },
  })

  /** Addresses change with the programs: the table follows what stands now. */
  const alignControls = (): boolean => {
    const next = built(null, 'controls', () =>
      controlTable(buses, (strip, key) => strips.get(strip)?.compiled.params[key]),
    )
    if (sameBytes(next, moved)) return true
    const sent = table(
      null,
      'controls',
      () => next,
      (handle) => commands.installControls(handle),
    )
    if (sent) moved = next
    return sent
  }

  return {
    skipped,
    alignment: () => aligned,
    align(as) {
      if (!alignControls()) return false
      if (as === null) return true
      const next = as ?? align(standing(), aligned)
      if (aligned ? sameData(aligned, next) : isDefault(next)) return true
      const sent = table(
        null,
        'routing',
        () => encodeRouting(next),
        (handle) => handle === 0 || commands.installRouting(handle),
      )
      if (sent) aligned = next
      return sent
    },
    settled: () => aligned?.settled ?? true,
    latenessOf(strip) {
      const path = aligned?.paths.find((one) => one.kind === 'output' && one.strip === strip)
      return (aligned?.latencyFrames ?? 0) - (path?.delayFrames ?? 0)
    },
    problems() {
      const said = problems
      problems = []
      return said
    },
    carryOut(step) {
      switch (step.do) {
        case 'timeline':
          return table(
            null,
            'tempo',
            () => encodeTimeline(step),
            (handle) => commands.installTimeline(handle),
          )
        case 'routing':
          routing = step.routing
          return true
        case 'controls':
          buses = step.buses
          return true
        case 'loop':
          return commands.transportLoop(step.loop.startTick, step.loop.endTick, step.loop.enabled)
        case 'sound':
          return install(step.strip, step.id, step.program, step.mode)
        case 'chain':
          return install(step.strip, step.id, { patch: null, values: {}, effects: step.effects, gainDb: 0 }, step.mode)
        case 'empty':
          return empty(step.strip)
        case 'value':
          return value(step.strip, step.key, step.value)
        case 'bypass':
          return !strips.has(step.strip) || commands.setBypass(step.strip, step.effect, step.bypass)
        case 'gain':
          return commands.stripGain(step.strip, step.gainDb)
        case 'pan':
          return commands.stripPan(step.strip, step.pan)
        case 'mute':
          return commands.stripMute(step.strip, step.mute)
        case 'solo':
          return commands.stripSolo(step.strip, step.solo)
        case 'send': {
          if (!commands.stripSend(step.strip, step.index, step.gainDb, step.pre)) return false
          const on = sends.get(step.strip) ?? new Set()
          sends.set(step.strip, on)
          if (step.gainDb > SEND_GAIN_DB.off) on.add(step.index)
          else on.delete(step.index)
          return true
        }
        case 'clips':
          return table(
            step.id,
            'notes',
            () => encodeClips(step.clips),
            (handle) => commands.installClips(step.strip, handle),
          )
        case 'automation': {
          const params = strips.get(step.strip)?.compiled.params ?? null
          const resolved = resolveAutomation(step.track, step.returns, params)
          skipped.set(step.id, resolved.skipped)
          const moved = resolved.lanes.flatMap(({ target, index }) => (target === 'send' ? [index] : []))
          laneSends.set(step.strip, new Set(moved))
          return table(
            step.id,
            'automation',
            () => encodeAutomation(resolved.lanes),
            (handle) => commands.installAutomation(step.strip, handle),
          )
        }
      }
    },
  }
}

const sameBytes = (a: Uint8Array | null, b: Uint8Array | null): boolean =>
  a === b || (a !== null && a.length === b?.length && a.every((byte, at) => byte === b[at]))

const MISSING_HINT = 'Drop the file again.'
/** What plays in its place is the processor's own. */
export const describeMissing = (asset: string): string => `The recording ${asset} is not on this device.`

/** Returns pass what they are sent, also without effects. */
const returnStrips = (indices: ReadonlySet<number>): number[] =>
  [...indices].map((index) => constants.firstReturn + index)

const nameOf = ({ tracks, returns }: Song, id: string | null): string => {
  const name = [...tracks, ...returns].find((one) => one.id === id)?.name
  return name === undefined ? 'The song' : `“${name}”`
}

export const describeProblem = (song: Song, { id, what, message, hint }: SongProblem): string =>
  `${nameOf(song, id)} plays without its ${what}: ${message.replace(/\.$/, '')}. ${hint}`.trim()

const SKIPPED: Readonly<Record<SkippedLane['reason'], string>> = {
  unknown: 'names nothing that is there',
  value: 'holds a value that its target cannot take',
  twice: 'moves what another lane moves',
}

export const describeSkipped = (song: Song, id: string, { target, reason }: SkippedLane): string =>
  `${nameOf(song, id)}: the automation of ${target} ${SKIPPED[reason]}.`
