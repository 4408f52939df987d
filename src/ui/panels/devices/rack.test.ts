// The devices of a track as the panel turns them.
import { expect, test } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { newProject, type Project } from '../../../project/document.ts'
import type { Run, SoundsView } from '../../ports.ts'
import { stripRack } from './rack.ts'
import { valueOf } from './values.ts'

const PATCH = {
  version: 1,
  units: { filter: { type: 'svf', values: { cutoff: 900 } } },
  mods: [],
  out: { left: 'filter', right: 'filter' },
  voices: { max: 8, mode: 'poly', glideSeconds: 0 },
  groups: [],
} as const
const CUTOFF = { id: 'cutoff', init: 1000 } as never
const MIX = { id: 'mix', init: 0.5 } as never

function song(): Project {
  const instrument = {
    id: 'i',
    kind: 'instrument',
    type: 'p',
    values: {},
    bypass: false,
    presetId: 'one',
    patch: PATCH,
  }
  const effect = { id: 'e', kind: 'effect', type: 'delay', values: { mix: 0.3 }, bypass: false }
  const added = { id: 'x', kind: 'effect', type: 'chorus', values: {}, bypass: false }
  const track = { id: 't', name: 'Pad', devices: [instrument, effect, added] }
  const group = { id: 'r', name: 'Room', devices: [{ ...effect, id: 're' }] }
  return { ...newProject(), tracks: [track], returns: [group] } as unknown as Project
}

function rackOf(stripId: string) {
  const project = createStore<Project>(song)
  const loaded = {
    id: 'one',
    values: { 'filter.cutoff': 700 },
    effects: [{ id: 'own', type: 'delay', values: { mix: 0.2 } }],
  }
  const sounds = createStore(() => ({ presets: [loaded] }) as unknown as SoundsView)
  const calls: unknown[] = []
  const run = ((id: string, args: object, options?: object) => {
    calls.push([id, args, options?.valueOf()])
    return Promise.resolve()
  }) as Run
  return { rack: stripRack(project, sounds, run, stripId), project, calls }
}

test('a value key names the instrument or the effect at its place, whatever their ids', () => {
  const { rack, calls } = rackOf('t')
  rack.setValue('filter.cutoff', 500, 'g')
  rack.setValue('fx2.mix', 0.9)
  expect(calls).toEqual([
    ['device.setValue', { trackId: 't', deviceId: 'i', key: 'filter.cutoff', value: 500 }, { gesture: 'g' }],
    ['device.setValue', { trackId: 't', deviceId: 'x', key: 'mix', value: 0.9 }, { gesture: undefined }],
  ])
})

test('a return has effects alone, and its first is fx1', () => {
  const { rack, calls } = rackOf('r')
  expect(rack.store.getState().patch).toBeNull()
  rack.setValue('fx1.mix', 0.1)
  expect(calls[0]).toMatchObject(['device.setValue', { trackId: 'r', deviceId: 're', key: 'mix' }, {}])
})

test('what plays is of the track; what it goes back to is of the library, and of the device for an effect that was added', () => {
  const { store } = rackOf('t').rack
  const now = store.getState()
  expect(valueOf(now, 'filter.cutoff', CUTOFF)).toBe(900)
  expect(valueOf(now, 'fx1.mix', MIX)).toBe(0.3)
  const own = { preset: now.original, patch: now.originalPatch }
  expect(valueOf(own, 'filter.cutoff', CUTOFF)).toBe(700)
  expect(valueOf(own, 'fx1.mix', MIX)).toBe(0.2)
  expect(valueOf(own, 'fx2.mix', MIX)).toBe(0.5)
})

test('the state is the same object until the devices change, and stays when the track goes', () => {
  const { rack, project } = rackOf('t')
  const first = rack.store.getState()
  project.setState({ name: 'Other' })
  expect(rack.store.getState()).toBe(first)
  project.setState({ tracks: [] })
  expect(rack.store.getState()).toBe(first)
  project.setState({ tracks: [{ ...song().tracks[0]!, devices: [] }] })
  expect(rack.store.getState()).not.toBe(first)
})
