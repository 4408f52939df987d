// Renders specs.ts, units.ts, effects.ts, docs.ts, streams.ts, governor.ts and wire.ts. Node.

const header = (what) =>
  `// ${what} Written by \`npm run gen\` from the engine's own description; never edit. Any thread.\n`
const union = (names) => names.map((name) => `'${name}'`).join(' | ')

/** JavaScript literal in the house style: single quotes, bare keys. */
export function literal(value) {
  if (typeof value === 'string') return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  if (value !== null && typeof value === 'object') {
    const fields = Object.entries(value).map(([key, entry]) => `${key}: ${literal(entry)}`)
    return fields.length > 0 ? `{ ${fields.join(', ')} }` : '{}'
  }
  return String(value)
}

export const specsTs = (description) => `${header('Types of the tables that describe units, effects and streams.')}
export type UnitName = ${union(description.unitNames)}
export type CurveName = ${union(description.curveNames)}
export type SmoothName = ${union(description.smoothNames)}

export interface OptionSpec {
  readonly id: string
  readonly label: string
}

/** One parameter. Values are plain units; \`init\` is an option id where \`curve\` is 'option', 0 or 1 where it is 'toggle'. */
export interface ParamSpec {
  readonly id: string
  readonly label: string
  readonly unit: UnitName
  readonly min: number
  readonly max: number
  readonly init: number | string
  readonly curve: CurveName
  readonly smooth: SmoothName
  readonly group: string
  readonly options?: readonly OptionSpec[]
  /** Position in the engine's parameter array of this build; never saved. */
  readonly index: number
}

export interface PortSpec {
  readonly id: string
}

/** One number or one array of numbers of a stream's result. */
export interface ReadingSpec {
  readonly id: string
  readonly label: string
  readonly doc: string
  readonly unit: UnitName
}

export interface UnitSpec {
  readonly id: string
  readonly label: string
  readonly version: number
  readonly category: string
  readonly inputs: readonly PortSpec[]
  readonly outputs: readonly PortSpec[]
  readonly params: readonly ParamSpec[]
  readonly index: number
  /** Needs a waveform baked from \`harmonics\`. */
  readonly table: boolean
  /** What long data it reads; the patch names it. */
  readonly asset: AssetKind
  /** Nanoseconds per quad of voices and 32 frames. */
  readonly costNs: number
}

export type AssetKind = 'none' | 'impulse' | 'sample' | 'wavetable' | 'curve' | 'recording'

export interface EffectSpec {
  readonly id: string
  readonly label: string
  readonly version: number
  readonly category: string
  readonly params: readonly ParamSpec[]
  readonly index: number
  /** What long data it reads; the device names it. */
  readonly asset: AssetKind
  /** Hears a second input. */
  readonly sidechain: boolean
  /** Says by how much it turns down. */
  readonly reduces: boolean
  /** What it delays at 48 kHz. */
  readonly latencyMs: number
  /** Nanoseconds per 32 stereo frames. */
  readonly costNs: number
}

export type StreamOption = ParamSpec & { readonly doc: string }

export interface StreamSpec {
  readonly id: string
  readonly label: string
  readonly doc: string
  readonly version: number
  readonly category: string
  /** Options: what \`streams.subscribe\` takes besides type and source. */
  readonly params: readonly StreamOption[]
  /** What a result holds, in this order. */
  readonly readings: readonly ReadingSpec[]
  /** Position in the engine's registry of this build; never saved. */
  readonly index: number
}
`

// Every worker carries the tables of units and effects, and none reads what they are for: that is in docs.ts, reference.md and the schemas.
const KEYS = {
  units: ['id', 'label', 'version', 'category', 'inputs', 'outputs', 'params', 'index', 'table', 'asset', 'costNs'],
  effects: [
    'id',
    'label',
    'version',
    'category',
    'params',
    'index',
    'asset',
    'sidechain',
    'reduces',
    'latencyMs',
    'costNs',
  ],
  streams: ['id', 'label', 'doc', 'version', 'category', 'params', 'readings', 'index'],
}

/** One registry as a table: a line per field, a line per parameter. */
export function tableTs(kind, constant, type, what, specs) {
  return `${header(what)}import type { ${type} } from './specs.ts'\n\n${tableOf(kind, constant, type, specs)}`
}

