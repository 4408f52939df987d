// Behaviour of the commands that edit and play the song (Node; the engine only records).
import { describe, expect, it } from 'vitest'
import { TICKS_PER_BEAT } from '../compile/song.ts'
import { readUndoable } from '../project/stores.ts'
import { testApp, type TestApp } from './testApp.ts'

const beats = (count: number): number => count * TICKS_PER_BEAT
const project = ({ stores }: TestApp) => stores.project.getState()

/** One track with the sound "one", one clip of four beats with two notes, one return. */
async function songApp() {
  const app = testApp()
  const { trackId } = await app.run('track.add', { presetId: 'one' })
  const { returnId } = await app.run('track.addReturn', { name: 'Hall' })
  const notes = [
    { beat: 0, lengthBeats: 1, note: 60, velocity: 0.5 },
    { beat: 1.5, lengthBeats: 2, note: 64, velocity: 1 },
  ]
  const { clipId } = await app.run('clip.add', { trackId, startBeat: 4, lengthBeats: 4, notes })
  const noteIds = project(app).tracks[0]!.clips[0]!.notes.map(({ id }) => id)
  app.calls.length = 0
  return { ...app, app, trackId, returnId, clipId, noteIds }
}
const trackOf = (app: TestApp) => project(app).tracks[0]!
const clipOf = (app: TestApp) => trackOf(app).clips[0]!

describe('expressions of notes', () => {
  it('are replaced kind by kind, sorted, in one step that undo takes back', async () => {
    const { app, clipId, noteIds } = await songApp()
    const points = [
      { beat: 0.5, value: -1 },
      { beat: 0, value: 2 },
    ]
    await app.run('note.setExpression', { clipId, noteIds, kind: 'tuning', points })
    await app.run('note.setExpression', {
      clipId,
      noteIds: noteIds.slice(0, 1),
      kind: 'pressure',
      points: [{ beat: 0.25, value: 1 }],
    })
    const told = (): unknown[] =>
      clipOf(app).notes.map(({ expression }) => expression?.map(({ tick, kind, value }) => [tick, kind, value]))
    const tuning = [
      [0, 'tuning', 2],
      [beats(0.5), 'tuning', -1],
    ]
    expect(told()).toEqual([[tuning[0], [beats(0.25), 'pressure', 1], tuning[1]], tuning])
    await app.run('note.setExpression', { clipId, noteIds, kind: 'tuning', points: [] })
    expect(told()).toEqual([[[beats(0.25), 'pressure', 1]], undefined])
    await app.run('history.undo', {})
    expect(told()[1]).toEqual(tuning)
  })
  it('are refused out of range, and more than a note holds', async () => {
    const { app, clipId, noteIds } = await songApp()
    const set = (points: object[]) => app.run('note.setExpression', { clipId, noteIds, kind: 'pan', points })
    await expect(set([{ beat: 0, value: -1.5 }])).rejects.toMatchObject({ field: 'points.0.value' })
    await expect(set(Array(4097).fill({ beat: 0, value: 0 }))).rejects.toMatchObject({ code: 'limit-exceeded' })
    expect(clipOf(app).notes[0]!.expression).toBeUndefined()
  })
})

