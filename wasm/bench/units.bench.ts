// Time of every unit kernel, settled and moving: nanoseconds per voice and micro-block (engine-study A5). Node.
import { UnitRig } from '../test/units/rig.ts'

interface Row {
  what: string
  value: number
  unit: string
  bar?: number
}

/** A quad of four notes of a chord, input and modulation patched. */
const quad = (id: string, values: Record<string, number> = {}): UnitRig => {
  const rig = new UnitRig(id)
    .pitch([48, 55, 64, 71])
    .noiseIn(0)
    .noiseIn(1)
    .patch(id === 'gain' || id === 'mix' ? 3 : 1)
  for (const [param, value] of Object.entries(values)) rig.set(param, value)
  if (id === 'additive') rig.bake([1, 0.5, 0.3, 0.2, 0.1])
  return rig.start()
}

export default function bench(): Row[] {
  const rows: Row[] = []
  const time = (what: string, rig: UnitRig, bar?: number): void => {
    rows.push({ what, value: rig.nanoseconds() / 4, unit: 'ns', bar })
  }
  time('saw', quad('saw'), 60)
  time('saw, pitch moving', quad('saw').rampPitch([48.1, 55.1, 64.1, 71.1], 32).hold())
  for (const id of ['square', 'triangle', 'sine', 'pulse', 'additive', 'white', 'pink', 'fm', 'string', 'supersaw'])
    time(id, quad(id))
  time('string, pitch moving', quad('string').rampPitch([48.1, 55.1, 64.1, 71.1], 32).hold())
  time('unison of 7', quad('unison', { voices: 7 }))
  time('svf 12 dB', quad('svf'), 30)
  time('svf 12 dB, cutoff moving', quad('svf').ramp('cutoff', 2100, 32).hold(), 50)
  time('svf 24 dB', quad('svf', { slope: 1 }))
  time('svf 24 dB, cutoff moving', quad('svf', { slope: 1 }).ramp('cutoff', 2100, 32).hold())
  time('svf 24 dB, stereo', quad('svf', { slope: 1 }).patch(3))
  time('ladder', quad('ladder'))
  time('ladder, cutoff moving', quad('ladder').ramp('cutoff', 2100, 32).hold())
  time('comb', quad('comb'))
  time('env, decaying', quad('env', { decay: 20 }))
  time('env, sustaining', quad('env', { attack: 0.001, decay: 0.001 }), 12)
  time('lfo', quad('lfo'))
  time('gain', quad('gain'), 10)
  time('pan', quad('pan'), 12)
  time('mix of 2', quad('mix'))
  const alone = (what: string, rig: UnitRig): void => {
    rows.push({ what: `${what}, one voice alone`, value: rig.active(1).nanosecondsAlone(0), unit: 'ns' })
  }
  for (const id of ['saw', 'pulse', 'sine', 'white', 'lfo', 'gain', 'pan', 'mix']) alone(id, quad(id))
  alone('svf 12 dB', quad('svf'))
  alone('svf 24 dB', quad('svf', { slope: 1 }))
  alone('env, decaying', quad('env', { decay: 20 }))
  alone('env, sustaining', quad('env', { attack: 0.001, decay: 0.001 }))
  return rows
}
