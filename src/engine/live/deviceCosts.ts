// What each device costs on this computer (main thread): estimated at once, measured in a render worker while nothing sounds.
import { createStore, type StoreApi } from 'zustand/vanilla'
import { effectNs, patchNs } from '../../compile/estimate.ts'
import { constants } from '../../generated/wire.ts'
import type { EffectSpec, UnitSpec } from '../../generated/specs.ts'
import type { Device, Patch, PlainValue } from '../../presets/model.ts'
import { effectSpec, unitSpec } from '../../presets/spec.ts'
import type { TransportStore } from '../../transport/store.ts'
import type { LiveReadings } from '../live.ts'
import type { EngineState } from '../types.ts'
import type { CostSpec } from '../../workers/render/protocol.ts'

/** A device as its cost sees it: an effect, or the four voices of an instrument. */
export type CostOf =
  | { readonly effect: Device; readonly patch?: undefined }
  | {
      readonly patch: Patch
      readonly values: Readonly<Record<string, PlainValue>>
      readonly effect?: undefined
    }

export interface DeviceCost {
  /** Of the audio thread's time. */
  readonly share: number
  readonly ns: number
  readonly measured: boolean
}

export interface DeviceCosts {
  /** Changes when something has been measured. */
  readonly store: StoreApi<{ readonly measured: ReadonlyMap<string, number> }>
  /** What is known now; what is not measured yet will be. */
  read(of: CostOf): DeviceCost
}

interface Parts {
  readonly measure: (spec: CostSpec) => Promise<number>
  readonly store: StoreApi<Pick<EngineState, 'sampleRate' | 'phase'>>
  readonly live: Pick<LiveReadings, 'figures'>
  readonly position: Pick<TransportStore, 'refresh'>
}

const LOOK_MS = 1500
const LIMIT = 400

/** Turning a knob does not change what a device costs; a choice, a switch or another recording may. */
function classOf(of: CostOf, sampleRate: number): string {
  const choices = (spec: UnitSpec | EffectSpec | undefined, values: Readonly<Record<string, PlainValue>>) =>
    spec?.params
      .filter(({ curve, unit }) => curve === 'option' || curve === 'toggle' || unit === 'count')
      .map(({ id }) => values[id] ?? null)
  if (of.effect)
    return JSON.stringify([
      sampleRate,
      of.effect.type,
      of.effect.asset,
      choices(effectSpec(of.effect.type), of.effect.values),
    ])
  const { units, mods, voices } = of.patch
  return JSON.stringify([
    sampleRate,
    Object.entries(units).map(([name, unit]) => [
      name,
      unit.type,
      unit.in,
      unit.asset,
      choices(unitSpec(unit.type), { ...unit.values, ...own(of.values, name) }),
    ]),
    mods.map(({ from, to }) => [from, to]),
    voices.mode,
  ])
}

const own = (values: Readonly<Record<string, PlainValue>>, unit: string): Record<string, PlainValue> =>
  Object.fromEntries(
    Object.entries(values)
      .filter(([key]) => key.startsWith(`${unit}.`))
      .map(([key, value]) => [key.slice(unit.length + 1), value]),
  )

const estimated = ({ effect, patch }: CostOf): number => (effect ? effectNs(effect) : patchNs(patch))

export function createDeviceCosts({ measure, store: engine, live, position }: Parts): DeviceCosts {
  /** Nothing sounds and nobody plays: a worker at full speed disturbs no audio. */
  const atRest = (): boolean =>
    engine.getState().phase === 'ready' && !position.refresh().playing && (live.figures().voices ?? 0) === 0
  const store = createStore<{ readonly measured: ReadonlyMap<string, number> }>(() => ({ measured: new Map() }))
  /** The newest wish first: it is what the user looks at. */
  const wanted = new Map<string, CostSpec>()
  const tried = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let busy = false

  const next = async (): Promise<void> => {
    timer = undefined
    const [key, spec] = [...wanted].at(-1) ?? []
    if (key === undefined || !spec || busy) return
    if (!atRest()) return look()
    busy = true
    wanted.delete(key)
    tried.add(key)
    await measure(spec).then(
      (ns) =>
        store.setState(({ measured }) => ({ measured: new Map([...measured, [key, ns] as const].slice(-LIMIT)) })),
      () => undefined, // it then stays estimated
    )
    busy = false
    if (wanted.size > 0) look()
  }
  const look = (): void => void (timer ??= setTimeout(() => void next(), LOOK_MS))

  return {
    store,
    read(of) {
      const rate = engine.getState().sampleRate
      const key = classOf(of, rate)
      const known = store.getState().measured.get(key)
      if (known === undefined && !tried.has(key) && !wanted.has(key)) {
        const { effect = null } = of
        wanted.set(key, { sampleRate: rate, patch: of.patch ?? null, values: of.patch ? of.values : {}, effect })
        look()
      }
      const ns = known ?? estimated(of)
      return { ns, measured: known !== undefined, share: ns / ((constants.microBlock / rate) * 1e9) }
    },
  }
}