/** What units, effects and pads are for: apart from their tables, so that only who shows the words fetches them. */
export function docsTs({ units, effects, pads }) {
  const quoted = (id) => (/^[a-z]\w*$/i.test(id) ? id : `'${id}'`)
  const table = (specs) =>
    specs
      .map(({ id, doc, params }) => {
        const lines = params.map((param) => `        ${quoted(param.id)}: ${literal(param.doc)},\n`)
        const own = lines.length > 0 ? `{\n${lines.join('')}      }` : '{}'
        return `    ${quoted(id)}: {\n      doc: ${literal(doc)},\n      params: ${own},\n    },\n`
      })
      .join('')
  return `${header('What units, effects, pads and their parameters are for, in words.')}
export interface SpecDocs {
  readonly doc: string
  /** By id. */
  readonly params: Readonly<Record<string, string>>
}

/** By kind, then by id. */
export const DOCS: Readonly<Record<'units' | 'effects' | 'pads', Readonly<Record<string, SpecDocs>>>> = {
  units: {
${table(units)}  },
  effects: {
${table(effects)}  },
  pads: {
${table(pads)}  },
}
`
}

/** The streams that the engine computes, and those that are only declared there. */
export function streamsTs({ streams, features }) {
  return `${tableTs('streams', 'STREAMS', 'StreamSpec', 'Every analysis stream.', streams)}
/** Computed by the analyzer worker itself, with Meyda. */
${tableOf('streams', 'FEATURES', 'StreamSpec', features)}`
}

function tableOf(kind, constant, type, specs) {
  const short = (entry) => Object.fromEntries(Object.entries(entry).filter(([key]) => key !== 'doc'))
  const entries = specs.map((spec) => {
    const lines = KEYS[kind].map((key) => {
      const value = spec[key]
      if (!Array.isArray(value) || value.length === 0) return `    ${key}: ${literal(value)},\n`
      return `    ${key}: [\n${value.map((entry) => `      ${literal(kind === 'streams' ? entry : short(entry))},\n`).join('')}    ],\n`
    })
    return `  {\n${lines.join('')}  },\n`
  })
  const body = entries.length > 0 ? `[\n${entries.join('')}]` : '[]'
  return `export const ${constant}: readonly ${type}[] = ${body}\n`
}

/** What the engine goes without at each level of the governor. */
export const governorTs = ({ governor }) => `${header('The declared levels of the governor.')}
export interface GovernorLevelSpec {
  readonly label: string
  /** What it adds to the level before. */
  readonly doc: string
  /** Share of a sound's polyphony. */
  readonly voices: number
}

/** Level 0 is full quality. */
export const GOVERNOR_LEVELS: readonly GovernorLevelSpec[] = [
${governor.map((level) => `  ${literal(level)},\n`).join('')}]
`

/** Records, enumerations and constants that TypeScript and the engine share. */
export function wireTs({ records, enums, constants }) {
  const documented = (doc, line, indent = '  ') => (doc ? `${indent}/** ${doc} */\n` : '') + `${indent}${line},\n`
  const record = ({ id, doc, bytes, fields }) => {
    const pick = (name) =>
      fields.map((field) =>
        documented(name === 'offset' ? field.doc : '', `${field.id}: ${literal(field[name])}`, '      '),
      )
    const parts = ['offset', 'type', 'count'].map((name) => `    ${name}: {\n${pick(name).join('')}    },\n`)
    return documented(doc, `${id}: {\n    bytes: ${bytes},\n${parts.join('')}  }`)
  }
  const number = ({ id, doc, value }, indent) => documented(doc, `${id}: ${value}`, indent)
  const table = ({ id, doc, values }) =>
    documented(doc, `${id}: {\n${values.map((value) => number(value, '    ')).join('')}  }`)
  const object = (lines) => (lines.length > 0 ? `{\n${lines.join('')}} as const` : '{} as const')
  return `${header('Layout of every record, enumeration and constant that TypeScript shares with the engine.')}
/** Byte size of each record; byte offset, element type and element count of its fields. */
export const records = ${object(records.map(record))}

export const enums = ${object(enums.map(table))}

export const constants = ${object(constants.map((entry) => number(entry, '  ')))}
`
}
