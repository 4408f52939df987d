// Takes for tests of identity: calls of any size, and the replay log played again on another engine.
import { constants, enums, records } from '../../src/generated/wire.ts'
import type { Stereo, TestEngine } from './engine.ts'

export const joined = (parts: readonly Stereo[]): Stereo => ({
  left: Float32Array.from(parts.flatMap(({ left }) => [...left])),
  right: Float32Array.from(parts.flatMap(({ right }) => [...right])),
})

/** The host asks for `blocks` frames in turn. */
export function ragged(engine: TestEngine, frames: number, blocks: readonly number[]): Stereo {
  const parts: Stereo[] = []
  for (let done = 0, k = 0; done < frames; k++) {
    const n = Math.min(blocks[k % blocks.length]!, frames - done)
    parts.push(engine.render(n, n))
    done += n
  }
  return joined(parts)
}

export function readLog(engine: TestEngine) {
  const at = records.log.offset
  const view = new DataView(engine.instance.memory.buffer, engine.wire.log)
  const count = view.getUint32(at.count, true)
  return {
    seed: view.getUint32(at.seed, true),
    overflow: view.getUint32(at.overflow, true),
    startFrame: view.getUint32(at.startFrameLow, true),
    records: new Uint8Array(
      engine.instance.memory.buffer.slice(
        engine.wire.log + records.log.bytes,
        engine.wire.log + records.log.bytes + count * constants.recordBytes,
      ),
    ),
  }
}

/** `handles`: this engine's by those of the log. */
export function replay(
  engine: TestEngine,
  log: Uint8Array,
  handles: ReadonlyMap<number, number>,
  frames: number,
): Stereo {
  const copy = log.slice()
  const view = new DataView(copy.buffer)
  for (let at = 0; at < copy.length; at += constants.recordBytes) {
    if (view.getUint16(at + records.command.offset.type, true) === enums.event.installProgram) {
      const where = at + records.install.offset.handle
      view.setUint32(where, handles.get(view.getUint32(where, true))!, true)
    }
    engine.commands.raw(new Int32Array(copy.buffer, at, constants.recordBytes / 4))
  }
  return engine.render(frames, 4096)
}
