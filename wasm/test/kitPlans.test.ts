// Plans of kits: nothing in their bytes is trusted.
import { describe, expect, it } from 'vitest'
import { compileProgram } from '../../src/compile/program.ts'
import { records } from '../../src/generated/wire.ts'
import { bootDry, programInput } from './engine.ts'
import { kit } from './kitPatches.ts'

describe('plans of kits', () => {
  it('bytes that are wrong in any way are refused, and nothing leaks', () => {
    const engine = bootDry()
    const { bytes } = compileProgram(programInput({ patch: kit([{ hertz: 300 }, { hertz: 500 }]) }))
    const used = () => engine.instance.exports.mem_count!(2)
    const first = engine.loadBytes(bytes)
    expect(first).not.toBe(0)
    engine.instance.exports.program_free!(first)
    const before = used()
    let accepted = 0
    let refused = 0
    for (let at = 4; at < bytes.length; at += 4) {
      for (const word of [0xffffffff, 0x7fc00000, 1 << 20]) {
        const bad = bytes.slice()
        new DataView(bad.buffer).setUint32(at, word, true)
        const handle = engine.loadBytes(bad)
        if (handle === 0) refused++
        else accepted++
        if (handle !== 0) engine.instance.exports.program_free!(handle)
      }
    }
    expect(refused).toBeGreaterThan(accepted)
    expect(used()).toBe(before)
    // Two pads on one key, and a kit as a pad of a kit.
    const { planHeader, planPad } = records
    const view = (plan: Uint8Array): DataView => new DataView(plan.buffer)
    const pads = planHeader.bytes
    const shared = bytes.slice()
    view(shared).setUint16(pads + planPad.bytes + planPad.offset.low, 36, true)
    expect(engine.loadBytes(shared)).toBe(0)
    const nested = bytes.slice()
    view(nested).setUint32(pads + 2 * planPad.bytes + planHeader.offset.pads, 1, true)
    expect(engine.loadBytes(nested)).toBe(0)
    expect(used()).toBe(before)
  })
})
