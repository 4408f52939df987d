// window.soundloom: the public scripting API of CONTRACTS.md (main thread). What is not built yet is absent.
import { bench, type BenchOptions } from './commands/bench.ts'
import type { BenchResult } from './params/bench.ts'
import type { CommandContext, ProjectResult, RenderOptions, RenderResult } from './commands/context.ts'
import type { RunOptions } from './commands/define.ts'
import type { SearchHit } from './commands/families/library.ts'
import type { CommandArgs, CommandInfo, CommandResult, Run } from './commands/registry.ts'
import { commandInfos } from './commands/registry.ts'
import { renderPreset } from './commands/render.ts'
import { renderProject, type RenderProjectOptions } from './commands/renderProject.ts'
import { visiblePresets } from './commands/sounds.ts'
import type { StreamsPort } from './commands/streams.ts'

export interface PresetInfo {
  readonly id: string
  readonly name: string
  readonly role: string
  readonly tags: readonly string[]
  readonly description: string
  readonly source: object
  /** Why the sound only approximates its source; absent: it does not. */
  readonly approximated?: readonly string[]
}

export interface SoundloomApi {
  readonly version: string
  /** A drop works and all workers answered; audio itself starts on the first gesture. Rejects where the page cannot start. */
  readonly ready: Promise<void>
  /** The engine's figures; null where the browser cannot tell. */
  status(): object
  commands(): CommandInfo[]
  /** Runs a command; rejects with a SoundloomError and changes nothing when an argument does not fit. */
  run(id: string, args?: unknown, options?: RunOptions): Promise<unknown>
  /** Where the song stands, and copies of the open document and of the session. */
  state(): { readonly transport: object; readonly project: object; readonly session: object }
  /** Exactly what a drop does; one report a file. */
  import(files: readonly File[]): Promise<CommandResult<'library.import'>>
  /** What the browser lists. */
  presets(): PresetInfo[]
  /** What answers a description, best first: at most `limit` (50). */
  search(query: string, options?: { readonly role?: string; readonly limit?: number }): Promise<readonly SearchHit[]>
  /** By id, or from JSON (text or object) that passes through the importer; its report is in `diagnostics`. */
  renderPreset(idOrJson: string | object, options?: RenderOptions): Promise<RenderResult>
  /** The open project as it plays, without loop and metronome; the same samples as a capture that plays it. */
  renderProject(options?: RenderProjectOptions): Promise<ProjectResult>
  /** The time that a fixed work takes to render; `ms` is rendering alone. */
  bench(options: BenchOptions): Promise<BenchResult>
  /** Live analysis; computed only while somebody subscribes. */
  readonly streams: StreamsPort
}

export function createApi(
  context: CommandContext,
  run: Run,
  version: string,
  ready: Promise<void>,
  { list, subscribe, statistics }: StreamsPort,
): SoundloomApi {
  const { stores, library, engine } = context
  return Object.freeze({
    version,
    ready,
    status: () => engine.status(),
    commands: commandInfos,
    run: (id: string, args?: unknown, options?: RunOptions) => run(id, args ?? {}, options),
    state: () => ({
      transport: { ...engine.transport.state() },
      ...structuredClone({ project: stores.project.getState(), session: stores.session.getState() }),
    }),
    import: (files: readonly File[]) => run('library.import', { files: [...files] }),
    presets: () =>
      visiblePresets(library.store.getState(), stores.library.getState()).map((preset) => {
        const { id, name, role, tags, description, source, approximated } = preset
        const info = { id, name, role, tags, description, source }
        return structuredClone(approximated?.length ? { ...info, approximated } : info)
      }),
    search: (query: string, options: object = {}) =>
      run('library.search', { query, ...options } as CommandArgs<'library.search'>),
    renderPreset: (idOrJson: string | object, options?: RenderOptions) => renderPreset(context, idOrJson, options),
    renderProject: (options?: RenderProjectOptions) => renderProject(context, options),
    bench: (options: BenchOptions) => bench(context, options),
    streams: Object.freeze({ list, subscribe, statistics }),
  })
}

declare global {
  interface Window {
    soundloom?: SoundloomApi
  }
}
