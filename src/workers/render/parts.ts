// One song by several engines: some play tracks up to their faders, one mixes them as if it had played them itself (render worker, and tests in Node).
import type { Alignment } from '../../compile/alignment.ts'
import type { AssetShelf } from '../../engine/wire/assets.ts'
import { openInbox } from './inbox.ts'
import type { PartSpec } from './protocol.ts'
import type { beginSong } from './song.ts'
import { loadSong, type OpenSong, type RenderedSong, type SongHooks } from './song.ts'
import { openStripPort, STEP_BLOCKS, STEP_FRAMES, type StripPort } from './stripPort.ts'

/** Of 4096 frames: so many go over at once. */
const WINDOW_STEPS = 8
const WINDOW_FRAMES = WINDOW_STEPS * STEP_FRAMES
const WINDOW_BLOCKS = WINDOW_STEPS * STEP_BLOCKS
/** A part is so many windows ahead of the mix at most: four bytes a sample, 0.5 MiB for each track of each window. */
const WINDOWS_AHEAD = 3

/** A track through one window; null: at rest all the way. */
interface TrackWindow {
  readonly rendered: Uint8Array<ArrayBuffer>
  /** Left, then right. */
  readonly samples: Float32Array<ArrayBuffer>
}

/** To a part: how the mix is aligned (first of all; undefined: there will be none), then `more` windows. */
type ToPart =
  { readonly alignment: Alignment | null } | { readonly more: number; readonly spare: TrackWindow[] } | 'stop'
/** To the mix: its tracks in order, or that it cannot play what the mix would play. */
type ToMix = readonly (TrackWindow | null)[] | 'unlike'

/** A track without its sound or notes would sound otherwise where there is more memory. Recordings are here or not for all engines. */
const incomplete = (open: OpenSong): boolean => open.problems().some(({ what }) => what !== 'recording')

export interface OpenPart {
  readonly open: OpenSong
  readonly spec: PartSpec
}

/** The engine of a part, loaded. Throws as `renderSong`. */
export const openPart = (module: WebAssembly.Module, spec: PartSpec, mib: number, shelf?: AssetShelf): OpenPart => ({
  open: loadSong(module, spec.song, spec.sampleRate, mib, shelf),
  spec,
})

/** Plays a part into `port` until the mix has enough. */
export async function playPart(
  { open, spec }: OpenPart,
  port: MessagePort,
  hooks: SongHooks,
  signal: AbortSignal | null,
) {
  const inbox = openInbox<ToPart>(port, signal)
  const say = (message: ToMix, moved: Transferable[] = []): void => port.postMessage(message, moved)
  try {
    const first = await inbox.next()
    if (first === 'stop' || !('alignment' in first)) return
    const { engine, placed } = open
    // The mix has the limiter.
    engine.commands.masterBypass(0, true)
    open.align(first.alignment)
    if (incomplete(open)) return say('unlike')
    open.start(spec.seed, spec.fromTick)
    const strips = spec.trackIds.map((id) => openStripPort(engine, placed.strips.tracks.get(id)!, false))
    const spare: TrackWindow[] = []
    for (;;) {
      const message = await inbox.next()
      if (message === 'stop' || !('more' in message)) return
      spare.push(...message.spare)
      for (let n = 0; n < message.more; n++) {
        const windows = strips.map((): TrackWindow | null => null)
        for (let step = 0; step < WINDOW_STEPS; step++) {
          hooks.poll?.()
          engine.step(STEP_FRAMES)
          strips.forEach((strip, index) => {
            if (strip.rendered.includes(1)) keep(strip, (windows[index] ??= emptied(spare.pop())), step)
          })
        }
        say(
          windows,
          windows.flatMap((one) => (one ? [one.rendered.buffer, one.samples.buffer] : [])),
        )
      }
    }
  } finally {
    inbox.close()
  }
}

const freshWindow = (): TrackWindow => ({
  rendered: new Uint8Array(WINDOW_BLOCKS),
  samples: new Float32Array(2 * WINDOW_FRAMES),
})

/** Samples of what was not rendered are never looked at. */
function emptied(used: TrackWindow | undefined): TrackWindow {
  used?.rendered.fill(0)
  return used ?? freshWindow()
}

function keep(strip: StripPort, { rendered, samples }: TrackWindow, step: number): void {
  rendered.set(strip.rendered, step * STEP_BLOCKS)
  samples.set(strip.left, step * STEP_FRAMES)
  samples.set(strip.right, WINDOW_FRAMES + step * STEP_FRAMES)
}

function give(strip: StripPort, window: TrackWindow | null, step: number): void {
  if (!window) {
    strip.rendered.fill(0)
    return
  }
  const { rendered, samples } = window
  const from = step * STEP_FRAMES
  strip.rendered.set(rendered.subarray(step * STEP_BLOCKS, (step + 1) * STEP_BLOCKS))
  strip.left.set(samples.subarray(from, from + STEP_FRAMES))
  strip.right.set(samples.subarray(WINDOW_FRAMES + from, WINDOW_FRAMES + from + STEP_FRAMES))
}

/** A part as the mix knows it. */
export interface PartFeed {
  readonly trackIds: readonly string[]
  readonly port: MessagePort
}

/**
 * The song with what the parts play: sample for sample what `renderSong` renders. Null: an engine cannot play all of its part, or more
 * happens at once than one engine has room for, and what then is lost depends on all: let one engine play the whole.
 */
export async function playMix(
  { open, take }: ReturnType<typeof beginSong>,
  parts: readonly PartFeed[],
  hooks: SongHooks,
  signal: AbortSignal | null,
): Promise<RenderedSong | null> {
  const feeds = parts.map(({ trackIds, port }) => ({
    port,
    inbox: openInbox<ToMix>(port, signal),
    strips: trackIds.map((id) => openStripPort(open.engine, open.placed.strips.tracks.get(id)!, true)),
  }))
  const tell = (port: MessagePort, message: ToPart, moved: Transferable[] = []): void =>
    port.postMessage(message, moved)
  try {
    if (incomplete(open)) return null
    for (const { port } of feeds) {
      tell(port, { alignment: open.loader.alignment() })
      tell(port, { more: WINDOWS_AHEAD, spare: [] })
    }
    while (!take.done) {
      const windows: (TrackWindow | null)[][] = []
      for (const { inbox } of feeds) {
        const message = await inbox.next()
        if (message === 'unlike') return null
        windows.push([...message])
      }
      for (let step = 0; step < WINDOW_STEPS && !take.done; step++) {
        hooks.poll?.()
        feeds.forEach(({ strips }, part) => strips.forEach((strip, index) => give(strip, windows[part]![index]!, step)))
        take.step()
        hooks.onProgress?.(take.share)
      }
      feeds.forEach(({ port }, part) => {
        const spare = windows[part]!.filter((one) => one !== null)
        tell(
          port,
          { more: 1, spare },
          spare.flatMap(({ rendered, samples }) => [rendered.buffer, samples.buffer]),
        )
      })
      if (open.lost() > 0) return null
    }
    return { channels: take.channels(), diagnostics: open.diagnostics() }
  } finally {
    for (const { port, inbox } of feeds) {
      tell(port, 'stop')
      inbox.close()
    }
  }
}
