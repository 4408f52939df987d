// A new analysis stream is one header and one registry line: everything else follows, and nothing else changes. Node.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, sep } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { streamOptions } from '../../src/engine/wire/streams.ts'
import type { StreamSpec } from '../../src/generated/specs.ts'
import { createStreamInstance } from '../../src/workers/analyzer/instance.ts'
import { buildEngine, outputFolder } from '../build/engine.mjs'
import { readDescription } from '../build/gen/description.mjs'
import { renderGenerated } from '../build/gen.mjs'
import { describeModule } from '../build/module.mjs'
import { engineModule } from './module.ts'

const HEADER = `// Fixture: the mean of the last frames that nobody ships. Analyzer worker.
#pragma once
#include <array>

#include "core/stream.h"

namespace sl {

struct FixtureMean {
  enum P { scale, numParams };
  static constexpr std::array<Param, numParams> params{{
      {.id = "scale", .label = "Scale", .doc = "What the mean is multiplied with", .unit = Unit::ratio, .max = 10.f, .init = 1.f},
  }};
  static constexpr std::array<Reading, 2> readings{{
      {"left", "Left", "Mean of the left channel.", Unit::ratio},
      {"right", "Right", "Mean of the right channel.", Unit::ratio},
  }};
  static constexpr Spec spec{
      .id = "fixturemean", .label = "Fixture mean", .doc = "Mean of all frames.", .category = "level", .params = params, .readings = readings};
  static int count(const float*, int) { return 1; }
  bool prepare(const Setup&, const float* options, Arena&) {
    scale_ = options[scale];
    return true;
  }
  void push(const float* stereo, int frames) noexcept {
    for (int i = 0; i < frames; i++) sum_[0] += stereo[2 * i], sum_[1] += stereo[2 * i + 1];
    frames_ += frames;
  }
  bool ready() const noexcept { return frames_ > 0; }
  void read(float* into) noexcept {
    for (int c = 0; c < 2; c++) into[c] = scale_ * sum_[c] / (float)frames_;
  }
  float scale_ = 1.f, sum_[2] = {};
  int frames_ = 0;
};

}  // namespace sl
`

const root = join(import.meta.dirname, '..', '..')
const folder = mkdtempSync(join(tmpdir(), 'soundloom-stream-'))
const before: Record<string, string> = renderGenerated(describeModule(engineModule()))
let wasm: Uint8Array<ArrayBuffer>
let after: Record<string, string>

beforeAll(async () => {
  const out = join(root, 'wasm', 'out') + sep
  cpSync(join(root, 'wasm'), join(folder, 'wasm'), { recursive: true, filter: (path) => !path.startsWith(out) })
  writeFileSync(join(folder, 'wasm', 'streams', 'fixturemean.h'), HEADER)
  const path = join(folder, 'wasm', 'streams', 'registry.h')
  const registry = readFileSync(path, 'utf8')
    .replace('#include "streams/levels.h"', '#include "streams/fixturemean.h"\n#include "streams/levels.h"')
    .replace(/(using Streams = std::tuple<[^>]*)>/, '$1, FixtureMean>')
  writeFileSync(path, registry)
  const result = await buildEngine({ root: folder })
  if (!result.ok) throw new Error(result.text)
  wasm = new Uint8Array(readFileSync(join(outputFolder(folder), 'engine.wasm')))
  after = renderGenerated(describeModule(wasm))
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a new stream', () => {
  it('appears in the table of streams and in the reference', () => {
    expect(after['streams.ts']).toContain("id: 'fixturemean'")
    expect(after['reference.md']).toContain('### Fixture mean `fixturemean`')
    expect(after['reference.md']).toContain('| `left` | Mean of the left channel. | ratio |')
  })

  it('changes nothing else that is generated', () => {
    const changed = Object.keys(after).filter((name) => after[name] !== before[name])
    expect(changed.sort()).toEqual(['reference.md', 'streams.ts'])
  })

  it('is computed by a worker that has never heard of it', () => {
    const streams: StreamSpec[] = readDescription(describeModule(wasm)).streams
    const spec = streams.find(({ id }) => id === 'fixturemean')!
    const instance = createStreamInstance(new WebAssembly.Module(wasm))
    const stream = instance.create(spec, streamOptions(spec, { scale: 2 }), 48_000)
    expect(stream.ready()).toBe(false)
    instance.input.set([0.25, -1, 0.75, -0.5])
    stream.push(2)
    expect(stream.ready()).toBe(true)
    expect([...stream.read()]).toEqual([1, -1.5])
  })
})
