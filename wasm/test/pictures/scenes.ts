// Scenes for tests: a device at its defaults, some values given (Node).
import { EFFECTS } from '../../../src/generated/effects.ts'
import { UNITS } from '../../../src/generated/units.ts'
import type { PlainValue } from '../../../src/presets/model.ts'
import type { Scene } from '../../../src/ui/panels/devices/pictures/face.ts'

export type Values = Readonly<Record<string, PlainValue>>

function sceneOf(list: typeof EFFECTS | typeof UNITS, type: string, values: Values, more: Partial<Scene>): Scene {
  const params = list.find(({ id }) => id === type)!.params
  const known = new Map(params.map(({ id, init }) => [id, values[id] ?? init]))
  const strange = Object.keys(values).filter((id) => !known.has(id))
  if (strange.length > 0) throw new Error(`${type} has no ${strange.join(', ')}`)
  return {
    read: (id) => {
      if (!known.has(id) && id !== 'phase') throw new Error(`${type} has no ${id}`)
      return known.get(id) ?? 0
    },
    unit: { type },
    colour: [0, 0, 0],
    bpm: 120,
    sampleRateHz: 48_000,
    part: 1,
    scale: 0,
    ...more,
  }
}

export const effectScene = (type: string, values: Values = {}, more: Partial<Scene> = {}): Scene =>
  sceneOf(EFFECTS, type, values, more)
export const unitScene = (type: string, values: Values = {}, more: Partial<Scene> = {}): Scene =>
  sceneOf(UNITS, type, values, more)
