// The promise of saved files: ids stay, ranges never shrink, units never change, unless the spec's version is raised. Node.

const KINDS = ['units', 'effects', 'pads', 'streams', 'features']

/** What spec.lock.json records of a description. */
export function lockOf(description) {
  const param = ({ unit, curve, min, max, options }) => ({
    unit,
    curve,
    ...(curve === 'option' ? { options: options.map((option) => option.id) } : { min, max }),
  })
  const spec = ({ version, params, readings }) => ({
    version,
    params: Object.fromEntries(params.map((entry) => [entry.id, param(entry)])),
    ...(readings.length > 0 ? { readings: Object.fromEntries(readings.map(({ id, unit }) => [id, unit])) } : {}),
  })
  return Object.fromEntries(
    KINDS.map((kind) => [kind, Object.fromEntries((description[kind] ?? []).map((entry) => [entry.id, spec(entry)]))]),
  )
}

/** One sentence for each promise that `next` breaks; both are results of `lockOf`. */
export function brokenPromises(lock, next) {
  return KINDS.flatMap((kind) =>
    Object.entries(lock[kind] ?? {}).flatMap(([id, old]) => {
      const spec = next[kind]?.[id]
      if (!spec) return [`${id}: the id is gone; ids are forever`]
      if (spec.version > old.version) return []
      if (spec.version < old.version) return [`${id}: version went back from ${old.version} to ${spec.version}`]
      const readings = Object.entries(old.readings ?? {})
        .filter(([name, unit]) => spec.readings?.[name] !== unit)
        .map(([name]) => `${id}.${name}: the reading is gone or its unit changed; raise the version of ${id}`)
      const params = Object.entries(old.params).flatMap(([name, param]) =>
        brokenParam(param, spec.params[name]).map(
          (what) => `${id}.${name}: ${what}; raise the version of ${id} and add a migration`,
        ),
      )
      return [...readings, ...params]
    }),
  )
}

function brokenParam(old, param) {
  if (!param) return ['the parameter is gone']
  if (param.unit !== old.unit) return [`its unit changed from ${old.unit} to ${param.unit}`]
  if ((param.curve === 'option') !== (old.curve === 'option')) return ['it changed between a number and options']
  if (old.options) {
    const gone = old.options.filter((option) => !param.options.includes(option))
    return gone.length > 0 ? [`options are gone: ${gone.join(', ')}`] : []
  }
  return param.min > old.min || param.max < old.max
    ? [`its range shrank from ${old.min}..${old.max} to ${param.min}..${param.max}`]
    : []
}
