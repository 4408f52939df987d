// Recordings by command: dropped, put on devices and sounds, undone, carried by exported files (Node; the engine records).
import { expect, test } from 'vitest'
import { testWav } from '../presets/assets/testWav.ts'
import { exportPresets } from '../presets/own.ts'
import { songAssets, soundAssets } from '../presets/assets/named.ts'
import { samplerPreset } from '../presets/assets/fromAudio.ts'
import { createAssets } from '../project/assets.ts'
import { memoryStorage } from '../project/memory.ts'
import { projectText, readProjectText } from '../project/text.ts'
import { soundsOfAudio, splitAudio } from './audioFiles.ts'
import { embedAssets, EMBEDDED_BYTES, keepEmbedded } from './embedded.ts'
import { testApp } from './testApp.ts'

const wav = (hz: number, frames = 20_000) =>
  testWav([Float32Array.from({ length: frames }, (_, i) => 0.5 * Math.sin((2 * Math.PI * hz * i) / 44100))], 44100, {})
const file = (name: string, bytes: Uint8Array<ArrayBuffer>) => new File([bytes], name)
const desk = () => createAssets(memoryStorage(), () => undefined)

test('audio is told from presets by its content, and becomes a preset that names it', async () => {
  const { context } = testApp()
  const files = [
    file('Flute.wav', wav(440)),
    file('two.json', new TextEncoder().encode('{"a":1}')),
    file('x.mp3', wav(440)),
  ]
  const { audio, others } = await splitAudio(files)
  expect([audio.map(({ name }) => name), others.map(({ name }) => name)]).toEqual([
    ['Flute.wav', 'x.mp3'],
    ['two.json'],
  ])
  const [made] = (await soundsOfAudio(context, [audio[0]!])).files
  const { presets } = JSON.parse(await made!.text()) as { presets: { name: string; patch: never }[] }
  expect(presets[0]!.name).toBe('Flute')
  const [id] = soundAssets({ patch: presets[0]!.patch })
  expect(context.assets.store.getState().known.get(id!)).toMatchObject({ name: 'Flute', kind: 'sample' })
})

test('what cannot be read is said, with the limit that it breaks', async () => {
  const { context } = testApp()
  const long = file('Long.wav', testWav([new Float32Array(5_000_000)], 44100, {}))
  const { files, refused } = await soundsOfAudio(context, [long])
  expect(files).toEqual([])
  expect(refused[0]).toMatchObject({ file: { name: 'Long.wav' }, error: { code: 'limit-exceeded' } })
  const [notice] = context.notices.store.getState().notices
  expect(notice).toMatchObject({ kind: 'error', fact: expect.stringContaining('Long.wav') as string })
  expect(notice!.consequence).toContain('95.1 s of mono at 44100 Hz')
})

test('an effect takes a recording of its kind, undo takes it back, others are refused by name', async () => {
  const { context, run } = testApp()
  const { trackId } = await run('track.add', {})
  const { deviceId } = await run('device.add', { trackId, type: 'convolution' })
  const { assetId } = await run('asset.import', { file: file('Hall.wav', wav(300)), kind: 'impulse' })
  const held = () => context.stores.project.getState().tracks[0]!.devices.find(({ id }) => id === deviceId)!.asset
  await run('device.setAsset', { trackId, deviceId, asset: assetId })
  expect(held()).toBe(assetId)
  expect(songAssets(context.stores.project.getState())).toEqual([assetId])
  // A file of the project brings it to another device.
  const { json, left } = await embedAssets(projectText(context.stores.project.getState()), [assetId], context.assets)
  expect(left).toEqual([])
  const there = desk()
  expect(readProjectText(await keepEmbedded(json, there))).toEqual(context.stores.project.getState())
  expect(await there.read(assetId)).toEqual(await context.assets.read(assetId))
  await run('history.undo', {})
  expect(held()).toBeUndefined()

  const sample = await run('asset.import', { file: file('Flute.wav', wav(440)), kind: 'sample' })
  await expect(run('device.setAsset', { trackId, deviceId, asset: sample.assetId })).rejects.toMatchObject({
    code: 'invalid-argument',
    field: 'asset',
  })
  await expect(run('device.setAsset', { trackId, deviceId, asset: 'as-0000000000000000' })).rejects.toMatchObject({
    code: 'unknown-id',
  })
  const { deviceId: delay } = await run('device.add', { trackId, type: 'delay' })
  await expect(run('device.setAsset', { trackId, deviceId: delay, asset: assetId })).rejects.toMatchObject({
    code: 'invalid-argument',
  })
})

test('a preset file carries its recordings; damaged or changed ones are not taken', async () => {
  const here = desk()
  const { context } = testApp()
  const [made] = (await soundsOfAudio({ ...context, assets: here }, [file('Flute.wav', wav(440))])).files
  const plain = await made!.text()
  const [id] = [...here.store.getState().known.keys()]
  const { json } = await embedAssets(plain, [id!], here)
  const there = desk()
  expect(JSON.parse(await keepEmbedded(json, there))).toEqual(JSON.parse(plain))
  expect(await there.read(id!)).toEqual(await here.read(id!))
  const other = desk()
  const changed = json.replace(/"base64":"(.{40})./, (_, first: string) => `"base64":"${first}A`)
  await keepEmbedded(changed.replace('"base64":"', '"base64":"AAAA'), other)
  expect(await other.read(id!)).toBeNull()
  expect(await keepEmbedded('no json "assets":', other)).toBe('no json "assets":')
})

test('recordings beyond the room of a file stay out, and are named', async () => {
  const entry = { id: 'as-0000000000000001', name: 'Huge', kind: 'sample', seconds: 1, channels: 1 } as const
  const huge = {
    store: { getState: () => ({ known: new Map([[entry.id, entry]]) }) } as never,
    read: () => Promise.resolve(new Uint8Array(EMBEDDED_BYTES + 1)),
  }
  const preset = samplerPreset('Huge', entry.id, { bytes: new Uint8Array(0), seconds: 1, rootKey: 60 }, false)
  const text = exportPresets([preset])
  expect(await embedAssets(text, [entry.id], huge)).toEqual({ json: text, left: ['Huge'] })
})
