// The audition strip's routing: nothing hangs, nothing overtakes, nothing is built twice (Node, engine by hand).
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Patch } from '../presets/model.ts'
import type { Installed } from '../workers/control/protocol.ts'
import { createAudition, withValue, type StripControl } from './audition.ts'
import type { ProgramInput } from './types.ts'

const patch = { units: {} } as unknown as Patch
const sound = (cutoff: number): ProgramInput => ({
  patch,
  values: { 'filter.cutoff': cutoff },
  effects: [{ id: 'd', kind: 'effect', type: 'delay', values: { mix: 0.3 }, bypass: false }],
  gainDb: 0,
})
const installed: Installed = {
  key: 'k',
  handle: 7,
  cached: false,
  predictedCost: 0,
  latencyFrames: 0,
  tailSeconds: 0,
  missing: [],
  params: { 'filter.cutoff': { device: 0, param: 3 }, 'fx1.mix': { device: 1, param: 2 } },
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** `log` holds what reached the engine, by ring; installs finish when `built` is called. */
function setUp({ running = true } = {}) {
  const log: string[] = []
  const builds: ((error?: Error) => void)[] = []
  const note = (ring: string, text: string): true => (log.push(`${ring}: ${text}`), true)
  const control: StripControl = {
    install: (input, mode, struck) =>
      new Promise((resolve, reject) => {
        note('control', `${mode} ${JSON.stringify(input.values)}${struck ? ` on ${struck.noteId}` : ''}`)
        builds.push((error) => (error ? reject(error) : resolve(installed)))
      }),
    noteOn: async ({ noteId }) => void note('control', `on ${noteId}`),
    noteOff: async (noteId) => void note('control', `off ${noteId}`),
    express: async (noteId, told) => void note('control', `express ${noteId} ${JSON.stringify(told)}`),
  }
  const state = { running, woken: 0 }
  const notices: string[] = []
  const strip = createAudition({
    port: {
      noteOn: ({ noteId }) => note('main', `on ${noteId}`),
      noteOff: (noteId) => note('main', `off ${noteId}`),
      express: (noteId, told) => note('main', `express ${noteId} ${JSON.stringify(told)}`),
      bend: (amount, range) => note('main', `bend ${amount} of ${range}`),
      wheel: (amount) => note('main', `wheel ${amount}`),
      pressure: (amount) => note('main', `pressure ${amount}`),
      timbre: (amount) => note('main', `timbre ${amount}`),
      sustain: (down) => note('main', `sustain ${down}`),
      setParam: (device, param, value) => note('main', `param ${device}.${param} = ${value}`),
      setBypass: (effect, bypass) => note('main', `bypass ${effect} ${bypass}`),
      stripGain: (gainDb) => note('main', `gain ${gainDb}`),
    },
    control: (call) => call(control),
    audioRuns: () => state.running,
    wakeAudio: () => void state.woken++,
    notice: (_kind, text) => void notices.push(text),
    engineValue: (_program, _key, value) => Number(value),
    nowMs: () => Date.now(),
  })
  const built = async (error?: Error): Promise<void> => {
    builds.shift()?.(error)
    await vi.advanceTimersByTimeAsync(0)
  }
  return { strip, log, built, state, notices }
}

test('a press travels as one message, sound and note together', () => {
  const { strip, log } = setUp()
  strip.strike(sound(800), 60, 0.8)
  expect(log).toEqual(['control: switch {"filter.cutoff":800} on 1'])
})

test('the end of a note follows the way of its start, so that it cannot overtake it', async () => {
  const { strip, log, built } = setUp()
  const { noteId } = strip.strike(sound(800), 60, 0.8)
  await built()
  strip.noteOff(noteId)
  strip.noteOff(strip.noteOn(64, 0.8))
  expect(log.slice(1)).toEqual(['control: off 1', 'main: on 2', 'main: off 2'])
})

test('while a sound is being built, notes queue up behind it', () => {
  const { strip, log } = setUp()
  void strip.load(sound(800))
  strip.noteOff(strip.noteOn(64, 0.8))
  expect(log.slice(1)).toEqual(['control: on 1', 'control: off 1'])
})

test('the same sound pressed again is only struck: no build, no crossfade', async () => {
  const { strip, log, built } = setUp()
  strip.strike(sound(800), 60, 0.8)
  await built()
  const { loaded } = strip.strike(sound(800), 60, 0.8)
  expect(log.slice(1)).toEqual(['main: on 2'])
  expect(await loaded).toMatchObject({ key: 'k', cached: true })
})

test('after an edit, pressing the edited sound only strikes, pressing the original loads it again', async () => {
  const { strip, log, built } = setUp()
  void strip.load(sound(800))
  await built()
  strip.setParam('filter.cutoff', 900)
  strip.strike(sound(900), 60, 0.8)
  strip.strike(sound(800), 60, 0.8)
  expect(log.slice(1)).toEqual(['main: param 0.3 = 900', 'main: on 1', 'control: switch {"filter.cutoff":800} on 2'])
})

test('what is turned while the sound is being built arrives once it is', async () => {
  const { strip, log, built } = setUp()
  void strip.load(sound(800))
  strip.setParam('filter.cutoff', 900)
  strip.setParam('fx1.mix', 0.5)
  strip.setBypass(0, true)
  await built()
  expect(log.slice(1)).toEqual(['main: param 0.3 = 900', 'main: param 1.2 = 0.5', 'main: bypass 0 true'])
})

test('wheel and pedal that are held reach the next sound too', async () => {
  const { strip, log, built } = setUp()
  strip.wheel(0.7)
  strip.sustain(true)
  void strip.load(sound(800))
  await built()
  expect(log.slice(3)).toContain('main: wheel 0.7')
  expect(log.slice(3)).toContain('main: sustain true')
})

test('a sound that cannot be built leaves the one before in place', async () => {
  const { strip, built } = setUp()
  void strip.load(sound(800))
  await built()
  const failing = strip.load(sound(1))
  failing.catch(() => undefined)
  await built(new Error('too big'))
  await expect(failing).rejects.toThrow('too big')
  expect(await strip.load(sound(800))).toMatchObject({ cached: true })
})

test('before audio runs a note is held, the sound is built meanwhile, and the note plays when audio starts', async () => {
  const { strip, log, built, state } = setUp({ running: false })
  const { noteId } = strip.strike(sound(800), 60, 0.8)
  await built()
  expect(state.woken).toBe(1)
  expect(log).toEqual(['control: switch {"filter.cutoff":800}'])
  vi.advanceTimersByTime(200)
  strip.noteOff(noteId)
  state.running = true
  strip.audioStarted()
  expect(log.slice(1)).toEqual(['main: on 1'])
  vi.advanceTimersByTime(200)
  expect(log.slice(2)).toEqual(['main: off 1'])
})

test('a note that waited longer than a second is dropped and said', async () => {
  const { strip, log, notices, state } = setUp({ running: false })
  strip.strike(sound(800), 60, 0.8)
  vi.advanceTimersByTime(1100)
  strip.tick()
  state.running = true
  strip.audioStarted()
  expect(log).toHaveLength(1)
  expect(notices).toHaveLength(1)
})

test('a new engine gets the edited sound, its gain inside, and the pedals back', async () => {
  const { strip, log, built } = setUp()
  void strip.load(sound(800))
  await built()
  strip.setParam('filter.cutoff', 900)
  strip.setGain(-6)
  strip.sustain(true)
  strip.bend(0.5, 2)
  log.length = 0
  const reloading = strip.reload()
  await built()
  await reloading
  expect(log).not.toContain('main: gain -6')
  expect(log).toContain('main: sustain true')
  expect(log).toContain('main: bend 0.5 of 2')
  expect(log).toContain('control: switch {"filter.cutoff":900}')
})

test('a gain changed later is added to what the program carries, and is gone with the next program', async () => {
  const { strip, log, built } = setUp()
  void strip.load({ ...sound(800), gainDb: -4 })
  await built()
  strip.setGain(-6)
  strip.setGain(-6)
  expect(log.slice(1)).toEqual(['main: gain -2'])
  const { loaded } = strip.strike({ ...sound(800), gainDb: -6 }, 60, 0.8)
  expect(await loaded).toMatchObject({ cached: true })
  void strip.load({ ...sound(900), gainDb: -1 })
  await built()
  strip.setGain(-1)
  expect(log.slice(1)).toEqual(['main: gain -2', 'main: on 1', 'control: switch {"filter.cutoff":900}'])
})

test('a press that waits for a new engine is not cut off by the reload of the same sound', async () => {
  const { strip, log } = setUp()
  strip.strike(sound(800), 60, 0.8)
  await strip.reload()
  expect(log.filter((line) => line.startsWith('control: switch'))).toHaveLength(1)
})

test('playing with no sound loaded says what to do', () => {
  expect(() => setUp().strip.noteOn(60, 1)).toThrowError(expect.objectContaining({ code: 'not-ready' }))
})

test('values of units and effects are edited in a copy', () => {
  const before = sound(800)
  expect(withValue(before, 'fx1.mix', 0.9).effects[0]?.values).toEqual({ mix: 0.9 })
  expect(withValue(before, 'filter.cutoff', 90).values).toEqual({ 'filter.cutoff': 90 })
  expect(before).toEqual(sound(800))
})
