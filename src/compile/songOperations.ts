// The steps that bring an engine from one song to another (any thread): made by songPlan.ts, carried out by engine/wire/song.ts.
import type { PlainValue } from '../presets/model.ts'
import type { PlacedBus } from './controls.ts'
import type { PlacedDevice, ProgramInput } from './program.ts'
import type { SongRouting } from './routing.ts'
import type { Clip, Song, Track } from './song.ts'

/**
 * In order. Strips are the engine's; `index` of a send counts returns from 0. A step on a strip without a program that needs one is
 * left out.
 */
export type SongOperation =
  | { readonly do: 'timeline'; readonly tempoMap: Song['tempoMap']; readonly signatures: Song['signatures'] }
  | { readonly do: 'loop'; readonly loop: Song['loop'] }
  | { readonly do: 'routing'; readonly routing: SongRouting }
  | { readonly do: 'controls'; readonly buses: readonly PlacedBus[] }
  /** `switch`: another sound; `swap`: the same one, changed in its structure. `id`: track or return, for what is reported. */
  | {
      readonly do: 'sound'
      readonly strip: number
      readonly id: string
      readonly program: ProgramInput
      readonly mode: 'switch' | 'swap'
    }
  /** The effects of a return. */
  | {
      readonly do: 'chain'
      readonly strip: number
      readonly id: string
      readonly effects: readonly PlacedDevice[]
      readonly mode: 'switch' | 'swap'
    }
  /** No sound. */
  | { readonly do: 'empty'; readonly strip: number }
  | { readonly do: 'value'; readonly strip: number; readonly key: string; readonly value: PlainValue }
  /** `effect` counts from 1. */
  | { readonly do: 'bypass'; readonly strip: number; readonly effect: number; readonly bypass: boolean }
  | { readonly do: 'gain'; readonly strip: number; readonly gainDb: number }
  | { readonly do: 'pan'; readonly strip: number; readonly pan: number }
  | { readonly do: 'mute'; readonly strip: number; readonly mute: boolean }
  | { readonly do: 'solo'; readonly strip: number; readonly solo: boolean }
  | {
      readonly do: 'send'
      readonly strip: number
      readonly index: number
      readonly gainDb: number
      readonly pre: boolean
    }
  | { readonly do: 'clips'; readonly strip: number; readonly id: string; readonly clips: readonly Clip[] }
  | {
      readonly do: 'automation'
      readonly strip: number
      readonly id: string
      readonly track: Pick<Track, 'devices' | 'automation'>
      /** Return id -> index. */
      readonly returns: ReadonlyMap<string, number>
    }
