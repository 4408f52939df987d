// Names of devices that the engine knows by strip and index (Node).
import { expect, test } from 'vitest'
import { constants } from '../generated/wire.ts'
import type { Project } from '../project/document.ts'
import type { Device } from '../presets/model.ts'
import { deviceName } from './deviceName.ts'

const effect = (type: string): Device => ({ id: type, kind: 'effect', type, values: {}, bypass: false })
const mix = { gainDb: 0, pan: 0, mute: false } as const
const project: Pick<Project, 'tracks' | 'returns'> = {
  tracks: [
    {
      ...mix,
      id: 'lead',
      kind: 'instrument',
      name: 'Lead',
      colour: 1,
      devices: [
        { id: 'i', kind: 'instrument', type: 'patch', name: 'Glass', values: {}, bypass: false },
        effect('chorus'),
      ],
      sends: [],
      clips: [],
      automation: [],
      solo: false,
    },
  ],
  returns: [{ ...mix, id: 'room', name: 'Room', devices: [effect('plate')] }],
}
const strips = new Map([
  ['lead', 4],
  ['room', constants.firstReturn],
])
const name = (at: number, device: number) =>
  deviceName(project, { name: 'Warm pad', effects: [effect('delay')] }, (id) => strips.get(id) ?? null, at, device)

test('instruments and effects of tracks, returns, the sound browser and the main chain have their names', () => {
  expect(name(4, 0)).toEqual({ track: 'Lead', device: 'Glass' })
  expect(name(4, 1)).toEqual({ track: 'Lead', device: 'Chorus' })
  expect(name(constants.firstReturn, 1)).toEqual({ track: 'Room', device: 'Plate reverb' })
  expect(name(0, 0)).toEqual({ track: 'Sound browser', device: 'Warm pad' })
  expect(name(0, 1)).toEqual({ track: 'Sound browser', device: 'Delay' })
  expect(name(constants.strips, 1)).toEqual({ track: 'Main', device: 'Limiter' })
})

test('what is gone meanwhile is still told by its number', () => {
  expect(name(9, 2)).toEqual({ track: 'Strip 9', device: 'Effect 2' })
  expect(name(4, 7)).toEqual({ track: 'Lead', device: 'Effect 7' })
})
