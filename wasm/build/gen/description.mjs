// Reads the module's description: exact f32 values become their shortest decimals, option defaults become ids. Node.

/** The shortest decimal that rounds to exactly this f32. */
export function shortest(value) {
  for (let digits = 1; digits <= 9; digits++) {
    const candidate = Number(value.toPrecision(digits))
    if (Math.fround(candidate) === value) return candidate
  }
  return value
}

const words = new DataView(new ArrayBuffer(4))
function fromBits(bits) {
  words.setUint32(0, bits)
  return shortest(words.getFloat32(0))
}

/** @param {string} text what `describe` wrote */
export function readDescription(text) {
  const raw = JSON.parse(text, (_key, value) =>
    value !== null && typeof value === 'object' && 'f32' in value ? fromBits(value.f32) : value,
  )
  const spec = (entry, index) => ({ ...entry, index, params: entry.params.map(param) })
  return {
    ...raw,
    units: raw.units.map(spec),
    effects: raw.effects.map(spec).map((effect) => ({
      ...effect,
      reduces: raw.reducers?.includes(effect.id) ?? false,
      latencyMs: Math.round(1000 * (raw.latencies?.[effect.index] ?? 0)) / 1000,
    })),
    pads: raw.pads.map(spec),
    streams: raw.streams.map(spec),
    features: raw.features.map(spec),
  }
}

function param(entry, index) {
  const { options, ...rest } = entry
  if (entry.curve === 'option') {
    return { ...rest, min: 0, max: options.length - 1, init: options[entry.init].id, options, index }
  }
  if (entry.curve === 'toggle') return { ...rest, min: 0, max: 1, index }
  return { ...rest, index }
}
