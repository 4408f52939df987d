// Song seconds of a tick, from the tempo map (main thread). The closed form of wasm/engine: a ramp is linear in beats.
import { TICKS_PER_BEAT, type TempoPoint } from '../../compile/song.ts'

/** Seconds of a ramp of so many beats; nearly equal tempos need the series, where the closed form would divide 0 by 0. */
function rampSeconds(beats: number, from: number, to: number): number {
  const change = (to - from) / from
  // The series' next term is change^2 / 3.
  const factor = Math.abs(change) < 1e-8 ? 1 - change / 2 : Math.log1p(change) / change
  return ((beats * 60) / from) * factor
}

export function secondsAt(map: readonly TempoPoint[], tick: number): number {
  let seconds = 0
  for (const [index, point] of map.entries()) {
    if (point.tick >= tick) break
    const next = map[index + 1]
    const beats = (Math.min(tick, next?.tick ?? Infinity) - point.tick) / TICKS_PER_BEAT
    if (!point.ramp || !next) seconds += (beats * 60) / point.bpm
    else {
      const slope = (next.bpm - point.bpm) / ((next.tick - point.tick) / TICKS_PER_BEAT)
      seconds += rampSeconds(beats, point.bpm, point.bpm + slope * beats)
    }
  }
  return seconds
}
