// What a parameter, unit, effect or pad is for, in words, with its range and default: from the engine's own description (any thread).
import { DOCS } from '../../generated/docs.ts'
import type { ParamSpec } from '../../generated/specs.ts'
import { formatValue } from '../../params/format.ts'
import { effectSpec, PAD_SPEC, paramSpec, unitSpec } from '../../presets/spec.ts'

/** What help is about: `units/svf`, `units/svf/cutoff`, `effects/delay/time`, `pads/pad/level`. */
export interface Help {
  /** Of a whole unit or effect. */
  readonly label: string | null
  /** `20 Hz to 20 kHz, default 1 kHz`; null: it is no parameter. */
  readonly range: string | null
  readonly doc: string
}

const SPECS = {
  units: unitSpec,
  effects: effectSpec,
  pads: (id: string) => (id === PAD_SPEC.id ? PAD_SPEC : undefined),
}
const isKind = (word: string): word is keyof typeof SPECS => Object.hasOwn(SPECS, word)

/** The sentences as a reader expects them: closed by a stop. */
const sentence = (text: string): string => (/[.!?)]$/.test(text) ? text : `${text}.`)

export function rangeText(param: ParamSpec): string {
  const init = `default ${formatValue(param, param.init)}`
  if (param.curve === 'toggle') return `Off or on, ${init}`
  if (param.curve === 'option') return `${String(param.options?.length ?? 0)} choices, ${init}`
  return `${formatValue(param, param.min)} to ${formatValue(param, param.max)}, ${init}`
}

function helpOf(path: string): Help | null {
  const [kind = '', id = '', param] = path.split('/')
  if (!isKind(kind)) return null
  const spec = SPECS[kind](id)
  const docs = DOCS[kind][id]
  if (!spec || !docs) return null
  if (param === undefined) return { label: spec.label, range: null, doc: sentence(docs.doc) }
  const described = paramSpec(spec, param)
  const doc = docs.params[param]
  return described && doc !== undefined ? { label: null, range: rangeText(described), doc: sentence(doc) } : null
}

/** Several paths with spaces between them, in their order; what has no words is left out. */
export const helpFor = (about: string): Help[] =>
  about.split(' ').flatMap((path) => {
    const help = helpOf(path)
    return help ? [help] : []
  })
