// Puts the command side together: held notes, player, notices, and the door itself (main thread).
import type { Stores } from '../project/stores.ts'
import type { Keeping } from '../project/keeping.ts'
import type { CommandContext, EnginePort, LibraryPort, MidiPort } from './context.ts'
import { createBannerDesk } from './banner.ts'
import { createFinder } from './finder.ts'
import { createFreezes } from './freezes.ts'
import { createHeldNotes } from './heldNotes.ts'
import { createLiveVoice } from './liveVoice.ts'
import { createNotices } from './notices.ts'
import { createPlayer } from './player.ts'
import { createRun, type Run } from './registry.ts'
import { createReportDesk } from './reportDesk.ts'

export interface CommandParts {
  readonly stores: Stores
  readonly keeping: Keeping
  readonly engine: EnginePort
  readonly library: LibraryPort
  readonly search: CommandContext['search']
  readonly assets: CommandContext['assets']
  readonly decodeAudio: CommandContext['decodeAudio']
  readonly midi: MidiPort
  readonly demo: CommandContext['demo']
  readonly download: (name: string, text: string, type: string) => void
  readonly nowMs?: () => number
  readonly random?: () => number
}

export function assembleCommands(parts: CommandParts): { readonly context: CommandContext; readonly run: Run } {
  const {
    stores,
    keeping,
    engine,
    library,
    search,
    assets,
    decodeAudio,
    midi,
    demo,
    download,
    nowMs = () => performance.now(),
    random = Math.random,
  } = parts
  const voice = createLiveVoice(stores, engine)
  const held = createHeldNotes(voice)
  const notices = createNotices()
  const context: CommandContext = {
    stores,
    engine,
    library,
    search,
    assets,
    decodeAudio,
    midi,
    demo,
    banner: createBannerDesk(),
    freezes: createFreezes(),
    download,
    random,
    held,
    voice,
    notices,
    history: keeping.history,
    projects: keeping.projects,
    tabs: keeping.tabs,
    player: createPlayer({ stores, library, engine, held, notices, nowMs }),
    desk: createReportDesk(),
    finder: createFinder(),
  }
  return { context, run: createRun(context) }
}
