// Behaviour of the commands that connect strips: groups, buses, outputs, side chains, feedback (Node).
import { describe, expect, it } from 'vitest'
import { parseProject } from '../project/parse.ts'
import { testApp, type TestApp } from './testApp.ts'

const project = ({ stores }: TestApp) => stores.project.getState()
const names = (app: TestApp): string[] => project(app).tracks.map(({ name }) => name)
const outputs = (app: TestApp): Record<string, string | undefined> => {
  const { tracks } = project(app)
  return Object.fromEntries(tracks.map(({ name, output }) => [name, tracks.find(({ id }) => id === output)?.name]))
}

async function threeTracks() {
  const app = testApp()
  const ids: string[] = []
  for (const name of ['Kick', 'Snare', 'Bass']) ids.push((await app.run('track.add', { name })).trackId)
  return { app, run: app.run, ids, kick: ids[0]!, snare: ids[1]!, bass: ids[2]! }
}

describe('groups', () => {
  it('stand where their first track stood, and carry the tracks after them', async () => {
    const { app, run, snare, bass, kick } = await threeTracks()
    const { groupId } = await run('track.group', { trackIds: [bass, snare], name: 'Low' })
    expect(names(app)).toEqual(['Kick', 'Low', 'Snare', 'Bass'])
    expect(outputs(app)).toEqual({ Kick: undefined, Low: undefined, Snare: 'Low', Bass: 'Low' })
    expect(app.stores.session.getState().selectedTrackId).toBe(groupId)
    await run('track.group', { trackIds: [kick, groupId], name: 'All' })
    expect(outputs(app)).toEqual({ All: undefined, Kick: 'All', Low: 'All', Snare: 'Low', Bass: 'Low' })
    expect(() => parseProject(project(app))).not.toThrow()
    await run('history.undo', {})
    await run('history.undo', {})
    expect(outputs(app)).toEqual({ Kick: undefined, Snare: undefined, Bass: undefined })
  })
  it('inside a group stay inside it; ungrouping leaves the tracks where the group played', async () => {
    const { app, run, kick, snare } = await threeTracks()
    await run('track.group', { trackIds: [kick, snare], name: 'Drums' })
    const { groupId } = await run('track.group', { trackIds: [snare], name: 'Inner' })
    expect(outputs(app)).toMatchObject({ Inner: 'Drums', Snare: 'Inner' })
    await run('track.ungroup', { groupId })
    expect(outputs(app)).toEqual({ Drums: undefined, Kick: 'Drums', Snare: 'Drums', Bass: undefined })
    await expect(run('track.ungroup', { groupId: kick })).rejects.toMatchObject({ code: 'invalid-argument' })
  })
  it('have no clips and no sound of their own', async () => {
    const { run, kick } = await threeTracks()
    const { groupId } = await run('track.group', { trackIds: [kick] })
    const { clipId } = await run('clip.add', { trackId: kick, startBeat: 0, lengthBeats: 1 })
    for (const refused of [
      run('clip.add', { trackId: groupId, startBeat: 0, lengthBeats: 1 }),
      run('clip.move', { clipId, startBeat: 0, trackId: groupId }),
      run('track.setSound', { trackId: groupId, presetId: 'one' }),
    ])
      await expect(refused).rejects.toMatchObject({ code: 'invalid-argument' })
  })
  it('that are removed let their tracks go to where they played', async () => {
    const { app, run, kick } = await threeTracks()
    const { groupId } = await run('track.group', { trackIds: [kick], name: 'Drums' })
    await run('track.remove', { trackId: groupId })
    expect(outputs(app)).toEqual({ Kick: undefined, Snare: undefined, Bass: undefined })
    expect(() => parseProject(project(app))).not.toThrow()
  })
})

describe('buses', () => {
  it('are found by their names, which are used once', async () => {
    const { app, run, kick } = await threeTracks()
    const { busId } = await run('bus.add', { name: 'Drums' })
    await run('track.setOutput', { trackId: kick, output: busId })
    await expect(run('bus.add', { name: 'Drums' })).rejects.toMatchObject({ code: 'conflict', field: 'name' })
    await run('bus.rename', { name: 'Drums', to: 'Beat' })
    expect(outputs(app)).toMatchObject({ Kick: 'Beat' })
    await expect(run('bus.remove', { name: 'Drums' })).rejects.toMatchObject({ code: 'unknown-id' })
    await run('bus.remove', { name: 'Beat' })
    expect(outputs(app)).toEqual({ Kick: undefined, Snare: undefined, Bass: undefined })
  })
})

