// The audition strip as the page sees it (main thread): which thread sends what, in an order that leaves no note hanging.
import { BEND_RANGE_SEMITONES, type NoteExpression } from '../compile/song.ts'
import { SoundloomError } from '../params/error.ts'
import type { PlainValue } from '../presets/model.ts'
import type { Installed, NoteInput } from '../workers/control/protocol.ts'
import { describeMissing } from './wire/song.ts'
import { createFrameGate } from './framegate.ts'
import { createHeldNotes } from './heldnotes.ts'
import type { Audition, LoadedProgram, ProgramInput } from './types.ts'

/** The page's own command ring. False: full, or no engine yet. */
export interface StripPort {
  noteOn(note: NoteInput): boolean
  noteOff(noteId: number, velocity: number): boolean
  express(noteId: number, expression: NoteExpression): boolean
  bend(amount: number, rangeSemitones: number): boolean
  wheel(amount: number): boolean
  pressure(amount: number): boolean
  timbre(amount: number): boolean
  sustain(down: boolean): boolean
  setParam(device: number, param: number, value: number): boolean
  setBypass(effect: number, bypass: boolean): boolean
  stripGain(gainDb: number): boolean
}

/** The control worker of the present generation. */
export interface StripControl {
  install(input: ProgramInput, mode: 'switch' | 'swap', note: NoteInput | null): Promise<Installed>
  noteOn(note: NoteInput): Promise<void>
  noteOff(noteId: number, velocity: number): Promise<void>
  express(noteId: number, expression: NoteExpression): Promise<void>
}

export interface StripContext {
  readonly port: StripPort
  /** Waits for a rebuild to end; calls are repeated once when their generation dies under them. */
  control<Result>(call: (control: StripControl) => Promise<Result>): Promise<Result>
  audioRuns(): boolean
  /** Asks the browser to start the sound; notes are held meanwhile. */
  wakeAudio(): void
  notice(kind: 'note-dropped' | 'command-refused' | 'song-problem', text: string): void
  /** Engine value of a parameter: option ids become indices. Null: no such parameter or option. */
  engineValue(program: ProgramInput, key: string, value: PlainValue): number | null
  nowMs(): number
}

export interface AuditionStrip extends Audition {
  /** Plays the notes struck while audio was asleep. */
  audioStarted(): void
  /** Drops held notes that have waited too long. */
  tick(): void
  /** Loads the present sound and pedals into a new generation. */
  reload(): Promise<void>
  /** Takes the sound off: what `reload` would load is gone. */
  forget(): void
  /** Forgets the notes that wait for audio. */
  panic(): void
}

