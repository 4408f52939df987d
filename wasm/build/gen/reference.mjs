// Renders reference.md: every unit, effect and stream with its parameters. Node.

const SYMBOL = {
  hertz: 'Hz',
  seconds: 's',
  decibels: 'dB',
  degrees: '°',
  perSecond: '/s',
  none: '',
  fraction: '',
  ratio: '×',
  count: '',
}
const symbol = (unit) => SYMBOL[unit] ?? unit
const cell = (text) => String(text).replaceAll('|', '\\|')

function range(param) {
  if (param.curve === 'option') return param.options.map((option) => `\`${option.id}\``).join(' ')
  if (param.curve === 'toggle') return '0 or 1'
  return `${param.min} … ${param.max} ${symbol(param.unit)}`.trim()
}

function section(spec, level) {
  const ports = (title, list) =>
    list?.length > 0 ? [`${title}: ${list.map((port) => `\`${port.id}\` (${port.doc})`).join(', ')}.`, ''] : []
  const rows = spec.params.map(
    (param) =>
      `| \`${param.id}\` | ${cell(param.doc)} | ${cell(range(param))} | ${cell(param.init)} | ${param.curve} |`,
  )
  const readings = (spec.readings ?? []).map(
    (reading) => `| \`${reading.id}\` | ${cell(reading.doc)} | ${cell(reading.unit)} |`,
  )
  const results = readings.length > 0 ? ['| reading | what it says | unit |', '|---|---|---|', ...readings, ''] : []
  const table =
    rows.length > 0
      ? ['| parameter | what it does | range | default | curve |', '|---|---|---|---|---|', ...rows, '']
      : []
  return [
    `${'#'.repeat(level)} ${spec.label} \`${spec.id}\``,
    '',
    `${spec.doc} (${spec.category}, version ${spec.version}${spec.table ? ', takes `harmonics`' : ''})`,
    '',
    ...ports('Inputs', spec.inputs),
    ...ports('Outputs', spec.outputs),
    ...table,
    ...results,
  ]
}

export function referenceMd({ units, effects, pads, streams, features, governor }) {
  const chapter = (title, specs) =>
    specs.length > 0 ? [`## ${title}`, '', ...specs.flatMap((spec) => section(spec, 3))] : []
  return [
    '# Reference',
    '',
    "Written by `npm run gen` from the engine's own description. Values are plain units; `fraction` shows as percent.",
    '',
    ...chapter('Units', units),
    ...chapter('Effects', effects),
    ...chapter('Pads of a kit', pads),
    ...chapter('Streams', [...streams, ...features]),
    '## Governor',
    '',
    'What the engine goes without while the computer is too slow. Each level adds to the one before; renders use level 0.',
    '',
    '| level | name | what it does |',
    '|---|---|---|',
    ...governor.map(({ label, doc }, level) => `| ${level} | ${cell(label)} | ${cell(doc)} |`),
    '',
  ].join('\n')
}