describe('circles', () => {
  it('are refused by name: outputs', async () => {
    const { app, run, kick } = await threeTracks()
    const { groupId: inner } = await run('track.group', { trackIds: [kick], name: 'Drums' })
    const { groupId: outer } = await run('track.group', { trackIds: [inner], name: 'Bus A' })
    const before = project(app)
    await expect(run('track.setOutput', { trackId: outer, output: inner })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/Drums → Bus A → Drums|Bus A → Drums → Bus A/) as string,
    })
    await expect(run('track.setOutput', { trackId: inner, output: inner })).rejects.toMatchObject({ code: 'conflict' })
    await expect(run('track.setOutput', { trackId: inner, output: kick })).rejects.toMatchObject({ field: 'output' })
    expect(project(app)).toBe(before)
    await run('track.setOutput', { trackId: inner, output: 'master' })
    expect(outputs(app)).toMatchObject({ Drums: undefined })
  })
  it('are refused by name: sends; feedback sends may close them', async () => {
    const { app, run } = await threeTracks()
    const { returnId: room } = await run('track.addReturn', { name: 'Room' })
    const { returnId: echo } = await run('track.addReturn', { name: 'Echo' })
    await run('track.setSend', { trackId: room, returnId: echo, gainDb: -6 })
    const back = { trackId: echo, returnId: room, gainDb: -12 }
    await expect(run('track.setSend', back)).rejects.toMatchObject({
      code: 'conflict',
      message: 'The sound would run in a circle: Room → Echo → Room.',
    })
    await run('track.setSend', { ...back, feedback: true })
    expect(project(app).returns[1]!.sends).toEqual([{ returnId: room, gainDb: -12, pre: false, feedback: true }])
    expect(() => parseProject(project(app))).not.toThrow()
    await run('track.removeReturn', { returnId: room })
    expect(project(app).returns[0]!.sends).toEqual([])
  })
})