export function createAudition(context: StripContext): AuditionStrip {
  const { port } = context
  let nextNoteId = 1
  let current: { program: ProgramInput; readonly builtGainDb: number; installed: Installed | null } | null = null
  /** Installs under way: while there is one, notes take the control worker's ring so that they land on the new program. */
  let pending = 0
  /** Notes whose start went through the control worker: their end must follow the same way. */
  const viaControl = new Set<number>()
  /** Of the strip; every install sets it back to 0. */
  let sentGainDb = 0
  const pedals = {
    bend: 0,
    bendRange: BEND_RANGE_SEMITONES as number,
    wheel: 0,
    pressure: 0,
    timbre: 0,
    sustain: false,
  }

  const held = createHeldNotes({
    on: send,
    off: (noteId, velocity, delayMs) => void setTimeout(() => release(noteId, velocity), delayMs),
    dropped: (count) =>
      context.notice(
        'note-dropped',
        `${count === 1 ? 'A note was' : `${count} notes were`} dropped: the browser has not started the sound.`,
      ),
  })
  const gate = createFrameGate<PlainValue>((key, value) => {
    if (!current || pending > 0) return
    const address = current.installed?.params[key]
    const number = context.engineValue(current.program, key, value)
    if (address && number !== null) sent(port.setParam(address.device, address.param, number))
  })
  const sent = (ok: boolean): void => {
    if (!ok) context.notice('command-refused', 'The engine is too busy; a change was not sent.')
  }

  function send(note: NoteInput): void {
    if (pending > 0) {
      viaControl.add(note.noteId)
      void context.control((control) => control.noteOn(note)).catch(() => undefined)
    } else if (!port.noteOn(note)) context.notice('note-dropped', 'The engine is too busy; a note was dropped.')
  }
  function release(noteId: number, velocity: number): void {
    if (viaControl.delete(noteId))
      void context.control((control) => control.noteOff(noteId, velocity)).catch(() => undefined)
    else sent(port.noteOff(noteId, velocity))
  }
  const strikeOrHold = (note: NoteInput): boolean => {
    if (context.audioRuns()) return true
    context.wakeAudio()
    held.strike(note, context.nowMs())
    return false
  }
  const install = async (
    program: ProgramInput,
    mode: 'switch' | 'swap',
    note: NoteInput | null,
  ): Promise<LoadedProgram> => {
    const mine = { program, builtGainDb: program.gainDb, installed: null as Installed | null }
    const before = current
    current = mine
    gate.clear()
    pending++
    try {
      const installed = await context.control((control) => control.install(mine.program, mode, note))
      mine.installed = installed
      for (const asset of installed.missing) context.notice('song-problem', describeMissing(asset))
      sentGainDb = 0
      // What was turned meanwhile is in `mine.program`; send what differs from what was built.
      if (current === mine) resend(program, mine.program)
      return loadedPart(installed)
    } catch (error) {
      if (current === mine) current = before
      throw error
    } finally {
      pending--
    }
  }
  /** What is on the strip, when it is this very sound with these very edits: nothing needs to be built or swapped. */
  const standingFor = (program: ProgramInput): LoadedProgram | null =>
    current?.installed && pending === 0 && sameProgram(program, current.program)
      ? { ...current.installed, cached: true }
      : null
  const resend = (built: ProgramInput, wanted: ProgramInput): void => {
    const values = flatValues(wanted)
    const old = flatValues(built)
    queueMicrotask(() => {
      for (const [key, value] of values) if (old.get(key) !== value) gate.set(key, value)
      wanted.effects.forEach((effect, index) => {
        if (built.effects[index]?.bypass !== effect.bypass) sent(port.setBypass(index, effect.bypass))
      })
      sendGain()
      // A fresh program has its wheels at rest; the player's hand may not.
      if (pedals.bend || pedals.wheel || pedals.pressure || pedals.timbre || pedals.sustain) sendPedals()
    })
  }
  /** A program carries its gain; the strip adds what has changed since it was built. */
  const sendGain = (): void => {
    const extraDb = current ? current.program.gainDb - current.builtGainDb : 0
    if (extraDb !== sentGainDb) sent(port.stripGain(extraDb))
    sentGainDb = extraDb
  }
  const sendPedals = (): void => {
    port.bend(pedals.bend, pedals.bendRange)
    port.wheel(pedals.wheel)
    port.pressure(pedals.pressure)
    port.timbre(pedals.timbre)
    port.sustain(pedals.sustain)
  }

  return {
    load(program, mode = 'switch') {
      const standing = standingFor(program)
      return standing ? Promise.resolve(standing) : install(program, mode, null)
    },
    strike(program, note, velocity) {
      const noteId = nextNoteId++
      const struck = { noteId, note, velocity }
      const standing = standingFor(program)
      if (standing) {
        if (strikeOrHold(struck)) send(struck)
        return { noteId, loaded: Promise.resolve(standing) }
      }
      if (!strikeOrHold(struck)) return { noteId, loaded: install(program, 'switch', null) }
      viaControl.add(noteId)
      return { noteId, loaded: install(program, 'switch', struck) }
    },
    noteOn(note, velocity, expression) {
      const struck = { noteId: nextNoteId++, note, velocity, ...(expression && { expression }) }
      if (!current) throw new SoundloomError('not-ready', 'No sound is loaded', { hint: 'Pick a sound first.' })
      if (strikeOrHold(struck)) send(struck)
      return struck.noteId
    },
    noteOff(noteId, velocity = 0) {
      if (!held.release(noteId, velocity, context.nowMs())) release(noteId, velocity)
    },
    express(noteId, expression) {
      if (held.express(noteId, expression)) return
      // What a note is told goes the way that its start went.
      if (viaControl.has(noteId))
        void context.control((control) => control.express(noteId, expression)).catch(() => undefined)
      else sent(port.express(noteId, expression))
    },
    bend(amount, rangeSemitones = BEND_RANGE_SEMITONES) {
      pedals.bend = amount
      pedals.bendRange = rangeSemitones
      sent(port.bend(amount, rangeSemitones))
    },
    wheel(amount) {
      pedals.wheel = amount
      sent(port.wheel(amount))
    },
    pressure(amount) {
      pedals.pressure = amount
      sent(port.pressure(amount))
    },
    timbre(amount) {
      pedals.timbre = amount
      sent(port.timbre(amount))
    },
    sustain(down) {
      pedals.sustain = down
      sent(port.sustain(down))
    },
    setParam(key, value) {
      if (!current) return
      current.program = withValue(current.program, key, value)
      if (pending === 0) gate.set(key, value)
    },
    setBypass(effect, bypass) {
      if (!current) return
      const effects = current.program.effects.map((device, index) =>
        index === effect ? { ...device, bypass } : device,
      )
      current.program = { ...current.program, effects }
      if (pending === 0) sent(port.setBypass(effect, bypass))
    },
    setGain(gainDb) {
      if (!current) return
      current.program = { ...current.program, gainDb }
      if (pending === 0) sendGain()
    },
    audioStarted: () => held.flush(context.nowMs()),
    tick: () => held.expire(context.nowMs()),
    forget: () => void (current = null),
    async reload() {
      viaControl.clear()
      sendPedals()
      // An install under way is repeated by `control` in the new engine, with its note; another would cut that note off.
      if (current && pending === 0) await install(current.program, 'switch', null)
    },
    panic() {
      held.clear()
      viaControl.clear()
    },
  }
}

