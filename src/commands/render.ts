// Offline renders of one sound: by id, or from JSON that passes through the importer (main thread).
import { SoundloomError } from '../params/error.ts'
import type { ImportReport } from '../presets/report.ts'
import type { CommandContext, ProgramInput, RenderOptions, RenderResult } from './context.ts'
import { parseArgs } from './parseArgs.ts'
import { z } from './schema.ts'
import { resolvePatch } from './sounds.ts'

const LONGEST_SECONDS = 600
const seconds = z.number().check(z.minimum(0), z.maximum(LONGEST_SECONDS))

const OPTIONS = z.strictObject({
  note: z.optional(z.number().check(z.minimum(0), z.maximum(127))),
  velocity: z.optional(z.number().check(z.gt(0), z.maximum(1))),
  duration: z.optional(seconds),
  tail: z.optional(seconds),
  sampleRate: z.optional(z.union([z.literal(44_100), z.literal(48_000), z.literal(96_000)])),
  seed: z.optional(z.int()),
})

/** One preset, as JSON text or as the object itself. */
async function fromJson(
  { library }: CommandContext,
  json: string,
): Promise<{ program: ProgramInput; report: ImportReport }> {
  const { presets, report } = await library.read(json)
  const [preset] = presets
  if (!preset) {
    const hint = report.error?.hint ?? report.summary
    throw new SoundloomError('parse-failed', report.error?.message ?? 'The JSON holds no sound.', { hint })
  }
  const patch = resolvePatch(library.store.getState(), preset)
  if (!patch)
    throw new SoundloomError('unknown-id', `There is no patch "${String(preset.patch)}".`, { field: '/patch' })
  return { program: { patch, values: preset.values, effects: preset.effects, gainDb: 0 }, report }
}

/**
 * The sound as the library holds it (edits on the strip are not heard), without level match: instrument -> its effects -> master
 * limiter; frames = round((duration + tail) * sampleRate). Of JSON with several sounds the first is rendered, and the import
 * report is in `diagnostics`.
 */
export async function renderPreset(
  context: CommandContext,
  idOrJson: string | object,
  options: RenderOptions = {},
): Promise<RenderResult> {
  const checked = parseArgs('renderPreset', OPTIONS, options, 'note, velocity, duration, tail, sampleRate and seed.')
  const isId = typeof idOrJson === 'string' && !/^\s*[[{]/.test(idOrJson)
  if (isId) {
    const { original, originalPatch } = context.player.sound(idOrJson)
    const { values, effects } = original
    return context.engine.renderPreset({ patch: originalPatch, values, effects, gainDb: 0 }, checked)
  }
  const json = typeof idOrJson === 'string' ? idOrJson : JSON.stringify(idOrJson)
  const { program, report } = await fromJson(context, json)
  const result = await context.engine.renderPreset(program, checked)
  return { ...result, diagnostics: [...result.diagnostics, report] }
}
