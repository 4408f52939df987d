// Web MIDI: connects on request, follows devices that come and go, plays through commands (main thread).
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Run } from '../commands/registry.ts'

/** The parts of the Web MIDI API that are used; a test injects its own. */
export interface MidiInput {
  readonly id: string
  readonly name: string | null
  readonly state: string
  onmidimessage: ((event: { readonly data: Uint8Array | null }) => void) | null
}
export interface MidiAccess {
  readonly inputs: ReadonlyMap<string, MidiInput>
  onstatechange: (() => void) | null
}

export interface MidiView {
  readonly state: 'off' | 'asking' | 'on' | 'denied' | 'unsupported'
  /** Names of the connected inputs. */
  readonly devices: readonly string[]
}

export interface Midi {
  readonly store: StoreApi<MidiView>
  connect(): Promise<MidiView>
  dispose(): void
}

/** Range of the pitch wheel to either side, in semitones (General MIDI's default). */
export const BEND_SEMITONES = 2

const SUSTAIN = 64
const MODULATION = 1
const ALL_SOUND_OFF = 120
const ALL_NOTES_OFF = 123

/** One channel message -> one command. Running status does not occur in Web MIDI; system messages are not used. */
export function playMessage(run: Run, device: string, data: Uint8Array): void {
  const [status = 0, first = 0, second = 0] = data
  const source = `midi:${device}:${String(status & 15)}`
  const go = (...args: Parameters<Run>): void => void run(...args).catch(() => undefined)
  switch (status & 0xf0) {
    case 0x90:
      return go('note.on', { note: first, velocity: second / 127, source })
    case 0x80:
      return go('note.off', { note: first, source, velocity: second / 127 })
    case 0xd0:
      return go('note.pressure', { amount: first / 127 })
    case 0xe0: {
      // 14 bits, 8192 in the middle; the upper half has one step less.
      const bend = (second << 7) + first - 8192
      return go('note.bend', { amount: bend / (bend > 0 ? 8191 : 8192), rangeSemitones: BEND_SEMITONES })
    }
    case 0xb0:
      if (first === MODULATION) return go('note.wheel', { amount: second / 127 })
      if (first === SUSTAIN) return go('note.sustain', { down: second >= 64 })
      if (first === ALL_SOUND_OFF || first === ALL_NOTES_OFF)
        return go('note.releaseSource', { source: `midi:${device}:` })
  }
}

type Request = () => Promise<MidiAccess>
const browserRequest = (): Request | null => {
  const { navigator } = globalThis
  if (typeof navigator?.requestMIDIAccess !== 'function') return null
  return () => navigator.requestMIDIAccess({ sysex: false }) as Promise<unknown> as Promise<MidiAccess>
}

export function createMidi(run: Run, request: Request | null = browserRequest()): Midi {
  const store = createStore<MidiView>(() => ({ state: request ? 'off' : 'unsupported', devices: [] }))
  let access: MidiAccess | null = null
  let connected = new Map<string, MidiInput>()

  const unplug = (input: MidiInput): void => {
    input.onmidimessage = null
    void run('note.releaseSource', { source: `midi:${input.id}:` }).catch(() => undefined)
    void run('note.sustain', { down: false }).catch(() => undefined)
  }
  const refresh = (): void => {
    const inputs = [...(access?.inputs.values() ?? [])].filter(({ state }) => state === 'connected')
    const next = new Map(inputs.map((input) => [input.id, input]))
    for (const [id, input] of connected) if (!next.has(id)) unplug(input)
    for (const input of inputs) {
      input.onmidimessage = ({ data }) => {
        if (data) playMessage(run, input.id, data)
      }
    }
    connected = next
    store.setState({ state: 'on', devices: inputs.map(({ name }) => name ?? 'MIDI input') })
  }

  return {
    store,
    async connect() {
      if (!request || access) return store.getState()
      store.setState({ state: 'asking' })
      try {
        access = await request()
        access.onstatechange = refresh
        refresh()
      } catch (error) {
        const refused = error instanceof Error && (error.name === 'SecurityError' || error.name === 'NotAllowedError')
        store.setState({ state: refused ? 'denied' : 'unsupported', devices: [] })
      }
      return store.getState()
    },
    dispose() {
      if (access) access.onstatechange = null
      for (const input of connected.values()) unplug(input)
      connected = new Map()
      access = null
      store.setState({ state: request ? 'off' : 'unsupported', devices: [] })
    },
  }
}
