// Builds the patch of an imported sound: sources -> mix -> filter -> amp -> pan, deterministic for equal readings (import worker).
import type { Patch } from '../model.ts'
import type { InstrumentContext } from '../normalise/context.ts'
import type { JsonNode } from '../json/node.ts'
import type { OscillatorReading, SoundReading } from '../normalise/sound.ts'
import { ROLE_POLICIES } from '../roles.ts'
import { PatchDraft } from './draft.ts'
import { addAmplifier } from './envelope.ts'
import { addFilter } from './filter.ts'
import { modelOf } from './physical.ts'
import { mixShares } from './ratios.ts'
import { buildSource, isTunable } from './sources.ts'
import { connectStereo, throughUnit } from './stereo.ts'
import { addStringParts, addVibrato } from './strings.ts'

/** Inputs of a `mix` unit. */
const MIX_INPUTS = 8

interface PlannedSource {
  readonly word: string
  readonly oscillator: OscillatorReading
  readonly share: number
}

export function buildPatch(context: InstrumentContext, sound: SoundReading): { patch: Patch; draft: PatchDraft } {
  const draft = new PatchDraft()
  const sources = planSources(context, sound)
  const outputs = addSources(draft, context, sources)
  const mixed = addMix(draft, sources, outputs)
  const filtered = addFilter(draft, context, sound, mixed)
  const amplified = addAmplifier(draft, context, sound, filtered)
  const extra = addStringParts(
    draft,
    sound,
    sources.findIndex((source) => source.word === 'string'),
  )
  addVibrato(draft, sound)
  draft.unit('pan', 'pan', 'Output')
  connectStereo(draft, 'pan', [...amplified, ...extra])
  const max = sound.slots.value('voices.max') ?? ROLE_POLICIES[context.role].maxVoices
  const glideSeconds = sound.slots.value('voices.glide') ?? 0
  const patch = draft.finish({ left: 'pan.left', right: 'pan.right' }, Math.max(1, Math.round(max)), glideSeconds)
  return { patch, draft }
}

/** Which sources play, and their shares; at most as many as the mixer has inputs. */
function planSources(context: InstrumentContext, sound: SoundReading): PlannedSource[] {
  const planned: { word: string; oscillator: OscillatorReading; share: number }[] = []
  const levels = sound.oscillators.map(({ slots }) => slots.value('osc.level') ?? 1)
  const loudest = levels.reduce((a, b) => a + b, 0) || 1
  sound.oscillators.forEach((oscillator, index) => {
    const words = wordsOf(context, sound, oscillator).map((word) => modelled(context, word))
    const additive = words.length === 1 && words[0] === 'additive'
    const ratios = additive ? [] : (oscillator.slots.lists.get('osc.mix')?.values ?? [])
    const shares = mixShares(ratios, words.length)
    remarkShares(context, oscillator, ratios, shares)
    words.forEach((word, at) =>
      planned.push({ word, oscillator, share: ((shares[at] ?? 0) * (levels[index] ?? 1)) / loudest }),
    )
  })
  if (planned.length === 0) {
    const words = sound.hasStrings
      ? ['string']
      : sound.synthesis
        ? [modelled(context, sound.synthesis)]
        : ROLE_POLICIES[context.role].waves
    const oscillator = { slots: sound.slots, node: sound.node }
    if (!sound.hasStrings) {
      context.remark({
        kind: 'guessed',
        severity: 'warning',
        cause: 'no-source',
        node: sound.node,
        found: 'no oscillator',
        used: words.join(', '),
        why: `the file names no source: the role ${context.role}'s sources play`,
      })
    }
    words.forEach((word) => planned.push({ word, oscillator, share: 1 / words.length }))
  }
  return planned.slice(0, MIX_INPUTS)
}

/** A physical model that is not named is what the role plays. */
const modelled = (context: InstrumentContext, word: string): string =>
  word === 'physical' ? modelOf(context.role) : word

