// Which analysis tap listens to which source (main thread): counted by listener, pointed again after a rebuild.
import { constants } from '../../generated/wire.ts'
import { SoundloomError } from '../../params/error.ts'

export interface Taps {
  /** Adds a listener; the first one points a free tap. Throws `limit-exceeded` when all taps are taken. */
  acquire(source: string): number
  release(source: string): void
  /** Sends everything again: the engine is another. */
  pointAll(): void
  /** Sends what has another strip now. */
  pointMoved(): void
  /** By tap: its source, or null. */
  sources(): readonly (string | null)[]
}

export interface TapsContext {
  /** Null: the source has no strip now. */
  readonly stripOf: (source: string) => number | null
  readonly point: (tap: number, strip: number, on: boolean) => void
}

export function createTaps({ stripOf, point }: TapsContext): Taps {
  const taps = Array.from({ length: constants.analysisTaps }, () => ({
    source: null as string | null,
    listeners: 0,
    /** As the engine was told. */
    strip: null as number | null,
  }))
  const wanted = ({ source }: { readonly source: string | null }): number | null =>
    source === null ? null : stripOf(source)
  const send = (index: number): void => {
    const tap = taps[index]!
    tap.strip = wanted(tap)
    point(index, tap.strip ?? 0, tap.strip !== null)
  }
  const indexOf = (source: string): number => taps.findIndex((tap) => tap.source === source)
  return {
    acquire(source) {
      let index = indexOf(source)
      if (index < 0) {
        index = taps.findIndex((tap) => tap.source === null)
        if (index < 0)
          throw new SoundloomError('limit-exceeded', `At most ${taps.length} sources can be analysed at once`, {
            field: 'source',
            value: source,
            hint: `End one of these first: ${taps.map((tap) => tap.source).join(', ')}.`,
          })
        taps[index]!.source = source
        send(index)
      }
      taps[index]!.listeners++
      return index
    },
    release(source) {
      const index = indexOf(source)
      const tap = taps[index]
      if (!tap || --tap.listeners > 0) return
      tap.source = null
      send(index)
    },
    pointAll: () => taps.forEach((_, index) => send(index)),
    pointMoved() {
      taps.forEach((tap, index) => {
        if (tap.strip !== wanted(tap)) send(index)
      })
    },
    sources: () => taps.map(({ source }) => source),
  }
}
