// Web MIDI: connects on request, follows devices that come and go, plays through commands (main thread).
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Run } from '../commands/registry.ts'
import type { MpeMode } from '../commands/families/input.ts'
import { createMidiPlayer, type MidiPlayer } from './midiPlayer.ts'
import { describeZones } from './mpe.ts'

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
  /** Which channels of an input carry a note each (MPE), in words; by its name, absent where none do. */
  readonly zones: Readonly<Record<string, string>>
}

export interface Midi {
  readonly store: StoreApi<MidiView>
  connect(): Promise<MidiView>
  dispose(): void
}

type Request = () => Promise<MidiAccess>
const browserRequest = (): Request | null => {
  const { navigator } = globalThis
  if (typeof navigator?.requestMIDIAccess !== 'function') return null
  return () => navigator.requestMIDIAccess({ sysex: false }) as Promise<unknown> as Promise<MidiAccess>
}

interface Connected {
  readonly input: MidiInput
  readonly player: MidiPlayer
}

const nameOf = ({ name }: MidiInput): string => name ?? 'MIDI input'
const NOTHING = { devices: [], zones: {} } as const

export function createMidi(
  run: Run,
  session: Pick<StoreApi<{ readonly mpe: Readonly<Record<string, MpeMode>> }>, 'getState' | 'subscribe'>,
  request: Request | null = browserRequest(),
): Midi {
  const store = createStore<MidiView>(() => ({ state: request ? 'off' : 'unsupported', ...NOTHING }))
  let access: MidiAccess | null = null
  let connected = new Map<string, Connected>()
  const modeOf = (input: MidiInput): MpeMode => session.getState().mpe[nameOf(input)] ?? 'auto'

  const unplug = ({ input }: Connected): void => {
    input.onmidimessage = null
    void run('note.releaseSource', { source: `midi:${input.id}:` }).catch(() => undefined)
    void run('note.sustain', { down: false }).catch(() => undefined)
  }
  const show = (): void => {
    const inputs = [...connected.values()]
    const zones = inputs.flatMap(({ input, player }) => {
      const words = describeZones(player.zones())
      return words === null ? [] : [[nameOf(input), words] as const]
    })
    store.setState({
      state: 'on',
      devices: inputs.map(({ input }) => nameOf(input)),
      zones: Object.fromEntries(zones),
    })
  }
  const plug = (input: MidiInput): Connected => {
    const player = createMidiPlayer(run, `midi:${input.id}:`, modeOf(input), show)
    input.onmidimessage = ({ data }) => {
      if (data) player.receive(data)
    }
    return { input, player }
  }
  const refresh = (): void => {
    const inputs = [...(access?.inputs.values() ?? [])].filter(({ state }) => state === 'connected')
    const ids = new Set(inputs.map(({ id }) => id))
    for (const [id, one] of connected) if (!ids.has(id)) unplug(one)
    // What is plugged in stays as it is: its channels hold notes and controllers.
    connected = new Map(
      inputs.map((input) => {
        const held = connected.get(input.id)
        return [input.id, held?.input === input ? held : plug(input)]
      }),
    )
    show()
  }
  const unfollow = session.subscribe(() => {
    for (const { input, player } of connected.values()) player.setMode(modeOf(input))
  })

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
        store.setState({ state: refused ? 'denied' : 'unsupported', ...NOTHING })
      }
      return store.getState()
    },
    dispose() {
      if (access) access.onstatechange = null
      unfollow()
      for (const one of connected.values()) unplug(one)
      connected = new Map()
      access = null
      store.setState({ state: request ? 'off' : 'unsupported', ...NOTHING })
    },
  }
}