const loadedPart = ({ key, cached, predictedCost, latencyFrames, tailSeconds }: LoadedProgram): LoadedProgram => ({
  key,
  cached,
  predictedCost,
  latencyFrames,
  tailSeconds,
})

/** Equal in content, so that the sound that stands on the strip already is it. */
function sameProgram(a: ProgramInput, b: ProgramInput | undefined): boolean {
  if (!b) return false
  if (a.gainDb !== b.gainDb || (a.patch !== b.patch && JSON.stringify(a.patch) !== JSON.stringify(b.patch)))
    return false
  if (a.effects.length !== b.effects.length) return false
  if (
    a.effects.some(
      ({ type, bypass, asset }, i) =>
        type !== b.effects[i]?.type || bypass !== b.effects[i]?.bypass || asset !== b.effects[i]?.asset,
    )
  )
    return false
  const [values, others] = [flatValues(a), flatValues(b)]
  return values.size === others.size && [...values].every(([key, value]) => others.get(key) === value)
}

/** `unit.param` and `fxN.param` of a program as one map. */
function flatValues(program: ProgramInput): Map<string, PlainValue> {
  const flat = new Map<string, PlainValue>(Object.entries(program.values))
  program.effects.forEach((effect, index) => {
    for (const [param, value] of Object.entries(effect.values)) flat.set(`fx${index + 1}.${param}`, value)
  })
  return flat
}

const EFFECT_KEY = /^fx([1-9]\d*)\.(.+)$/

export function withValue(program: ProgramInput, key: string, value: PlainValue): ProgramInput {
  const [, number, param] = EFFECT_KEY.exec(key) ?? []
  if (number === undefined || param === undefined) return { ...program, values: { ...program.values, [key]: value } }
  const effects = program.effects.map((effect, index) =>
    index === Number(number) - 1 ? { ...effect, values: { ...effect.values, [param]: value } } : effect,
  )
  return { ...program, effects }
}