describe('racks', () => {
  async function rackApp() {
    const { app, run, bass: trackId } = await threeTracks()
    const { deviceId, branchIds } = await run('rack.add', { trackId })
    const rack = () => project(app).tracks.find(({ id }) => id === trackId)!.devices[0]!
    return { app, run, trackId, rackId: deviceId, branchIds, rack }
  }
  it('have branches, each with effects, values and a name of its own', async () => {
    const { app, run, trackId, branchIds, rack } = await rackApp()
    const [first, second] = branchIds
    const { deviceId: chorus } = await run('device.add', { trackId, type: 'chorus', branchId: second! })
    const { deviceId: delay } = await run('device.add', { trackId, type: 'delay', branchId: second!, index: 0 })
    await run('device.setValue', { trackId, deviceId: delay, key: 'mix', value: 0.25 })
    await run('device.setValue', { trackId, deviceId: first!, key: 'gain', value: -12 })
    await run('device.setBypass', { trackId, deviceId: chorus, bypass: true })
    await run('rack.renameBranch', { trackId, branchId: first!, name: 'Dry' })
    expect(rack().branches).toMatchObject([
      { name: 'Dry', values: { gain: -12 }, devices: [] },
      {
        name: 'Branch 2',
        devices: [
          { type: 'delay', values: { mix: 0.25 } },
          { type: 'chorus', bypass: true },
        ],
      },
    ])
    await run('device.move', { trackId, deviceId: chorus, index: 0 })
    expect(rack().branches![1]!.devices.map(({ type }) => type)).toEqual(['chorus', 'delay'])
    expect(() => parseProject(project(app))).not.toThrow()
    for (let count = 0; count < 4; count++) await run('history.undo', {})
    expect(rack().branches![0]).toMatchObject({ values: {} })
  })
  it('lose the lanes of what goes, and are copied under new ids', async () => {
    const { app, run, trackId, rackId, branchIds, rack } = await rackApp()
    const { deviceId } = await run('device.add', { trackId, type: 'delay', branchId: branchIds[0]! })
    for (const target of [`${deviceId}.mix`, `${branchIds[0]!}.gain`, `${branchIds[1]!}.pan`, `${rackId}.mix`])
      await run('automation.add', { trackId, target })
    const lanes = () =>
      project(app)
        .tracks.find(({ id }) => id === trackId)!
        .automation.map(({ target }) => target)
    const { trackId: copyId } = await run('track.duplicate', { trackId })
    const copy = project(app).tracks.find(({ id }) => id === copyId)!
    expect(copy.automation.map(({ target }) => target)).toContain(`${copy.devices[0]!.branches![0]!.id}.gain`)
    expect(() => parseProject(project(app))).not.toThrow()
    await run('rack.removeBranch', { trackId, branchId: branchIds[0]! })
    expect(lanes()).toEqual([`${branchIds[1]!}.pan`, `${rackId}.mix`])
    await expect(run('rack.removeBranch', { trackId, branchId: branchIds[1]! })).rejects.toMatchObject({
      code: 'invalid-argument',
    })
    await run('device.remove', { trackId, deviceId: rackId })
    expect(lanes()).toEqual([])
    await run('history.undo', {})
    expect(rack().branches).toHaveLength(1)
  })
  it('do not nest, and have at most eight branches', async () => {
    const { run, trackId, rackId, branchIds } = await rackApp()
    for (const type of ['rack', 'branch'])
      await expect(run('device.add', { trackId, type, branchId: branchIds[0]! })).rejects.toMatchObject({
        code: 'unknown-id',
      })
    for (let count = 2; count < 8; count++) await run('rack.addBranch', { trackId, rackId })
    await expect(run('rack.addBranch', { trackId, rackId })).rejects.toMatchObject({ code: 'limit-exceeded' })
  })
  it('are refused in a file that breaks their rules', async () => {
    const { app, rack } = await rackApp()
    const with_ = (change: object) => {
      const { tracks } = project(app)
      return {
        ...project(app),
        tracks: tracks.map((one) => (one.devices[0] ? { ...one, devices: [{ ...rack(), ...change }] } : one)),
      }
    }
    expect(() => parseProject(with_({}))).not.toThrow()
    const [branch] = rack().branches!
    const nested = { ...rack(), id: 'inner' }
    for (const change of [
      { branches: [] },
      { type: 'delay' },
      { branches: [{ ...branch!, devices: [nested] }] },
      { branches: [{ ...branch!, values: { gain: 99 } }] },
      { branches: [branch!, branch!] },
    ])
      expect(() => parseProject(with_(change))).toThrow(expect.objectContaining({ code: 'parse-failed' }))
  })
})

describe('side chains', () => {
  it('hear a track or return, lose it when it goes, and close no circle', async () => {
    const { app, run, kick, bass } = await threeTracks()
    const { deviceId } = await run('device.add', { trackId: bass, type: 'compressor' })
    const { deviceId: other } = await run('device.add', { trackId: kick, type: 'compressor' })
    const { deviceId: delay } = await run('device.add', { trackId: bass, type: 'delay' })
    await run('device.setSidechain', { trackId: bass, deviceId, source: kick, pre: true })
    const device = () => project(app).tracks.find(({ id }) => id === bass)!.devices[0]!
    expect(device().sidechain).toEqual({ source: kick, pre: true })
    await expect(run('device.setSidechain', { trackId: kick, deviceId: other, source: bass })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('Kick → Bass → Kick') as string,
    })
    await expect(run('device.setSidechain', { trackId: bass, deviceId: delay, source: kick })).rejects.toMatchObject({
      code: 'invalid-argument',
    })
    await run('track.remove', { trackId: kick })
    expect(device()).not.toHaveProperty('sidechain')
    expect(() => parseProject(project(app))).not.toThrow()
    await run('history.undo', {})
    expect(device().sidechain).toEqual({ source: kick, pre: true })
    await run('device.setSidechain', { trackId: bass, deviceId, source: null })
    expect(device()).not.toHaveProperty('sidechain')
  })
})
