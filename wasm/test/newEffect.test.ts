// A new effect is one header and one registry line: everything else follows, and nothing else changes. Node.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, sep } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EffectSpec } from '../../src/generated/specs.ts'
import type { Device } from '../../src/presets/model.ts'
import { effectFaces, isKnob } from '../../src/ui/panels/devices/layout.ts'
import { buildEngine, outputFolder } from '../build/engine.mjs'
import { readDescription } from '../build/gen/description.mjs'
import { renderGenerated, writeGenerated } from '../build/gen.mjs'
import { describeModule } from '../build/module.mjs'
import type * as Checkout from './engine.ts'
import { engineModule } from './module.ts'
import { sawPatch } from './patches.ts'

const HEADER = `// Fixture: a ring of gain that nobody ships. Audio thread except prepare.
#pragma once
#include <array>

#include "core/effect.h"

namespace sl {

/// Flips and scales both channels.
struct FixtureFlip {
  enum P { amount, way, numParams };
  static constexpr std::array<Option, 2> ways{{{"down", "Down"}, {"up", "Up"}}};
  static constexpr std::array<Param, numParams> params{{
      {.id = "amount", .label = "Amount", .doc = "How much is left", .unit = Unit::fraction, .init = 0.25f},
      {.id = "way", .label = "Way", .doc = "Sign of the output", .init = 1, .curve = Curve::option, .smooth = Smooth::none, .options = ways},
  }};
  static constexpr Spec spec{
      .id = "fixtureflip", .label = "Fixture flip", .doc = "Scales and flips the sound.", .category = "utility", .params = params};
  bool prepare(const Setup&, Arena&) noexcept { return true; }
  void reset() noexcept {}
  void process(const StereoBlock& b) noexcept {
    const float sign = b.params[way].value > 0.5f ? 1.f : -1.f;
    float gain = b.params[amount].value;
    for (int i = 0; i < b.frames; i++, gain += b.params[amount].step) {
      b.left[i] *= sign * gain;
      b.right[i] *= sign * gain;
    }
  }
  int latencyFrames() const { return 0; }
  int tailFrames() const { return 0; }
};

}  // namespace sl
`

const root = join(import.meta.dirname, '..', '..')
const folder = mkdtempSync(join(tmpdir(), 'soundloom-effect-'))
const before: Record<string, string> = renderGenerated(describeModule(engineModule()))
let wasm: Uint8Array<ArrayBuffer>
let after: Record<string, string>

/** Adds the include after the last one and the type at the end of the tuple. */
function addLine(registry: string, include: string, type: string): string {
  const includeAt = registry.lastIndexOf('#include')
  const lineEnd = registry.indexOf('\n', includeAt)
  const added = `${registry.slice(0, lineEnd)}\n#include "${include}"${registry.slice(lineEnd)}`
  return added.replace(/(using Effects = std::tuple<)([^>]*)>/, (_all, head: string, list: string) =>
    list.trim() === '' ? `${head}${type}>` : `${head}${list}, ${type}>`,
  )
}