describe('the transport', () => {
  it('plays with the count-in of the session, pauses, stops', async () => {
    const app = testApp()
    const { run, calls } = app
    await run('transport.setCountIn', { bars: 2 })
    app.place = { status: 'counting-in', countInLeft: 8 }
    await expect(run('transport.play', {})).resolves.toMatchObject({ status: 'counting-in', countInLeft: 8, bpm: 120 })
    await run('transport.pause', {})
    await run('transport.stop', {})
    expect(calls).toEqual(['play 2', 'pause', 'stop'])
  })
  it('plays the demo where nothing has been made yet, and then what has been made', async () => {
    const fresh = testApp()
    const { id } = fresh.stores.project.getState()
    await fresh.run('transport.toggle', {})
    expect(fresh.stores.project.getState().id).not.toBe(id)
    expect(fresh.calls).toContain('play 0')
    const counting = testApp()
    await counting.run('transport.setMetronome', { enabled: true })
    const made = testApp()
    await made.run('transport.setTempo', { bpm: 90 })
    for (const app of [counting, made]) {
      const { id } = app.stores.project.getState()
      await app.run('transport.toggle', {})
      expect(app.stores.project.getState().id).toBe(id)
      expect(app.calls.at(-1)).toBe('play 0')
    }
  })
  it('toggles by what the engine says', async () => {
    const app = testApp()
    await app.run('track.add', {})
    app.calls.length = 0
    await app.run('transport.toggle', {})
    app.place = { status: 'counting-in', beatPos: 0 }
    await app.run('transport.toggle', {})
    expect(app.calls).toEqual(['play 0', 'pause'])
  })
  it('seeks to whole ticks and frames, and takes one place only', async () => {
    const { run, calls } = testApp()
    await run('transport.seek', { beats: 2.5 })
    await run('transport.seek', { seconds: 0.5 })
    await run('transport.seek', { frames: 7 })
    expect(calls).toEqual([`seek ${String(beats(2.5))} ticks`, 'seek 24000 frames', 'seek 7 frames'])
    for (const args of [{}, { beats: 1, frames: 1 }])
      await expect(run('transport.seek', args)).rejects.toMatchObject({ code: 'invalid-argument' })
  })
  it('refuses a place after the end of any song, which depends on the tempo', async () => {
    const app = testApp()
    // 432 000 beats: 24 hours at 300 bpm.
    await app.run('transport.setTempo', { bpm: 300 })
    await app.run('transport.seek', { seconds: 24 * 3600 })
    await expect(app.run('transport.seek', { seconds: 24 * 3600 + 1 })).rejects.toMatchObject({ field: 'seconds' })
    await app.run('transport.setTempo', { bpm: 150 })
    await app.run('transport.seek', { seconds: 24 * 3600 + 1 })
    expect(app.calls).toHaveLength(2)
  })
  it('keeps metronome and count-in in the session: undo leaves them alone', async () => {
    const app = testApp()
    await app.run('transport.setMetronome', { enabled: true, gainDb: -6 })
    expect(app.stores.session.getState().metronome).toEqual({ on: true, gainDb: -6 })
    await expect(app.run('history.undo', {})).resolves.toEqual({ done: null })
  })
})

describe('the timeline', () => {
  it('sets the tempo of the stretch under the playhead', async () => {
    const app = testApp()
    await app.run('transport.addTempo', { beat: 8, bpm: 90, ramp: true })
    app.place = { status: 'playing', beatPos: 9 }
    await expect(app.run('transport.setTempo', { bpm: 100 })).resolves.toEqual({ bpm: 100, beat: 8 })
    app.place = { status: 'playing', beatPos: 7.99 }
    await app.run('transport.setTempo', { bpm: 140 })
    expect(project(app).tempoMap).toEqual([
      { tick: 0, bpm: 140, ramp: false },
      { tick: beats(8), bpm: 100, ramp: true },
    ])
    await app.run('transport.removeTempo', { beat: 8 })
    await expect(app.run('transport.removeTempo', { beat: 0 })).rejects.toMatchObject({ code: 'unknown-id' })
  })
  it('keeps every time signature at a bar line of the one before', async () => {
    const app = testApp()
    await app.run('transport.setTimeSignature', { numerator: 3, denominator: 4, beat: 9 })
    expect(project(app).signatures.map(({ tick }) => tick)).toEqual([0, beats(8)])
    await app.run('transport.setTimeSignature', { numerator: 7, denominator: 8 })
    expect(project(app).signatures).toEqual([
      { tick: 0, numerator: 7, denominator: 8 },
      { tick: beats(7), numerator: 3, denominator: 4 },
    ])
  })
  it('sets what is given of the loop, and refuses one that ends before it starts', async () => {
    const { run } = testApp()
    await run('transport.setLoop', { startBeat: 4, endBeat: 8 })
    await expect(run('transport.setLoop', { enabled: true })).resolves.toEqual({
      startBeat: 4,
      endBeat: 8,
      enabled: true,
    })
    await expect(run('transport.setLoop', { endBeat: 4 })).rejects.toMatchObject({ field: 'endBeat' })
    await expect(run('transport.setLoop', { startBeat: 9 })).rejects.toMatchObject({ field: 'startBeat' })
  })
})

