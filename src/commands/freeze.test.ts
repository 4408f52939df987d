// Freezing by command: what is rendered and kept, what a frozen track refuses, undo, cancel, limits (Node; the engine hands out a recording).
import { beforeEach, expect, test } from 'vitest'
import { encodeAsset } from '../presets/assets/record.ts'
import { parseProject } from '../project/parse.ts'
import { playsFrozen } from '../project/song/frozen.ts'
import { projectText, readProjectText } from '../project/text.ts'
import type { EnginePort, FreezeOptions, FreezeSpec, FrozenTrack } from './context.ts'
import { testApp, type TestApp } from './testApp.ts'

let app: TestApp
let asked: FreezeSpec[]
let trackId: string
let finish: () => void
let options: FreezeOptions | undefined
const project = () => app.context.stores.project.getState()
const track = () => project().tracks.find(({ id }) => id === trackId)!
const plays = () => playsFrozen(project(), track())
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error,
  )

beforeEach(async () => {
  app = testApp()
  asked = []
  let done: Promise<void> = Promise.resolve()
  const engine: { -readonly [Key in keyof EnginePort]: EnginePort[Key] } = app.context.engine
  engine.freezeTrack = async (spec, given): Promise<FrozenTrack> => {
    asked.push(spec)
    options = given
    await done
    if (given?.signal?.aborted) throw Object.assign(new Error('Cancelled'), { code: 'cancelled' })
    const left = Float32Array.from({ length: 4800 }, (_, frame) => Math.sin(frame))
    return { bytes: encodeAsset({ kind: 'recording', sampleRate: 48000, channels: [left] }), lead: 2, diagnostics: [] }
  }
  ;({ trackId } = await app.run('track.add', { presetId: 'one', name: 'Pad' }))
  await app.run('clip.add', { trackId, startBeat: 1, lengthBeats: 4, notes: [NOTE] })
  done = new Promise((resolve) => (finish = resolve))
})
const NOTE = { beat: 0, lengthBeats: 1, note: 60, velocity: 0.8 }
const freeze = () => {
  finish()
  return app.run('track.freeze', { trackId })
}

test('keeps the recording, plays it, is saved, and is one step back', async () => {
  const before = track()
  const { asset } = await freeze()
  expect(asked[0]).toMatchObject({ trackId, sampleRate: 48000, seed: 0, mostBytes: 64 * 2 ** 20 })
  expect(track().frozen).toMatchObject({ asset, lead: 2 })
  expect(plays()).toBe(true)
  expect(app.context.assets.store.getState().known.get(asset)).toMatchObject({
    kind: 'recording',
    name: 'Pad (frozen)',
  })
  expect(parseProject(readProjectText(projectText(project())))).toEqual(project())
  await app.run('history.undo', {})
  expect(track()).toEqual(before)
  await app.run('history.redo', {})
  expect(plays()).toBe(true)
  await app.run('track.unfreeze', { trackId })
  expect(track()).toEqual(before)
})

test('a frozen track refuses what its recording holds, and takes the rest', async () => {
  await freeze()
  const frozen = project()
  const { clips, devices } = track()
  const [sound, echo] = devices
  const edits: (() => Promise<unknown>)[] = [
    () => app.run('clip.add', { trackId, startBeat: 8, lengthBeats: 4, notes: [NOTE] }),
    () => app.run('clip.remove', { clipId: clips[0]!.id }),
    () => app.run('clip.move', { clipId: clips[0]!.id, startBeat: 2 }),
    () => app.run('device.setValue', { trackId, deviceId: sound!.id, key: 'filter.cutoff', value: 500 }),
    () => app.run('device.setBypass', { trackId, deviceId: echo!.id, bypass: true }),
    () => app.run('device.add', { trackId, type: 'reverb' }),
    () => app.run('track.setSound', { trackId, presetId: 'two' }),
  ]
  for (const edit of edits) {
    expect(await refusal(edit())).toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('“Pad” is frozen') as string,
      hint: expect.stringContaining('track.unfreeze') as string,
    })
    expect(project()).toBe(frozen)
  }
  await app.run('track.setGain', { trackId, gainDb: -6 })
  await app.run('track.rename', { trackId, name: 'Strings' })
  await app.run('clip.rename', { clipId: clips[0]!.id, name: 'Verse' })
  const { returnId } = await app.run('track.addReturn', {})
  await app.run('track.setSend', { trackId, returnId, gainDb: -3 })
  await app.run('automation.add', { trackId, target: 'gain' })
  expect(plays()).toBe(true)
  // A copy plays live and can be changed.
  const copy = await app.run('track.duplicate', { trackId })
  await app.run('device.add', { trackId: copy.trackId, type: 'reverb' })
})

