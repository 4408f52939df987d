// Which units of a patch are heard with the values that play (any thread): not what a mixer leaves out or nothing listens to.
import type { Patch, PlainValue } from '../model.ts'
import { AMOUNT } from '../amounts.ts'
import { paramSpec, unitSpec } from '../spec.ts'

type Values = Readonly<Record<string, PlainValue>>

/** Levels below this are silence. */
const SILENT_LEVEL = 0.01
/** What rises from silence no further than this is a tick, not a source. */
const FAINT = 0.3
const TOUCHED: ReadonlySet<string> = new Set(['wheel', 'pressure', 'bend'])

const nameOf = (output: string): string => output.split('.')[0]!

/** The amount of a modulation as it plays. */
export const amountOf = ({ id, amount }: Patch['mods'][number], values: Values): number =>
  id === undefined ? amount : Number(values[`${AMOUNT}.${id}`] ?? amount)

/** Names of the units that sound or move what sounds. */
export function heardUnits(patch: Patch, values: Values): ReadonlySet<string> {
  const level = (name: string, param: string): number => {
    const unit = patch.units[name]
    const init = paramSpec(unitSpec(unit?.type ?? ''), param)?.init
    return Number(values[`${name}.${param}`] ?? unit?.values?.[param] ?? init ?? 1)
  }
  // As it sounds before anybody touches wheel, pressure or bend.
  const mods = patch.mods.filter((mod) => amountOf(mod, values) !== 0 && !TOUCHED.has(mod.from))
  const reach = (key: string): number =>
    mods.reduce((sum, mod) => sum + (mod.to === key ? Math.abs(amountOf(mod, values)) : 0), 0)
  const silent = (name: string, param: string): boolean =>
    level(name, param) < SILENT_LEVEL && reach(`${name}.${param}`) < FAINT
  const heard = new Set<string>()
  const follow = (name: string): void => {
    const unit = Object.hasOwn(patch.units, name) ? patch.units[name] : undefined
    if (!unit || heard.has(name)) return
    const spec = unitSpec(unit.type)
    if (unit.type !== 'gain' && paramSpec(spec, 'level') && silent(name, 'level')) return
    heard.add(name)
    for (const [input, sources] of Object.entries(unit.in ?? {})) {
      const number = unit.type === 'mix' ? /\d+$/.exec(input)?.[0] : undefined
      const shut =
        number === undefined
          ? unit.type === 'ring' && input === 'mod' && silent(name, 'depth')
          : silent(name, `level${number}`)
      if (!shut) for (const source of sources) follow(nameOf(source))
    }
    for (const { from, to } of mods) if (nameOf(to) === name) follow(nameOf(from))
  }
  follow(nameOf(patch.out.left))
  follow(nameOf(patch.out.right))
  for (const { from, to } of mods) if (to === 'voice.pitch') follow(nameOf(from))
  return heard
}
