// Sources that are physical models: struck bodies, bowed strings, wind instruments (import worker).
import { round } from '../rules/quantity.ts'
import type { PatchDraft } from './draft.ts'
import type { SourceRequest } from './request.ts'

/** Transposition and this source's share of the detune. */
export function tune(draft: PatchDraft, { name, slots, detune }: SourceRequest): void {
  draft.read('osc.tune', slots.scalars.get('osc.tune'), name, 'tune')
  if (detune === 0) return
  if (Math.abs(detune) <= 1) draft.put(name, 'fine', round(detune * 100))
  else draft.put(name, 'tune', detune + (slots.value('osc.tune') ?? 0))
}

/** What a role strikes, and what it plays when only "physical model" is said. */
const STRUCK: Readonly<Record<string, string>> = {
  BELL: 'bell',
  DRUM: 'membrane',
  FX: 'gong',
  TEXTURE: 'plate',
  DRONE: 'gong',
  PAD: 'glass',
}
const MODELS: Readonly<Record<string, string>> = {
  BELL: 'modal',
  DRUM: 'membrane',
  STRINGS: 'bow',
  BRASS: 'brass',
  FX: 'modal',
  TEXTURE: 'modal',
}
export const struckBy = (role: string): string => STRUCK[role] ?? 'marimba'
export const modelOf = (role: string): string => MODELS[role] ?? 'string'

export function struck(draft: PatchDraft, request: SourceRequest, body: string): readonly string[] {
  const { name, label } = request
  draft.unit(name, 'modal', label, { body, modes: 48, decay: body === 'marimba' || body === 'membrane' ? 1.5 : 6 })
  tune(draft, request)
  return [name, `${name}.right`]
}

/** The envelope of the file shapes the note: the bow takes up its speed at once. */
export function bowed(draft: PatchDraft, request: SourceRequest, body: string): readonly string[] {
  draft.unit(request.name, 'bow', request.label, { body, attack: 0.01, release: 2 })
  tune(draft, request)
  return [request.name]
}

export function blown(draft: PatchDraft, request: SourceRequest): readonly string[] {
  draft.unit(request.name, 'wind', request.label, { model: request.word, attack: 0.01, release: 2 })
  tune(draft, request)
  return [request.name]
}