test('another tempo plays the track live until it is the old one again', async () => {
  await freeze()
  await app.run('transport.setTempo', { bpm: 90 })
  expect(plays()).toBe(false)
  // Then it can be frozen anew.
  await app.run('history.undo', {})
  expect(plays()).toBe(true)
  expect(await refusal(app.run('track.freeze', { trackId }))).toMatchObject({ code: 'conflict' })
})

test('says how far it is, and ends when it is cancelled', async () => {
  const work = refusal(app.run('track.freeze', { trackId }))
  const { freezes } = app.context
  options!.onProgress!(0.4)
  expect(freezes.store.getState().running.get(trackId)).toBe(0.4)
  expect(await refusal(app.run('track.freeze', { trackId }))).toMatchObject({ code: 'conflict' })
  expect(await app.run('track.cancelFreeze', { trackId })).toEqual({ trackId, cancelled: true })
  finish()
  expect(await work).not.toBeNull()
  expect([freezes.store.getState().running.size, track().frozen]).toEqual([0, undefined])
  expect(await app.run('track.cancelFreeze', { trackId })).toEqual({ trackId, cancelled: false })
})

test('a track that changed meanwhile, a group and an empty track are refused', async () => {
  const work = refusal(app.run('track.freeze', { trackId }))
  await app.run('device.add', { trackId, type: 'reverb' })
  finish()
  expect(await work).toMatchObject({ code: 'conflict', message: expect.stringContaining('changed while') as string })
  expect(track().frozen).toBeUndefined()
  const { groupId } = await app.run('track.group', { trackIds: [trackId] })
  expect(await refusal(app.run('track.freeze', { trackId: groupId }))).toMatchObject({ code: 'invalid-argument' })
  const empty = await app.run('track.add', { presetId: 'one' })
  expect(await refusal(app.run('track.freeze', { trackId: empty.trackId }))).toMatchObject({ code: 'conflict' })
  expect(await refusal(app.run('track.unfreeze', { trackId }))).toMatchObject({ code: 'conflict' })
})

test('each recording leaves less room for the next', async () => {
  await freeze()
  const second = await app.run('track.duplicate', { trackId })
  await app.run('track.freeze', { trackId: second.trackId })
  expect(asked[1]!.mostBytes).toBe(64 * 2 ** 20 - 4800 * 4)
})

test('documents whose frozen tracks cannot be are refused by field', async () => {
  await freeze()
  const stored = JSON.parse(projectText(project())) as { tracks: Record<string, unknown>[] }
  const wrong = (change: (track: Record<string, unknown>) => void): unknown => {
    const copy = structuredClone(stored)
    change(copy.tracks[0]!)
    try {
      return parseProject(copy)
    } catch (error) {
      return (error as { field: string }).field
    }
  }
  expect(wrong((one) => (one.frozen = { asset: '../../x', lead: 0, of: 'k' }))).toBe('/tracks/0/frozen/asset')
  expect(wrong((one) => (one.frozen = { asset: 'as-0123456789abcdef', lead: -1, of: 'k' }))).toBe(
    '/tracks/0/frozen/lead',
  )
  expect(wrong((one) => (one.devices = []))).toBe('/tracks/0/frozen')
  expect(wrong((one) => Object.assign((one.devices as object[])[1]!, { type: 'playback', values: {} }))).toBe(
    '/tracks/0/devices/1/type',
  )
})

test('its recording travels in the project file; where it did not, the track opens live, and that is said', async () => {
  const { asset } = await freeze()
  const { json } = await app.run('project.exportJson', {})
  const opened = async (text: string) => {
    const there = testApp()
    await there.run('project.importJson', { json: text })
    const [pad] = there.stores.project.getState().tracks
    return { pad: pad!, notices: there.context.notices.store.getState().notices, assets: there.context.assets }
  }
  const whole = await opened(json)
  expect(whole.pad.frozen).toEqual(track().frozen)
  expect(whole.notices).toEqual([])
  expect(await whole.assets.read(asset)).toEqual(await app.context.assets.read(asset))

  const bare = JSON.parse(json) as { assets?: object }
  expect(Object.keys(bare.assets!)).toEqual([asset])
  delete bare.assets
  const { frozen: _, ...live } = track()
  const torn = await opened(JSON.stringify(bare))
  expect(torn.pad).toEqual(live)
  expect(torn.notices.map(({ fact }) => fact)).toEqual(['Not frozen any more: “Pad”'])

  // What it no longer plays is not carried.
  await app.run('transport.setTempo', { bpm: 90 })
  const stale = (await app.run('project.exportJson', {})).json
  expect(stale).not.toContain('base64')
})
