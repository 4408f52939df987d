// The page's half of the song's sync: what goes out when, and what becomes of it when an engine dies (Node, a worker by hand).
import { expect, test } from 'vitest'
import type { Song } from '../compile/song.ts'
import type { SongOperation } from '../compile/songOperations.ts'
import { EMPTY_TEST_SONG, TEST_PATCH } from '../compile/testSongs.ts'
import { constants } from '../generated/wire.ts'
import { SoundloomError } from '../params/error.ts'
import { createSongFollower, type SongFollower } from './song.ts'
import type { SongProblem } from './wire/song.ts'

interface Sent {
  readonly from: number
  readonly steps: readonly string[]
}

interface Rig {
  readonly song: SongFollower
  readonly sent: Sent[]
  readonly calls: string[]
  readonly notices: string[]
  /** Lets the next animation frame come. */
  frame(): void
  running: boolean
  revision: number
  fail: SoundloomError | null
  problems: SongProblem[]
}

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))

function setUp(): Rig {
  const frames: (() => void)[] = []
  const calls: string[] = []
  const note = (name: string, ...values: unknown[]): boolean => calls.push([name, ...values].join(' ')) > 0
  const syncSong = (from: number, steps: readonly SongOperation[]) => {
    if (rig.fail) return Promise.reject(rig.fail)
    if (from !== 0 && from !== rig.revision) return Promise.reject(new SoundloomError('stale-generation', 'stale'))
    rig.sent.push({ from, steps: steps.map((step) => step.do) })
    return Promise.resolve({ revision: ++rig.revision, problems: rig.problems.splice(0) })
  }
  const rig: Rig = {
    sent: [],
    calls,
    notices: [],
    frame: () => frames.splice(0).forEach((run) => run()),
    running: true,
    revision: 0,
    fail: null,
    problems: [],
    song: createSongFollower({
      port: {
        noteOn: (strip, { noteId, note: key, velocity, expression }) =>
          note('noteOn', strip, noteId, key, velocity, ...(expression ? [JSON.stringify(expression)] : [])),
        noteOff: (strip, noteId) => note('noteOff', strip, noteId),
        express: (strip, noteId, expression) => note('express', strip, noteId, JSON.stringify(expression)),
        bend: (strip, amount, range) => note('bend', strip, amount, range),
        wheel: (strip, amount) => note('wheel', strip, amount),
        pressure: (strip, amount) => note('pressure', strip, amount),
        timbre: (strip, amount) => note('timbre', strip, amount),
        sustain: (strip, down) => note('sustain', strip, down),
      },
      control: (call) => call({ syncSong }),
      audioRuns: () => rig.running,
      wakeAudio: () => void calls.push('wake'),
      notice: (_, text) => void rig.notices.push(text),
      nowMs: () => 0,
      schedule: (run) => void frames.push(run),
    }),
  }
  return rig
}

const track = (id: string, gainDb = 0): Song['tracks'][number] => ({
  id,
  kind: 'instrument',
  name: id,
  colour: 1,
  gainDb,
  pan: 0,
  mute: false,
  solo: false,
  devices: [{ id: `${id}-inst`, kind: 'instrument', type: 'own', patch: TEST_PATCH, values: {}, bypass: false }],
  sends: [],
  clips: [],
  automation: [],
})
const songOf = (...tracks: Song['tracks'][number][]): Song => ({ ...EMPTY_TEST_SONG, tracks })

test('nothing leaves the page before an engine stands; then the whole song does', async () => {
  const rig = setUp()
  rig.song.follow(songOf(track('a')))
  await rig.song.settled()
  expect(rig.sent).toEqual([])
  await rig.song.reload()
  expect(rig.sent).toEqual([{ from: 0, steps: ['timeline', 'loop', 'sound'] }])
})

test('a dragged fader goes out at once, then once a frame, and the last position always', async () => {
  const rig = setUp()
  rig.song.follow(songOf(track('a')))
  await rig.song.reload()
  rig.sent.length = 0
  for (let db = 1; db <= 3; db++) rig.song.follow(songOf(track('a', -db)))
  await turn()
  expect(rig.sent.map(({ steps }) => steps)).toEqual([['gain']])
  rig.song.follow(songOf(track('a', -4)))
  await turn()
  for (let db = 5; db <= 9; db++) rig.song.follow(songOf(track('a', -db)))
  await turn()
  const early = rig.sent.length
  rig.frame()
  await rig.song.settled()
  expect(rig.sent.length).toBeLessThanOrEqual(early + 1)
  expect(rig.song.pending()).toBe(false)
})