beforeAll(async () => {
  const out = join(root, 'wasm', 'out') + sep
  for (const name of ['wasm', 'src'])
    cpSync(join(root, name), join(folder, name), { recursive: true, filter: (path) => !path.startsWith(out) })
  writeFileSync(join(folder, 'wasm', 'effects', 'fixtureflip.h'), HEADER)
  const registry = join(folder, 'wasm', 'effects', 'registry.h')
  writeFileSync(registry, addLine(readFileSync(registry, 'utf8'), 'effects/fixtureflip.h', 'FixtureFlip'))
  const result = await buildEngine({ root: folder })
  if (!result.ok) throw new Error(result.text)
  wasm = new Uint8Array(readFileSync(join(outputFolder(folder), 'engine.wasm')))
  after = renderGenerated(describeModule(wasm))
  writeGenerated(folder, describeModule(wasm))
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a new effect', () => {
  it('appears in the effect table with its parameters, units, ranges and options', () => {
    const { effects } = readDescription(describeModule(wasm))
    const spec = effects.at(-1)
    expect(spec).toMatchObject({ id: 'fixtureflip', label: 'Fixture flip', category: 'utility', version: 1 })
    expect(spec.params[0]).toMatchObject({
      id: 'amount',
      unit: 'fraction',
      min: 0,
      max: 1,
      init: 0.25,
      curve: 'linear',
    })
    expect(spec.params[1]).toMatchObject({
      id: 'way',
      init: 'up',
      curve: 'option',
      options: [{ id: 'down' }, { id: 'up' }],
    })
    expect(after['effects.ts']).toContain("id: 'fixtureflip'")
  })

  it('appears in the preset schema, the argument schemas and the reference', () => {
    const schema = JSON.parse(after['preset.schema.json']!) as { $defs: Record<string, { properties: object }> }
    expect(schema.$defs.fixtureflip?.properties).toMatchObject({
      type: { const: 'fixtureflip' },
      values: { properties: { amount: { minimum: 0, maximum: 1 }, way: { enum: ['down', 'up'] } } },
    })
    expect(after['args.ts']).toMatch(/fixtureflip: z\.strictObject\(\{\s+amount: z\.number\(\)\.min\(0\)\.max\(1\)/)
    expect(after['reference.md']).toContain('### Fixture flip `fixtureflip`')
  })

  it('has a face with a knob for each number and a choice for each option', () => {
    const effects: EffectSpec[] = readDescription(describeModule(wasm)).effects
    const device = { id: 'd', kind: 'effect', type: 'fixtureflip', values: {}, bypass: false } as const
    const specs = { units: new Map(), effects: new Map(effects.map((spec) => [spec.id, spec])) }
    const [face] = effectFaces([device], specs)
    expect(face?.params.map((param) => [param.key, param.name, isKnob(param)])).toEqual([
      ['fx1.amount', 'Fixture flip amount', true],
      ['fx1.way', 'Fixture flip way', false],
    ])
  })

  it('sounds in a preset, compiled and rendered by code that has never heard of it', async () => {
    const checkout = (await import(/* @vite-ignore */ join(folder, 'wasm', 'test', 'engine.ts'))) as typeof Checkout
    const render = (...effects: Device[]) => {
      const engine = checkout.bootEngine()
      engine.install({ patch: sawPatch(), effects })
      engine.noteOn(1, 57)
      return engine.render(9600).left
    }
    const dry = render()
    const up = render(checkout.effect('fixtureflip'))
    const down = render(checkout.effect('fixtureflip', { amount: 0.5, way: 'down' }))
    expect(checkout.peakOf(dry)).toBeGreaterThan(0.05)
    for (let i = 0; i < dry.length; i += 97) {
      expect(up[i]).toBeCloseTo(0.25 * dry[i]!, 5)
      expect(down[i]).toBeCloseTo(-0.5 * dry[i]!, 5)
    }
  })

  it('only adds lines to what is generated, and none to the patch schema, the units or the wire', () => {
    for (const [name, text] of Object.entries(after)) {
      const lines = text.split('\n')
      let at = 0
      const lost = before[name]!.split('\n').filter((line) => {
        const found = lines.findIndex((candidate, index) => index >= at && sameLine(candidate, line))
        if (found >= 0) at = found + 1
        return found < 0
      })
      expect(lost, `${name} lost lines`).toEqual([])
    }
    for (const name of ['units.ts', 'patch.schema.json', 'wire.ts', 'specs.ts', 'streams.ts'])
      expect(after[name], name).toBe(before[name])
  })
})

/** A line is kept when it is the same but for a comma that a following entry needs, or is the id list that grows at its end. */
function sameLine(candidate: string, line: string): boolean {
  const isIdList = line.startsWith('export const effectId = ')
  return candidate === line || candidate === `${line},` || (isIdList && candidate.startsWith(line.replace(/\]\)$/, '')))
}
