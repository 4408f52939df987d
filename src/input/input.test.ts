// Behaviour of musical typing and MIDI over the real commands (Node; engine and devices are injected).
import { describe, expect, it } from 'vitest'
import { testApp } from '../commands/testApp.ts'
import { createMidi, type MidiAccess, type MidiInput } from './midi.ts'
import { createTyping, takesText } from './typing.ts'
import { readLayout, typingLetters } from './typingKeys.ts'

const key = (code: string, over: object = {}) => {
  const seen = { prevented: false }
  const event = {
    code,
    repeat: false,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    target: null,
    preventDefault: () => void (seen.prevented = true),
    stopPropagation: () => undefined,
    ...over,
  }
  return { event, seen }
}
const input = (tagName: string, type = 'text'): unknown => ({ tagName, type, isContentEditable: false })

function typing() {
  const app = testApp()
  const keyboard = createTyping(app.run, app.stores.session)
  const down = (code: string, over: object = {}): boolean => {
    const { event, seen } = key(code, over)
    keyboard.keyDown(event as Parameters<typeof keyboard.keyDown>[0])
    return seen.prevented
  }
  const lit = (): number[] => [...app.context.held.store.getState().held].sort()
  return { app, keyboard, down, lit }
}

describe('musical typing', () => {
  it('plays by place on the keyboard, two rows from the octave on', () => {
    const { down, lit, app } = typing()
    expect(down('KeyZ')).toBe(true)
    down('KeyQ')
    expect(lit()).toEqual([48, 60])
    expect(app.calls).toEqual(['noteOn 48 0.8', 'noteOn 60 0.8'])
  })
  it('ignores auto-repeat', () => {
    const { down, app } = typing()
    down('KeyZ')
    down('KeyZ', { repeat: true })
    down('KeyZ')
    expect(app.calls).toEqual(['noteOn 48 0.8'])
  })
  it('leaves letters to text fields, to shortcuts with modifiers, and to everybody while it is off', async () => {
    const { down, lit, app } = typing()
    expect(down('KeyZ', { target: input('INPUT') })).toBe(false)
    expect(down('KeyZ', { target: input('TEXTAREA') })).toBe(false)
    expect(down('KeyZ', { ctrlKey: true })).toBe(false)
    await app.run('input.setTyping', { on: false })
    expect(down('KeyZ')).toBe(false)
    expect(lit()).toEqual([])
  })
  it('plays while a button, slider or checkbox has the focus', () => {
    expect(['checkbox', 'range', 'button', 'file'].map((type) => takesText(input('INPUT', type)))).toEqual([
      false,
      false,
      false,
      false,
    ])
  })
  it('ends its notes on release of the key, also after the octave changed', async () => {
    const { down, keyboard, app, lit } = typing()
    down('KeyZ')
    await app.run('input.setOctave', { octave: 5 })
    expect(lit()).toEqual([])
    down('KeyX')
    keyboard.keyUp({ code: 'KeyX' })
    expect(lit()).toEqual([])
  })
  it('leaves no note when the page loses the keyboard, even with Hold', async () => {
    const { down, keyboard, app, lit } = typing()
    await app.run('input.setHold', { on: true })
    down('KeyZ')
    down('KeyX')
    keyboard.release()
    expect(lit()).toEqual([])
    expect(app.calls.filter((call) => call.startsWith('noteOff'))).toHaveLength(2)
  })
  it('shows the letters of the layout that the browser names, else those of a US keyboard', async () => {
    const qwertz = { get: (code: string) => ({ KeyZ: 'y', KeyY: 'z' })[code] }
    const layout = await readLayout({ getLayoutMap: () => Promise.resolve(qwertz) })
    expect(typingLetters(3, layout).get(48)).toBe('Y')
    expect(typingLetters(3, null).get(48)).toBe('Z')
    expect(typingLetters(3, null).get(60)).toBe('Q')
  })
})

function fakeMidi() {
  const device = (id: string): MidiInput & { state: string } => ({
    id,
    name: `Keys ${id}`,
    state: 'connected',
    onmidimessage: null,
  })
  const inputs = new Map([['a', device('a')]])
  const access: MidiAccess = { inputs, onstatechange: null }
  const app = testApp()
  const midi = createMidi(app.run, app.stores.session, () => Promise.resolve(access))
  const send = (id: string, ...bytes: number[]): void =>
    inputs.get(id)!.onmidimessage?.({ data: new Uint8Array(bytes) })
  const plug = (id: string): void => {
    inputs.set(id, device(id))
    access.onstatechange?.()
  }
  const unplug = (id: string): void => {
    inputs.get(id)!.state = 'disconnected'
    access.onstatechange?.()
  }
  return { app, midi, send, plug, unplug, lit: () => [...app.context.held.store.getState().held].sort() }
}

describe('MIDI', () => {
  it('asks only on connect, then names what is plugged in', async () => {
    const { midi } = fakeMidi()
    expect(midi.store.getState()).toEqual({ state: 'off', devices: [], zones: {} })
    expect(await midi.connect()).toEqual({ state: 'on', devices: ['Keys a'], zones: {} })
  })
  it('plays notes with velocity, bend, modulation, sustain and pressure', async () => {
    const { midi, send, app } = fakeMidi()
    await midi.connect()
    send('a', 0x90, 60, 127)
    send('a', 0xe0, 127, 127)
    send('a', 0xe0, 0, 0)
    send('a', 0xe0, 0, 64)
    send('a', 0xb0, 1, 127)
    send('a', 0xb0, 64, 127)
    send('a', 0xd0, 127)
    send('a', 0x90, 60, 0)
    send('a', 0xf8)
    expect(app.calls).toEqual([
      'noteOn 60 1',
      'bend 1',
      'bend -1',
      'bend 0',
      'wheel 1',
      'sustain true',
      'pressure 1',
      'noteOff 1',
    ])
  })
  it('hears devices that are plugged in later, and leaves no note or pedal of one that is pulled out', async () => {
    const { midi, send, plug, unplug, lit, app } = fakeMidi()
    await midi.connect()
    plug('b')
    expect(midi.store.getState().devices).toEqual(['Keys a', 'Keys b'])
    send('a', 0x90, 60, 100)
    send('b', 0x93, 62, 100)
    expect(lit()).toEqual([60, 62])
    unplug('b')
    expect(lit()).toEqual([60])
    expect(app.calls).toContain('sustain false')
    expect(midi.store.getState().devices).toEqual(['Keys a'])
  })
  it('says whether it was denied or is not there', async () => {
    const { run, stores } = testApp()
    const denied = createMidi(run, stores.session, () => Promise.reject(new DOMException('no', 'NotAllowedError')))
    expect((await denied.connect()).state).toBe('denied')
    expect((await createMidi(run, stores.session, null).connect()).state).toBe('unsupported')
  })
})