test('flush does not wait for the frame', async () => {
  const rig = setUp()
  rig.song.follow(songOf(track('a')))
  await rig.song.reload()
  rig.song.follow(songOf(track('a', -1)))
  const first = Promise.resolve().then(() => rig.song.follow(songOf(track('a', -2))))
  await first
  expect(rig.song.pending()).toBe(true)
  await rig.song.flush()
  expect(rig.song.pending()).toBe(false)
  expect(rig.sent.at(-1)?.steps).toEqual(['gain'])
})

test('a worker that holds another song is given all of it', async () => {
  const rig = setUp()
  rig.song.follow(songOf(track('a')))
  await rig.song.reload()
  // Another engine behind our back.
  rig.revision = 40
  rig.song.follow(songOf(track('a', -1)))
  await turn()
  rig.frame()
  await rig.song.settled()
  expect(rig.sent.at(-1)).toEqual({ from: 0, steps: ['timeline', 'loop', 'gain', 'sound'] })
})

test('a song that is refused is said once and tried again with the next change, from the beginning', async () => {
  const rig = setUp()
  rig.song.follow(songOf(track('a')))
  await rig.song.reload()
  rig.fail = new SoundloomError('over-budget', 'too busy')
  rig.song.follow(songOf(track('a', -1)))
  await rig.song.settled()
  await turn()
  expect(rig.notices).toEqual(['The song did not reach the sound engine: too busy.'])
  expect(rig.song.pending()).toBe(false)
  rig.fail = null
  rig.song.follow(songOf(track('a', -2)))
  await rig.song.settled()
  expect(rig.sent.at(-1)).toEqual({ from: 0, steps: ['timeline', 'loop', 'gain', 'sound'] })
})

test('a track whose sound cannot be built is named', async () => {
  const rig = setUp()
  rig.problems = [{ id: 'Bass', what: 'sound', message: 'It is too big', hint: 'Use fewer voices.' }]
  rig.song.follow(songOf(track('Bass')))
  await rig.song.reload()
  expect(rig.notices).toEqual(['“Bass” plays without its sound: It is too big. Use fewer voices.'])
})

test('live notes reach the strip of their track, also of one that was added a moment ago', async () => {
  const rig = setUp()
  rig.song.follow(songOf(track('a')))
  await rig.song.reload()
  const first = rig.song.noteOn('a', 60, 0.5)
  rig.song.follow(songOf(track('a'), track('b')))
  const second = rig.song.noteOn('b', 62, 0.5)
  const third = rig.song.noteOn('b', 64, 0.5)
  rig.song.noteOff(third)
  await rig.song.settled()
  await turn()
  rig.song.noteOff(first)
  rig.song.noteOff(second)
  const [one, two] = [constants.firstTrack, constants.firstTrack + 1]
  expect(rig.calls).toEqual([
    `noteOn ${one} ${first} 60 0.5`,
    `noteOn ${two} ${second} 62 0.5`,
    `noteOff ${one} ${first}`,
    `noteOff ${two} ${second}`,
  ])
})

test('a note struck while audio sleeps waits for it; a track that is not there is refused by name', async () => {
  const rig = setUp()
  rig.running = false
  rig.song.follow(songOf(track('a')))
  await rig.song.reload()
  rig.song.noteOn('a', 60, 1)
  expect(rig.calls).toEqual(['wake'])
  rig.song.audioStarted()
  expect(rig.calls.at(-1)).toMatch(/^noteOn 1 \d+ 60 1$/)
  expect(() => rig.song.noteOn('nobody', 60, 1)).toThrowError(expect.objectContaining({ code: 'unknown-id' }))
})

test('tracks out of order are put in the order of the song for a capture', async () => {
  const rig = setUp()
  rig.song.follow(songOf(track('a'), track('b')))
  await rig.song.reload()
  rig.song.follow(songOf(track('b')))
  await rig.song.settled()
  expect(rig.song.stripOf('b')).toBe(constants.firstTrack + 1)
  await rig.song.arrange()
  expect(rig.song.stripOf('b')).toBe(constants.firstTrack)
  const sent = rig.sent.length
  await rig.song.arrange()
  expect(rig.sent.length).toBe(sent)
})
