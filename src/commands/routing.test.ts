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
