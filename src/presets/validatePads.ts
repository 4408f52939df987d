// Strict check of the pads of a kit in our own format (any thread).
import { constants } from '../generated/wire.ts'
import type { Patch, PatchPad } from './model.ts'
import { padUnits } from './pads.ts'
import type { Problem } from './validate.ts'

type Dictionary = Readonly<Record<string, unknown>>

interface Checks {
  readonly isObject: (value: unknown) => value is Dictionary
  readonly wrong: (field: string, value: unknown, hint: string) => Problem
  readonly source: (source: unknown, field: string) => Problem[]
  readonly value: (param: string, value: unknown, field: string) => Problem[]
  /** The rest of the patch is right. */
  readonly whole: boolean
}

const NAME = /^[a-z][a-z0-9]{0,15}$/
const RESERVED = ['voice', 'amount']
const whole = (value: unknown, min: number, max: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max

/** `patch`: its units are objects. Nothing where there are no pads: then it is no kit. */
export function checkPads(patch: Dictionary, at: string, checks: Checks): Problem[] {
  const { isObject, wrong } = checks
  const pads = patch['pads']
  if (pads === undefined) return []
  if (!Array.isArray(pads) || pads.length === 0)
    return [wrong(at, pads, 'Give a list of pads, or leave it out: then it is no kit.')]
  if (pads.length > constants.maxPads)
    return [
      {
        code: 'limit-exceeded',
        message: `${String(pads.length)} pads; at most ${String(constants.maxPads)} fit in a kit`,
        field: at,
        value: pads.length,
        hint: 'Use fewer pads.',
      },
    ]
  const units = patch['units'] as Patch['units']
  const ids = new Set<string>()
  const keys = new Map<number, number>()
  const problems = pads.flatMap((pad: unknown, index): Problem[] => {
    const field = `${at}/${String(index)}`
    if (!isObject(pad)) return [wrong(field, pad, 'A pad is {id, name, low, high, key, out, oneShot, voices}.')]
    const found: Problem[] = []
    const { id, name, low, high, key, choke, oneShot, voices, out } = pad
    if (typeof id !== 'string' || !NAME.test(id) || RESERVED.includes(id) || ids.has(id) || Object.hasOwn(units, id))
      found.push(wrong(`${field}/id`, id, 'A letter and up to 15 letters or figures, of no other pad and no unit.'))
    else ids.add(id)
    if (typeof name !== 'string' || name === '' || name.length > 200)
      found.push(wrong(`${field}/name`, name, 'Give it a name.'))
    if (!whole(low, 0, 127)) found.push(wrong(`${field}/low`, low, 'A key from 0 to 127.'))
    else if (!whole(high, low, 127)) found.push(wrong(`${field}/high`, high, 'A key from `low` to 127.'))
    else
      for (let one = low; one <= high; one++) {
        const other = keys.get(one)
        if (other !== undefined) {
          found.push(wrong(`${field}/low`, low, `Key ${String(one)} belongs to pad ${String(other)} already.`))
          break
        }
        keys.set(one, index)
      }
    if (typeof key !== 'number' || !(Math.abs(key) <= 256))
      found.push(wrong(`${field}/key`, key, 'The note that its units hear at its lowest key.'))
    if (choke !== undefined && !whole(choke, 1, constants.maxChoke))
      found.push(wrong(`${field}/choke`, choke, `A group from 1 to ${String(constants.maxChoke)}, or leave it out.`))
    if (typeof oneShot !== 'boolean') found.push(wrong(`${field}/oneShot`, oneShot, 'true or false.'))
    if (!whole(voices, 1, constants.maxPadVoices))
      found.push(wrong(`${field}/voices`, voices, `A whole number from 1 to ${String(constants.maxPadVoices)}.`))
    for (const side of ['left', 'right'])
      found.push(...checks.source(isObject(out) ? out[side] : undefined, `${field}/out/${side}`))
    for (const [param, value] of Object.entries(isObject(pad['values']) ? pad['values'] : {}))
      found.push(...checks.value(param, value, `${field}/values/${param}`))
    return found
  })
  const voices = patch['voices']
  if (isObject(voices) && voices['mode'] !== 'poly')
    problems.push(wrong(at.replace(/pads$/, 'voices/mode'), voices['mode'], 'A kit is played poly.'))
  return problems.length > 0 || !checks.whole ? problems : shared(patch as unknown as Patch, at, wrong)
}

/** A unit plays for one pad: it has one set of knobs. */
function shared(patch: Patch, at: string, wrong: Checks['wrong']): Problem[] {
  const owner = new Map<string, PatchPad>()
  return patch.pads!.flatMap((pad, index) =>
    padUnits(patch, pad).flatMap((name): Problem[] => {
      const other = owner.get(name)
      if (!other) owner.set(name, pad)
      return other
        ? [wrong(`${at}/${String(index)}/out`, name, `The unit "${name}" plays for the pad "${other.id}" already.`)]
        : []
    }),
  )
}
