// Renders args.ts: zod schemas of ids and values, with ranges, for the commands that take them. Node.
import { literal } from './typescript.mjs'

function value(param) {
  const doc = param.unit === 'none' ? param.doc : `${param.doc} (${param.unit})`
  const base =
    param.curve === 'option'
      ? `z.enum(${literal(param.options.map((option) => option.id))})`
      : param.curve === 'toggle'
        ? 'z.union([z.literal(0), z.literal(1)])'
        : `z.number().min(${param.min}).max(${param.max})`
  return `    ${param.id}: ${base}.optional().describe(${literal(doc)}),\n`
}

function values(specs) {
  const entry = (spec) =>
    spec.params.length > 0
      ? `  ${spec.id}: z.strictObject({\n${spec.params.map(value).join('')}  }),\n`
      : `  ${spec.id}: z.strictObject({}),\n`
  return specs.length > 0 ? `{\n${specs.map(entry).join('')}}` : '{}'
}

const ids = (specs) => (specs.length > 0 ? `z.enum(${literal(specs.map((spec) => spec.id))})` : 'z.never()')

export const argsTs = ({
  units,
  effects,
}) => `// Argument schemas of units and effects: ids and plain values within their ranges. Written by \`npm run gen\`; never edit. Any thread.
import { z } from 'zod'

// Before any schema: the page's CSP forbids the functions that zod would otherwise build from text.
z.config({ jitless: true })

export const unitId = ${ids(units)}
export const effectId = ${ids(effects)}

/** Unit id -> the values it takes; an absent one keeps its default. */
export const unitValues = ${values(units)} as const

/** Effect id -> the values it takes; an absent one keeps its default. */
export const effectValues = ${values(effects)} as const
`
