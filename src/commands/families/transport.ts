// transport.*: playing the song: start, stop, seek, metronome, count-in (main thread). Not undoable: the document stays.
// Those that move it answer with what the engine then holds.
import { SoundloomError } from '../../params/error.ts'
import { UNTITLED } from '../../project/document.ts'
import * as fields from '../../project/fields.ts'
import { secondsAt } from '../../project/song/seconds.ts'
import type { TransportState } from '../../transport/state.ts'
import type { CommandContext } from '../context.ts'
import { defineCommand } from '../define.ts'
import { projectOf } from '../editProject.ts'
import { openDemo } from '../openDemo.ts'
import { z } from '../schema.ts'

const none = z.strictObject({})

const isPlaying = ({ engine }: CommandContext): boolean => {
  const { status } = engine.transport.state()
  return status === 'playing' || status === 'counting-in'
}

function play({ engine, stores }: CommandContext): Promise<TransportState> {
  const { countInBars } = stores.session.getState()
  void engine.resume()
  engine.transport.play(countInBars)
  return engine.transport.settled()
}

/** Nobody has made anything yet, and nothing else would sound: what the start page invites to. */
function onlyDemoSounds(context: CommandContext): boolean {
  const { stores, history, demo } = context
  const project = projectOf(context)
  const { metronome } = stores.session.getState()
  const { undoLabel, redoLabel } = history.view.getState()
  const isFresh = project.tracks.length === 0 && undoLabel === null && redoLabel === null
  return isFresh && project.name === UNTITLED && !metronome.on && !demo.store.getState().missing
}

async function start(context: CommandContext): Promise<TransportState> {
  if (!onlyDemoSounds(context)) return play(context)
  await openDemo(context)
  return context.engine.transport.settled()
}

function pause({ engine }: CommandContext): Promise<TransportState> {
  engine.transport.pause()
  return engine.transport.settled()
}

export const transportCommands = [
  defineCommand({
    id: 'transport.play',
    title: 'Play',
    doc: 'Plays the song from where it stands, after the count-in.',
    args: none,
    tool: true,
    run: play,
  }),
  defineCommand({
    id: 'transport.pause',
    title: 'Pause',
    doc: 'Stops and stays where it is.',
    args: none,
    tool: true,
    run: pause,
  }),
  defineCommand({
    id: 'transport.toggle',
    title: 'Play or pause',
    doc: 'Plays when the song stands, pauses when it plays. In a project that is still as it was begun it opens and plays the demo.',
    args: none,
    keys: ['Space'],
    run: (context) => (isPlaying(context) ? pause(context) : start(context)),
  }),
  defineCommand({
    id: 'transport.stop',
    title: 'Stop',
    doc: 'Stops and goes back to where playing began; twice: to the start.',
    args: none,
    tool: true,
    run: ({ engine }) => {
      engine.transport.stop()
      return engine.transport.settled()
    },
  }),
  defineCommand({
    id: 'transport.seek',
    title: 'Go to',
    doc: 'Goes to a place of the song, given in one of seconds, beats (quarter notes) or frames.',
    args: z.strictObject({
      seconds: z.optional(fields.seconds),
      beats: z.optional(fields.beat),
      frames: z.optional(fields.frames),
    }),
    tool: true,
    run: (context, { seconds, beats, frames }) => {
      if ([seconds, beats, frames].filter((given) => given !== undefined).length !== 1) {
        const message = 'transport.seek takes one place.'
        throw new SoundloomError('invalid-argument', message, { hint: 'Give seconds, or beats, or frames.' })
      }
      const { seek, settled } = context.engine.transport
      if (beats !== undefined) seek(fields.ticksOf(beats), 'ticks')
      else {
        const { tempoMap, sampleRate } = projectOf(context)
        const frame = frames ?? Math.round(seconds! * sampleRate)
        const end = secondsAt(tempoMap, fields.ticksOf(fields.MAX_BEAT))
        if (frame > end * sampleRate) {
          const field = frames === undefined ? 'seconds' : 'frames'
          throw new SoundloomError('invalid-argument', 'This is after the last beat that a song can have.', {
            field,
            value: seconds ?? frames,
            hint: `In this tempo a song ends after ${String(Math.floor(end))} seconds at most.`,
          })
        }
        seek(frame, 'frames')
      }
      return settled()
    },
  }),
  defineCommand({
    id: 'transport.toStart',
    title: 'To the start',
    doc: 'Goes to the first beat; what plays goes on from there.',
    args: none,
    keys: ['Home'],
    run: ({ engine }) => {
      engine.transport.seek(0, 'ticks')
      return engine.transport.settled()
    },
  }),
  defineCommand({
    id: 'transport.setMetronome',
    title: 'Metronome',
    doc: 'Switches the click on or off, and sets how loud it is in dB; it is never rendered.',
    args: z.strictObject({ enabled: z.boolean(), gainDb: z.optional(fields.metronomeGainDb) }),
    tool: true,
    run: ({ stores }, { enabled, gainDb = stores.session.getState().metronome.gainDb }) => {
      stores.session.setState({ metronome: { on: enabled, gainDb } })
      return { enabled, gainDb }
    },
  }),
  defineCommand({
    id: 'transport.setCountIn',
    title: 'Count-in',
    doc: 'How many bars are counted before playing starts, 0 to 4.',
    args: z.strictObject({ bars: fields.countInBars }),
    tool: true,
    run: ({ stores }, { bars }) => {
      stores.session.setState({ countInBars: bars })
      return { bars }
    },
  }),
] as const