describe('tracks', () => {
  it('take a copy of a sound, its name, its colour and its level', async () => {
    const { app } = await songApp()
    const { name, colour, devices } = trackOf(app)
    expect([name, colour]).toEqual(['Sound one', 7])
    expect(devices).toMatchObject([
      { kind: 'instrument', presetId: 'one', gainDb: -3, patch: { version: 1 }, values: { 'filter.resonance': 0.3 } },
      { kind: 'effect', type: 'delay', values: { time: 0.3 } },
    ])
    expect(app.stores.session.getState().selectedTrackId).toBe(trackOf(app).id)
  })
  it('take the edits of the sound on the strip along, and keep them when those are reverted', async () => {
    const app = testApp()
    await app.run('audition.select', { presetId: 'one' })
    await app.run('audition.setValue', { key: 'filter.cutoff', value: 1200 })
    await app.run('track.add', { presetId: 'one' })
    await app.run('audition.revert', {})
    expect(trackOf(app).devices[0]!.values['filter.cutoff']).toBe(1200)
  })
  it('lose the lanes of devices that are replaced, and get them back by undo', async () => {
    const { app, run, trackId } = await songApp()
    const [instrument, echo] = trackOf(app).devices
    for (const target of ['gain', `${instrument!.id}.filter.cutoff`, `${echo!.id}.mix`, `${echo!.id}.bypass`])
      await run('automation.add', { trackId, target })
    const before = trackOf(app)
    await run('track.setSound', { trackId, presetId: 'two' })
    expect(trackOf(app).automation.map(({ target }) => target)).toEqual(['gain'])
    await run('history.undo', {})
    expect(trackOf(app)).toEqual(before)
  })
  it('are copied under new ids, with lanes that move the copies', async () => {
    const { app, run, trackId } = await songApp()
    await run('automation.add', { trackId, target: `${trackOf(app).devices[1]!.id}.mix` })
    await run('track.duplicate', { trackId })
    const [one, copy] = project(app).tracks
    expect(copy!.automation[0]!.target).toBe(`${copy!.devices[1]!.id}.mix`)
    const ids = (track: typeof one) =>
      [track!, ...track!.devices, ...track!.clips, ...track!.automation].map(({ id }) => id)
    expect(new Set([...ids(one), ...ids(copy)]).size).toBe(2 * ids(one).length)
  })
  it('send to returns; removing the return removes what went there', async () => {
    const { app, run, trackId, returnId } = await songApp()
    await run('track.setSend', { trackId, returnId, gainDb: -12 })
    await run('automation.add', { trackId, target: `send:${returnId}` })
    await run('track.setGain', { trackId: returnId, gainDb: -3 })
    expect(project(app).returns[0]).toMatchObject({ name: 'Hall', gainDb: -3 })
    await run('track.removeReturn', { returnId })
    expect(trackOf(app)).toMatchObject({ sends: [], automation: [] })
    await run('history.undo', {})
    expect(trackOf(app).sends).toEqual([{ returnId, gainDb: -12, pre: false }])
  })
  it('are no longer selected when they are removed', async () => {
    const { app, run, trackId } = await songApp()
    await run('track.remove', { trackId })
    expect(app.stores.session.getState().selectedTrackId).toBeNull()
  })
  it('are at most as many as the engine has strips for', async () => {
    const app = testApp()
    for (let count = 0; count < 64; count++) await app.run('track.add', {})
    await expect(app.run('track.add', {})).rejects.toMatchObject({ code: 'limit-exceeded', value: 65 })
  })
  it('turn a drag of a fader into one step', async () => {
    const { app, run, trackId } = await songApp()
    const depth = app.context.history.depth()
    for (const gainDb of [-1, -2, -3]) await run('track.setGain', { trackId, gainDb }, { gesture: 'g' })
    expect(app.context.history.depth()).toBe(depth + 1)
    await run('history.undo', {})
    expect(trackOf(app).gainDb).toBe(0)
  })
})