function wordsOf(context: InstrumentContext, sound: SoundReading, oscillator: OscillatorReading): readonly string[] {
  const { slots } = oscillator
  const words = slots.words.get('osc.types')?.words ?? []
  if (slots.lists.has('osc.harmonics') && words.every((word) => word === 'sine' || word === 'additive'))
    return ['additive']
  if (words.length > 0) return words
  if (sound.synthesis) return [sound.synthesis]
  return sound.hasStrings ? ['string'] : ROLE_POLICIES[context.role].waves
}

function remarkShares(
  context: InstrumentContext,
  oscillator: OscillatorReading,
  ratios: readonly number[],
  shares: readonly number[],
): void {
  const sum = ratios.reduce((a, b) => a + b, 0)
  if (ratios.length === 0 || (ratios.length === shares.length && Math.abs(sum - 1) < 1e-6)) return
  const node = oscillator.node
    .entries()
    .find((entry) => entry.node.pointer() === oscillator.slots.lists.get('osc.mix')?.found.pointer)?.node
  if (!node) return
  context.remark({
    kind: 'changed',
    severity: 'note',
    cause: 'oscillator.mix/shares',
    node,
    found: node.raw(),
    used: `[${shares.join(', ')}]`,
    why:
      ratios.length < shares.length
        ? 'ratios are scaled to sum 1; the missing ones share the rest'
        : 'ratios are scaled to sum 1',
  })
}

/** The value that names the source, or the section where nothing does. */
function placeOf({ oscillator: { node, slots } }: PlannedSource): JsonNode {
  const named = slots.words.get('osc.types')?.found.pointer
  return node.entries().find((entry) => entry.node.pointer() === named)?.node ?? node
}

/** Builds each source; the detune of a section spreads evenly over its tunable sources. */
function addSources(
  draft: PatchDraft,
  context: InstrumentContext,
  sources: readonly PlannedSource[],
): (readonly string[])[] {
  return sources.map((source, index) => {
    const { slots } = source.oscillator
    const siblings = sources.filter((other) => other.oscillator === source.oscillator && isTunable(other.word))
    const detune = slots.scalars.get('osc.detune')
    const alone = siblings.length <= 1 && sources.filter((other) => isTunable(other.word)).length <= 1
    const place = siblings.indexOf(source)
    const own = ownDetune(sources.length, detune?.value ?? 0, siblings.length, place)
    const name = `osc${String(index + 1)}`
    const outputs = buildSource(
      draft,
      {
        word: source.word,
        node: placeOf(source),
        name,
        label: `Oscillator ${String(index + 1)}`,
        slots,
        detune: alone ? 0 : own,
        alone,
      },
      context,
    )
    if (detune && !alone && place === siblings.length - 1 && place >= 0 && Math.abs(own) <= 1) {
      const factor = siblings.length > 1 ? 50 : 100
      draft.found[`${name}.fine`] = detune.found
      draft.aliases.set('osc.detune', { key: `${name}.fine`, factor })
    }
    return outputs
  })
}

/** This source's offset: spread over -d/2..d/2 among siblings; a section with one source among several is offset as a whole. */
function ownDetune(total: number, detune: number, count: number, place: number): number {
  if (detune === 0 || place < 0) return 0
  if (count > 1) return detune * (place / (count - 1) - 0.5)
  return total > 1 ? detune : 0
}

function addMix(
  draft: PatchDraft,
  sources: readonly PlannedSource[],
  outputs: readonly (readonly string[])[],
): readonly string[] {
  if (outputs.length === 1) return outputs[0] ?? []
  draft.unit('mix', 'mix', 'Mix')
  outputs.forEach((from, index) => {
    const input = String(index + 1)
    connectStereo(draft, 'mix', from, `in${input}`, `right${input}`)
    const source = sources[index]
    const found = source?.oscillator.slots.lists.get('osc.mix')?.found
    const level = source?.oscillator.slots.scalars.get('osc.level')?.found
    draft.put('mix', `level${input}`, source?.share ?? 0, found ?? level)
  })
  return throughUnit('mix', outputs.flat())
}
