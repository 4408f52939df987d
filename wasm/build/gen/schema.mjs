// Renders patch.schema.json and preset.schema.json (JSON Schema 2020-12) from src/presets/model.ts's shape and the specs. Node.

const DIALECT = 'https://json-schema.org/draft/2020-12/schema'
const PATCH_ID = 'urn:soundloom:schema:patch:1'
const PRESET_ID = 'urn:soundloom:schema:preset:1'
const NAME = '^[a-z][a-z0-9]{0,15}$'
const ROLES = 'PAD BASS LEAD KEYS PLUCK BELL STRINGS DRUM FX ARP CHORD TEXTURE DRONE GUITAR BRASS VOX'.split(' ')
const asset = { type: 'string', pattern: '^(as-[0-9a-f]{16}|builtin:[a-z]+)$', description: 'Long data that it reads' }

const string = (maxLength = 10_000, extra = {}) => ({ type: 'string', maxLength, ...extra })
const object = (properties, required = Object.keys(properties)) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
})
const map = (value, extra = {}) => ({ type: 'object', additionalProperties: value, ...extra })
const list = (items, maxItems) => ({ type: 'array', items, ...(maxItems ? { maxItems } : {}) })

function value(param) {
  const text = { title: param.label, description: param.unit === 'none' ? param.doc : `${param.doc} (${param.unit})` }
  if (param.curve === 'option') return { ...text, enum: param.options.map((option) => option.id), default: param.init }
  if (param.curve === 'toggle') return { ...text, enum: [0, 1], default: param.init }
  const type = param.unit === 'count' ? 'integer' : 'number'
  return { ...text, type, minimum: param.min, maximum: param.max, default: param.init }
}

const values = (spec) => object(Object.fromEntries(spec.params.map((param) => [param.id, value(param)])), [])

function unit(spec) {
  const wires = list(string(64, { pattern: `${NAME.slice(0, -1)}(\\.[a-z][a-zA-Z0-9]*)?$` }), 256)
  const properties = {
    type: { const: spec.id },
    values: values(spec),
    in: object(Object.fromEntries(spec.inputs.map((port) => [port.id, { ...wires, description: port.doc }])), []),
  }
  if (spec.asset !== 'none') properties.asset = asset
  if (spec.table) properties.harmonics = { $ref: '#/$defs/harmonics' }
  return { title: spec.label, description: spec.doc, ...object(properties, ['type']) }
}

const device = (spec) => ({
  title: spec.label,
  description: spec.doc,
  ...object(
    {
      id: string(64),
      kind: { const: 'effect' },
      type: { const: spec.id },
      values: values(spec),
      bypass: { type: 'boolean' },
      presetId: string(64),
      ...(spec.asset !== 'none' ? { asset } : {}),
    },
    ['id', 'kind', 'type', 'values', 'bypass'],
  ),
})

const oneOf = (entries) => (entries.length > 0 ? { oneOf: entries } : false)

export function patchSchema({ units, pads, enums }) {
  const { values: kinds } = enums.find(({ id }) => id === 'sourceKind')
  const sources = kinds.map(({ id }) => id).filter((id) => id !== 'wire')
  const key = { type: 'integer', minimum: 0, maximum: 127 }
  const out = object({ left: string(64), right: string(64) })
  const pad = object(
    {
      id: string(16, { pattern: NAME, description: 'Names the pad in value keys, <id>.level' }),
      name: string(200),
      low: { ...key, description: 'Lowest key; no two pads share one' },
      high: { ...key, description: 'Highest key' },
      key: { type: 'number', minimum: -256, maximum: 256, description: 'The note that its units hear at `low`' },
      out,
      values: values(pads[0]),
      choke: { type: 'integer', minimum: 1, maximum: 31, description: 'A stroke stops the other pads of its group' },
      oneShot: { type: 'boolean', description: 'It sounds to its end, however short the note' },
      voices: { type: 'integer', minimum: 1, maximum: 16 },
    },
    ['id', 'name', 'low', 'high', 'key', 'out', 'oneShot', 'voices'],
  )
  const patch = object(
    {
      version: { const: 1 },
      units: map(oneOf(units.map((spec) => ({ $ref: `#/$defs/${spec.id}` }))), {
        propertyNames: { pattern: NAME, not: { enum: ['voice', 'amount'] } },
        maxProperties: 2048,
      }),
      mods: list(
        object(
          {
            id: string(16, { pattern: NAME, description: 'Makes the amount a parameter, amount.<id>' }),
            from: string(64, { description: `A unit, a unit's output, or one of ${sources.join(', ')}` }),
            to: string(64, { pattern: '^(voice\\.pitch|[a-z][a-z0-9]{0,15}\\.[a-z][a-zA-Z0-9]*)$' }),
            amount: {
              type: 'number',
              description: "Octaves for a parameter with a log curve, else the parameter's own unit, at source value 1",
            },
          },
          ['from', 'to', 'amount'],
        ),
        1024,
      ),
      out,
      voices: object({
        max: { type: 'integer', minimum: 1, maximum: 256 },
        mode: { enum: ['poly', 'mono', 'legato'] },
        glideSeconds: { type: 'number', minimum: 0, maximum: 20 },
      }),
      groups: list(object({ label: string(200), params: list(string(64), 256) }), 2048),
      pads: { ...list(pad, 128), minItems: 1, description: 'Makes it a kit: each pad has keys and units of its own' },
    },
    ['version', 'units', 'mods', 'out', 'voices', 'groups'],
  )
  const harmonics = list(
    {
      oneOf: [
        { type: 'number' },
        { type: 'array', prefixItems: [{ type: 'number', minimum: 1 }, { type: 'number' }], items: false, minItems: 2 },
      ],
    },
    1024,
  )
  return {
    $schema: DIALECT,
    $id: PATCH_ID,
    title: 'Soundloom patch, version 1',
    description: 'A graph of unit generators with exposed, grouped parameters. Values are plain units.',
    ...patch,
    $defs: { harmonics, ...Object.fromEntries(units.map((spec) => [spec.id, unit(spec)])) },
  }
}

export function presetSchema({ effects }) {
  const preset = object(
    {
      version: { const: 1 },
      id: string(64),
      name: string(200),
      role: { enum: ROLES },
      tags: list(string(200), 256),
      description: string(),
      patch: { oneOf: [string(64, { description: 'A patch of the factory library' }), { $ref: PATCH_ID }] },
      values: map({ type: ['number', 'string'] }, { description: "`unit.param` -> plain value, over the patch's own" }),
      effects: list(oneOf(effects.map((spec) => ({ $ref: `#/$defs/${spec.id}` }))), 32),
      ranges: map({ type: 'array', items: { type: 'number' }, minItems: 2, maxItems: 2 }),
      approximated: list(string(), 256),
      source: object(
        {
          kind: { enum: ['factory', 'import', 'user'] },
          files: list(string(), 256),
          pointer: string(),
          found: map(object({ pointer: string(), text: string() })),
        },
        ['kind', 'files'],
      ),
    },
    ['version', 'id', 'name', 'role', 'tags', 'description', 'patch', 'values', 'effects', 'source'],
  )
  return {
    $schema: DIALECT,
    $id: PRESET_ID,
    title: 'Soundloom preset, version 1',
    description: 'One sound: a patch, values over it and a chain of effects.',
    ...preset,
    $defs: Object.fromEntries(effects.map((spec) => [spec.id, device(spec)])),
  }
}
