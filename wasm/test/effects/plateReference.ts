// Dattorro's plate, plainly, in double precision: what the effect is measured against. Pure; tests and the report.

/** Dattorro 1997, figure 1 and table 1, plainly, in f64: one line per element, every line with its share of the loss. */
function tank(input: Float32Array, sampleRate: number, decay: number, dampingHz: number): Float64Array {
  const scale = sampleRate / 29761
  const frames = (n: number) => Math.round(n * scale)
  const loss = (n: number) => 10 ** ((-3 * frames(n)) / (decay * sampleRate))
  const line = (n: number) => ({ n, past: new Float64Array(frames(n) + 64), at: 0 })
  type Line = ReturnType<typeof line>
  const write = (l: Line, x: number) => (l.past[l.at++ % l.past.length] = x)
  const tap = (l: Line, k: number) => (l.at - k < 0 ? 0 : l.past[(l.at - k) % l.past.length])
  /** Reads `k` (not whole) frames back by a cubic through the four neighbours. */
  const between = (l: Line, k: number) => {
    const t = k - Math.floor(k)
    const [a, b, c, d] = [-1, 0, 1, 2].map((o) => tap(l, Math.floor(k) + o))
    return (
      (-a * t * (t - 1) * (t - 2)) / 6 +
      (b * (t + 1) * (t - 1) * (t - 2)) / 2 -
      (c * (t + 1) * t * (t - 2)) / 2 +
      (d * (t + 1) * t * (t - 1)) / 6
    )
  }
  const allpass = (l: Line, x: number, g: number, read = tap(l, frames(l.n))) => {
    const delayed = read * loss(l.n)
    const v = x - g * delayed
    write(l, v)
    return delayed + g * v
  }
  const half = (lengths: number[]) => ({
    diffusers: [142, 107, 379, 277].map(line),
    moving: line(lengths[0]),
    first: line(lengths[1]),
    second: line(lengths[2]),
    last: line(lengths[3]),
    damped: 0,
    pole: pole(lengths),
  })
  const pole = (lengths: number[]) => {
    const total = lengths.reduce((sum, n) => sum + frames(n), 0)
    const power = Math.max(10 ** ((-6 * total) / (decay * sampleRate)), 0.5)
    const [p, q] = [1 - power, 1 - power * Math.cos((2 * Math.PI * dampingHz) / sampleRate)]
    return (q - Math.sqrt(q * q - p * p)) / p
  }
  const [left, right] = [half([672, 4453, 1800, 3720]), half([908, 4217, 2656, 3163])]
  const turn = [0.87, 0.69].map((hz) => Math.floor((hz * 2 ** 32) / sampleRate))
  let phases = [0, 0x60000000]
  const level = 1.06 / Math.sqrt(decay * (1 - Math.exp(-decay / 0.45)))
  return Float64Array.from(input, (x) => {
    phases = phases.map((phase, side) => (phase + turn[side]) % 2 ** 32)
    const crossed = [right, left].map((side) => tap(side.last, frames(side.last.n)) * loss(side.last.n))
    for (const [index, side] of [left, right].entries()) {
      let y = x
      for (const [k, l] of side.diffusers.entries()) y = allpass(l, y, k < 2 ? 0.75 : 0.625)
      const sweep = 8 * scale * Math.sin((2 * Math.PI * phases[index]) / 2 ** 32)
      y = allpass(side.moving, y + crossed[index], -0.7, between(side.moving, frames(side.moving.n) + sweep))
      const held = tap(side.first, frames(side.first.n)) * loss(side.first.n)
      write(side.first, y)
      side.damped = held * (1 - side.pole) + side.damped * side.pole
      write(side.last, allpass(side.second, side.damped, 0.5))
    }
    // Output taps of table 2, left side; tap 0 is what was just written.
    const out = (l: Line, k: number) => tap(l, frames(k) + 1) * loss(k)
    return (
      level *
      (out(right.first, 266) +
        out(right.first, 2974) -
        out(right.second, 1913) +
        out(right.last, 1996) -
        out(left.first, 1990) -
        out(left.second, 187) -
        out(left.last, 1066))
    )
  })
}

/** What the plate makes of `input` at its shortest pre-delay: 17 frames and a low cut at 25 Hz, then the tank. 48 kHz. */
export function plateReference(
  input: Float32Array,
  sampleRate: number,
  decay: number,
  dampingHz: number,
): Float64Array {
  const g = Math.tan((Math.PI * 25) / sampleRate) / (1 + Math.tan((Math.PI * 25) / sampleRate))
  let state = 0
  const fed = Float32Array.from(input, (_, n) => {
    const x = n < 17 ? 0 : input[n - 17]
    const step = (x - state) * g
    const low = state + step
    state = low + step
    return x - low
  })
  return tank(fed, sampleRate, decay, dampingHz)
}
