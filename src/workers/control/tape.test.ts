// A take begins whole: tap, reset and start at one frame, wherever the engine stands between them (Node, the real module).
import { expect, test } from 'vitest'
import type { CommandPort } from '../../engine/wire/commands.ts'
import { bootEngine, type TestEngine } from '../../../wasm/test/engine.ts'
import { sawPatch } from '../../../wasm/test/patches.ts'
import { createTape } from './tape.ts'

/** Frames that the engine goes on by at a time. */
const BLOCK = 128

/** As if another thread rendered: after every call the engine goes on by a block, whether it saw the call or not. */
function renderedBetween(engine: TestEngine): CommandPort {
  const wrap = (port: CommandPort): CommandPort =>
    new Proxy(port, {
      get(target, name) {
        const call = Reflect.get(target, name) as (...given: unknown[]) => unknown
        if (name === 'together')
          return (calls: (port: CommandPort) => void) => target.together((inner) => calls(wrap(inner)))
        return (...given: unknown[]) => {
          const answer = call.apply(target, given)
          engine.render(BLOCK)
          return answer
        }
      },
    })
  return wrap(engine.commands.at(null))
}

test('the first sample of a take is the first after its reset, even if the engine renders between the commands', async () => {
  const take = async (port: (engine: TestEngine) => CommandPort): Promise<Float32Array> => {
    const engine = bootEngine()
    engine.install({ patch: sawPatch() })
    engine.noteOn(1, 50)
    engine.render(1000)
    const tape = createTape(engine.wire, port(engine))
    const rendering = setInterval(() => engine.render(BLOCK), 1)
    await tape.start(7, 0)
    clearInterval(rendering)
    engine.noteOn(2, 57)
    engine.render(4096)
    const { channels, log } = tape.stop({
      programs: () => ({ bytes: new Uint8Array() }),
      tables: () => ({ bytes: new Uint8Array() }),
    })
    expect(log.seed).toBe(7)
    return channels[0]!
  }
  const left = await take(renderedBetween)
  // What sounded before the reset is not in it; nothing sounds in the block that the reset began, for the next note came after it.
  expect(left.subarray(0, BLOCK).every((sample) => sample === 0)).toBe(true)
  expect(left.some((sample) => sample !== 0)).toBe(true)
})

test('commands sent together reach the engine all or not at all', () => {
  const engine = bootEngine()
  const port = engine.commands.at(null)
  expect(port.together(() => undefined)).toBe(true)
  expect(() => port.together(() => port.together(() => undefined))).toThrow('already')
  let sent = 0
  while (
    port.together((calls) => {
      for (let index = 0; index < 16; index++) calls.masterGain(-index)
    })
  )
    sent++
  expect(sent).toBeGreaterThan(0)
  expect(() =>
    port.together((calls) => {
      for (let index = 0; index <= 16; index++) calls.masterGain(0)
    }),
  ).toThrow('16')
  // A refusal leaves the port as it was: a single command goes through again when there is room.
  engine.render(BLOCK)
  expect(port.masterGain(0)).toBe(true)
})
