// Says when the engine gives up quality, and what costs most (main thread).
import type { StoreApi } from 'zustand/vanilla'
import { GOVERNOR_LEVELS } from '../../generated/governor.ts'
import { constants } from '../../generated/wire.ts'
import type { Dearest, Governor, GovernorView } from './governor.ts'

/** One overload is said once: further levels within this time belong to it. */
const QUIET_MS = 20_000

interface Told {
  readonly kind: 'warning'
  readonly fact: string
  readonly consequence: string
}

type Names = (strip: number, device: number) => { readonly track: string; readonly device: string }

const percent = (share: number): string => `${String(Math.round(share * 100))} %`

/** `Convolution on Pad: 31 %`. */
export function dearestText({ strip, device, share }: Dearest, nameOf: Names): string {
  const name = nameOf(strip, device)
  return `${name.device} on ${name.track}: ${percent(share)}`
}

export function tellOverload(
  store: StoreApi<GovernorView>,
  nameOf: Names,
  show: (notice: Told) => void,
  nowMs: () => number = () => performance.now(),
): () => void {
  let saidMs = -Infinity
  return store.subscribe(({ events, maxCpu }, before) => {
    const [event] = events
    if (!event || event === before.events[0] || event.load === null || event.level <= event.before) return
    const last = event.level === constants.topLevel
    if (!last && nowMs() - saidMs < QUIET_MS) return
    saidMs = nowMs()
    const { label, doc } = GOVERNOR_LEVELS[event.level]!
    const track = event.dearest && nameOf(event.dearest.strip, event.dearest.device).track
    const most = event.dearest ? ` ${dearestText(event.dearest, nameOf)}` : ''
    show({
      kind: 'warning',
      fact: `The sound takes more than ${percent(maxCpu)} of the CPU time.${most}`,
      consequence: last && track ? `Freeze ${track}, or take effects off it. ${doc}` : `${label}: ${doc}`,
    })
  })
}

/** The budget is the user's; what it costs in quality is said. */
export function followBudget(
  { store, setMaxCpu }: Pick<Governor, 'store' | 'setMaxCpu'>,
  user: Pick<StoreApi<{ readonly maxCpu: number }>, 'getState' | 'subscribe'>,
  nameOf: Names,
  show: (notice: Told) => void,
): void {
  const follow = (): void => setMaxCpu(user.getState().maxCpu)
  user.subscribe(follow)
  follow()
  tellOverload(store, nameOf, show)
}
