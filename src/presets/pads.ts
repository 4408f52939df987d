// The pads of a kit: their keys, their units, one pad as a patch of its own and back (any thread; pure).
import type { Patch, PatchMod, PatchPad, PatchUnit, PlainValue } from './model.ts'

/** A patch with pads. */
export type Kit = Patch & { readonly pads: readonly PatchPad[] }

export const isKit = (patch: Patch): patch is Kit => patch.pads !== undefined

/** A modulation of this pad's pitch. */
export const pitchOf = (pad: Pick<PatchPad, 'id'>): string => `${pad.id}.pitch`

const nameOf = (source: string): string => source.split('.', 1)[0] ?? source

/** The pad on a key; undefined where none lies. */
export const padAt = ({ pads = [] }: Pick<Patch, 'pads'>, key: number): PatchPad | undefined =>
  pads.find(({ low, high }) => key >= low && key <= high)

/** On its key in the drum map of General MIDI. */
export const KICK = 36

/** The key that a kit is shown by: its kick, or its first pad. */
export const auditionKey = (pads: readonly PatchPad[]): number =>
  padAt({ pads }, KICK) ? KICK : (pads[0]?.low ?? KICK)

/** Names of the units that a pad hears, through audio or modulation, in the order of the patch. */
export function padUnits(patch: Pick<Patch, 'units' | 'mods'>, pad: Pick<PatchPad, 'id' | 'out'>): string[] {
  const heard = new Set<string>()
  const pitch = patch.mods.filter(({ to }) => to === pitchOf(pad)).map(({ from }) => from)
  const open = [pad.out.left, pad.out.right, ...pitch].map(nameOf)
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (heard.has(name) || !Object.hasOwn(patch.units, name)) continue
    heard.add(name)
    open.push(...Object.values(patch.units[name]!.in ?? {}).flatMap((sources) => sources.map(nameOf)))
    for (const { from, to } of patch.mods) if (nameOf(to) === name) open.push(nameOf(from))
  }
  return Object.keys(patch.units).filter((name) => heard.has(name))
}

/** One pad as a patch that could stand alone. */
export function padPatch(patch: Patch, pad: PatchPad): Patch {
  const names = new Set(padUnits(patch, pad))
  return {
    version: 1,
    units: Object.fromEntries(Object.entries(patch.units).filter(([name]) => names.has(name))),
    mods: patch.mods.flatMap((mod): PatchMod[] =>
      mod.to === pitchOf(pad) ? [{ ...mod, to: 'voice.pitch' }] : names.has(nameOf(mod.to)) ? [mod] : [],
    ),
    out: pad.out,
    voices: { max: pad.voices, mode: 'poly', glideSeconds: 0 },
    groups: patch.groups.filter(({ params }) => params.some((key) => names.has(nameOf(key)))),
  }
}

/** Names of units in a kit begin with their pad's id; what does not fit is numbered. */
function freshName(pad: string, name: string, taken: ReadonlySet<string>): string {
  const whole = `${pad}${name}`.slice(0, 16)
  for (let number = 1; ; number++) {
    const tried = number === 1 ? whole : `${whole.slice(0, 13)}${String(number)}`
    if (!taken.has(tried)) return tried
  }
}

/** The kit with `own` as the sound of a pad: its former units leave if it had some, the new ones take names of their own. */
export function withPadSound(
  kit: Patch,
  padId: string,
  own: Pick<Patch, 'units' | 'mods' | 'out'>,
  values: Readonly<Record<string, PlainValue>> = {},
  replaces = true,
): Patch {
  const pad = kit.pads?.find(({ id }) => id === padId)
  if (!pad) return kit
  const gone = new Set(replaces ? padUnits(kit, pad) : [])
  const units: Record<string, PatchUnit> = Object.fromEntries(
    Object.entries(kit.units).filter(([name]) => !gone.has(name)),
  )
  const mods = kit.mods.filter(({ to }) => to !== pitchOf(pad) && !gone.has(nameOf(to)))
  const taken = new Set([...Object.keys(units), ...(kit.pads ?? []).map(({ id }) => id)])
  const renamed = new Map<string, string>()
  const heard = padUnits(own, { id: 'voice', out: own.out })
  for (const name of heard) {
    const fresh = freshName(padId, name, taken)
    taken.add(fresh)
    renamed.set(name, fresh)
  }
  const moved = (source: string): string => {
    const [name = '', port] = source.split('.', 2)
    const fresh = renamed.get(name)
    return fresh === undefined ? source : port === undefined ? fresh : `${fresh}.${port}`
  }
  for (const name of heard) {
    const unit = own.units[name]!
    const over = Object.entries(values).flatMap(([key, value]) =>
      key.startsWith(`${name}.`) ? [[key.slice(name.length + 1), value] as const] : [],
    )
    units[renamed.get(name)!] = {
      ...unit,
      ...(unit.values || over.length > 0 ? { values: { ...unit.values, ...Object.fromEntries(over) } } : {}),
      ...(unit.in
        ? { in: Object.fromEntries(Object.entries(unit.in).map(([port, sources]) => [port, sources.map(moved)])) }
        : {}),
    }
  }
  // Amounts keep their knobs only where the kit has none of that name.
  const ids = new Set(mods.map(({ id }) => id))
  const leads = ({ to }: PatchMod): boolean => to === 'voice.pitch' || renamed.has(nameOf(to))
  const added = own.mods.filter(leads).map(({ id, from, to, amount }): PatchMod => {
    const value = id === undefined ? undefined : values[`amount.${id}`]
    return {
      ...(id !== undefined && !ids.has(id) ? { id } : {}),
      from: moved(from),
      to: to === 'voice.pitch' ? pitchOf(pad) : moved(to),
      amount: typeof value === 'number' ? value : amount,
    }
  })
  const out = { left: moved(own.out.left), right: moved(own.out.right) }
  const pads = kit.pads!.map((one) => (one.id === padId ? { ...one, out } : one))
  const groups = kit.groups
    .map(({ label, params }) => ({ label, params: params.filter((key) => !gone.has(nameOf(key))) }))
    .filter(({ params }) => params.length > 0)
  return { ...kit, units, mods: [...mods, ...added], pads, groups, out: pads[0]!.out }
}

/** The kit without a pad, its units and what moved them. */
export function removePad(kit: Patch, padId: string): Patch {
  const { pads = [], ...empty } = withPadSound(kit, padId, { units: {}, mods: [], out: { left: '', right: '' } })
  const rest = pads.filter(({ id }) => id !== padId)
  return { ...empty, pads: rest, out: rest[0]?.out ?? kit.out }
}

/** The kit with one more pad, on one key. */
export function addPad(
  kit: Patch,
  key: number,
  name: string,
  own: Pick<Patch, 'units' | 'mods' | 'out'>,
  values: Readonly<Record<string, PlainValue>>,
): { readonly patch: Patch; readonly id: string } {
  const { pads = [] } = kit
  const taken = new Set([...Object.keys(kit.units), ...pads.map(({ id }) => id)])
  let id = `pad${String(key)}`
  while (taken.has(id)) id = `${id}x`
  const pad: PatchPad = { id, name, low: key, high: key, key: PLAYED, out: kit.out, oneShot: true, voices: VOICES }
  return { patch: withPadSound({ ...kit, pads: [...pads, pad] }, id, own, values, false), id }
}

/** The note that a sound hears on a pad which does not say otherwise. */
const PLAYED = 60
const VOICES = 4