describe('clips and notes', () => {
  it('split with their notes and with the controllers as they stand', async () => {
    const { app, run, clipId } = await songApp()
    await run('clip.setControls', { clipId, controller: 'wheel', points: [{ beat: 0.5, value: 0.25 }] })
    await run('clip.split', { clipId, beat: 6 })
    const [first, second] = trackOf(app).clips
    expect(first).toMatchObject({ lengthTicks: beats(2), notes: [{ note: 60 }, { note: 64, lengthTicks: beats(0.5) }] })
    expect(second).toMatchObject({
      startTick: beats(6),
      lengthTicks: beats(2),
      notes: [],
      controls: [{ tick: 0, value: 0.25 }],
    })
  })
  it('move between tracks and along the song', async () => {
    const { app, run, clipId } = await songApp()
    const { trackId } = await run('track.add', { name: 'Other' })
    await expect(run('clip.move', { clipId, startBeat: 0, trackId })).resolves.toMatchObject({ trackId, startBeat: 0 })
    expect(project(app).tracks.map(({ clips }) => clips.length)).toEqual([0, 1])
  })
  it('move together or not at all', async () => {
    const { app, run, clipId, noteIds } = await songApp()
    await run('note.move', { clipId, noteIds, beats: 0.5, semitones: 12 })
    expect(clipOf(app).notes.map(({ tick, note }) => [tick, note])).toEqual([
      [beats(0.5), 72],
      [beats(2), 76],
    ])
    const before = readUndoable(app.stores)
    await expect(run('note.move', { clipId, noteIds, beats: -1 })).rejects.toMatchObject({ field: 'beats' })
    await expect(run('note.move', { clipId, noteIds, semitones: 60 })).rejects.toMatchObject({ field: 'semitones' })
    expect(readUndoable(app.stores)).toEqual(before)
  })
  it('keep a drag of many notes as small as one move in the history', async () => {
    const { app, run, clipId, noteIds } = await songApp()
    const before = clipOf(app)
    for (let move = 0; move < 40; move++) {
      await run('note.move', { clipId, noteIds, beats: 0.25, semitones: move % 2 }, { gesture: 'drag' })
    }
    await run('history.undo', {})
    expect(clipOf(app)).toEqual(before)
  })
})

describe('automation', () => {
  it('knows what a track can move, and keeps points in order, one at a beat', async () => {
    const { app, run, trackId } = await songApp()
    const { laneId } = await run('automation.add', { trackId, target: 'pan' })
    for (const [beat, value] of [
      [4, 1],
      [0, -1],
      [4, 0.5],
    ] as const)
      await run('automation.addPoint', { laneId, beat, value })
    expect(trackOf(app).automation[0]!.points.map(({ tick, value }) => [tick, value])).toEqual([
      [0, -1],
      [beats(4), 0.5],
    ])
    await expect(run('automation.addPoint', { laneId, beat: 0, value: 2 })).rejects.toMatchObject({ field: 'value' })
    await expect(run('automation.add', { trackId, target: 'send:nobody' })).rejects.toMatchObject({
      code: 'unknown-id',
      field: 'target',
    })
  })
})

describe('devices', () => {
  it('are added, moved and set on tracks, returns and the master', async () => {
    const { app, run, trackId, returnId } = await songApp()
    const { deviceId } = await run('device.add', { trackId, type: 'eq', index: 0 })
    expect(trackOf(app).devices.map(({ type }) => type)).toEqual(['one', 'eq', 'delay'])
    await run('device.move', { trackId, deviceId, index: 1 })
    expect(trackOf(app).devices.map(({ type }) => type)).toEqual(['one', 'delay', 'eq'])
    const plate = await run('device.add', { trackId: returnId, type: 'plate' })
    await run('device.setValue', { trackId: returnId, deviceId: plate.deviceId, key: 'mix', value: 1 })
    expect(project(app).returns[0]!.devices[0]!.values).toEqual({ mix: 1 })
    await run('device.setValue', { trackId: 'master', deviceId: 'limiter', key: 'ceiling', value: -3 })
    await run('device.setBypass', { trackId: 'master', deviceId: 'limiter', bypass: true })
    expect(project(app).master.limiter).toMatchObject({ values: { ceiling: -3 }, bypass: true })
    await expect(run('device.add', { trackId: 'master', type: 'eq' })).rejects.toMatchObject({ field: 'trackId' })
  })
  it('are refused values that they do not take', async () => {
    const { app, run, trackId } = await songApp()
    const [instrument] = trackOf(app).devices
    const set = (key: string, value: number) =>
      run('device.setValue', { trackId, deviceId: instrument!.id, key, value })
    await expect(set('filter.cutoff', 1e6)).rejects.toMatchObject({ code: 'invalid-argument', field: 'value' })
    await expect(set('no.such', 1)).rejects.toMatchObject({ code: 'unknown-id', field: 'key' })
    await expect(run('device.setBypass', { trackId, deviceId: instrument!.id, bypass: true })).rejects.toMatchObject({
      field: 'deviceId',
    })
  })
})

describe('keys and MIDI', () => {
  it('play the selected track; a sound that is pressed takes them back', async () => {
    const { app, run, trackId } = await songApp()
    await run('note.on', { note: 60, velocity: 1, source: 'midi' })
    await run('audition.select', { presetId: 'one' })
    app.calls.length = 0
    await run('note.on', { note: 64, velocity: 1, source: 'midi' })
    await run('note.off', { note: 60, source: 'midi' })
    await run('note.off', { note: 64, source: 'midi' })
    expect(app.calls).toEqual(['noteOn 64 1', 'track.noteOff 1', 'noteOff 2'])
    await run('input.playTo', { target: 'track' })
    app.calls.length = 0
    await run('note.on', { note: 60, velocity: 0.5, source: 'midi' })
    expect(app.calls).toEqual([`track.noteOn ${trackId} 60 0.5`])
  })
  it('play the sound on the strip where the selected track has no instrument, or is gone', async () => {
    const { app, run, trackId } = await songApp()
    await run('device.remove', { trackId, deviceId: trackOf(app).devices[0]!.id })
    await run('note.on', { note: 60, velocity: 1, source: 'midi' })
    await run('history.undo', {})
    await run('track.remove', { trackId })
    await run('note.on', { note: 62, velocity: 1, source: 'midi' })
    expect(app.calls).toEqual(['noteOn 60 1', 'noteOn 62 1'])
  })
  it('leave no controller behind on what they played before', async () => {
    const { app, run, trackId } = await songApp()
    await run('note.sustain', { down: true })
    await run('note.wheel', { amount: 0.7 })
    await run('note.bend', { amount: 0 })
    await run('audition.select', { presetId: 'one' })
    app.calls.length = 0
    await run('note.on', { note: 60, velocity: 1, source: 'midi' })
    expect(app.calls).toEqual([`track.wheel ${trackId} 0`, `track.sustain ${trackId} false`, 'noteOn 60 1'])
  })
})

describe('the master', () => {
  it('follows the limiter of the document, and the click follows the session', async () => {
    const app = testApp()
    const set = (value: number) =>
      app.run('device.setValue', { trackId: 'master', deviceId: 'limiter', key: 'ceiling', value })
    await set(-3)
    await app.run('history.undo', {})
    await app.run('transport.setMetronome', { enabled: true, gainDb: -6 })
    expect(app.calls).toEqual(['setLimiterValue ceiling -3', 'setLimiterValue ceiling -1', 'metronome true -6'])
    await expect(set(3)).rejects.toMatchObject({ code: 'invalid-argument', field: 'value' })
  })
})

it('a command that changes the song answers when the engine holds it; one that does not answers at once', async () => {
  const app = testApp()
  let arrive: () => void = () => undefined
  const arriving = new Promise<void>((resolve) => (arrive = resolve))
  Object.assign(app.context.engine.song, { settled: () => arriving })
  const answered: string[] = []
  const added = app.run('track.add', {}).then(() => answered.push('track.add'))
  await app.run('transport.seek', { beats: 1 })
  await app.run('history.endGesture', {})
  expect(app.stores.project.getState().tracks).toHaveLength(1)
  expect(answered).toEqual([])
  arrive()
  await added
  expect(answered).toEqual(['track.add'])
})
