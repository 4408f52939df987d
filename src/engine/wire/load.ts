// How compiled bytes enter the engine's memory and what a refusal means (the instance that allocates).
import { enums } from '../../generated/wire.ts'
import { SoundloomError } from '../../params/error.ts'
import type { EngineExports } from './instance.ts'
import type { EngineWire } from './map.ts'

export interface EngineHeap {
  readonly exports: EngineExports
  readonly memory: WebAssembly.Memory
  readonly wire: EngineWire
}

const HINTS = {
  program: 'Use fewer voices, units or effects.',
  table: 'Use fewer notes and automation points.',
  asset: 'Use shorter or fewer samples.',
} as const

/** A program's, a song table's or an asset's handle. Throws `limit-exceeded` when memory or slots are full, `internal` when the engine refuses. */
export function loadBytes(
  { exports, memory, wire }: EngineHeap,
  what: 'program' | 'table' | 'asset',
  bytes: Uint8Array,
): number {
  const full = (): SoundloomError =>
    new SoundloomError('limit-exceeded', 'The engine’s memory is full', {
      hint: HINTS[what],
    })
  const address = exports.mem_alloc(bytes.length)
  if (address === 0) throw full()
  new Uint8Array(memory.buffer, address, bytes.length).set(bytes)
  const load = { program: exports.program_load, table: exports.table_load, asset: exports.asset_load }[what]
  const handle = load(address, bytes.length) >>> 0
  if (what !== 'asset') exports.mem_free(address)
  if (handle !== 0) return handle
  const [code, section, index, offset] = wire.lastError()
  if (code === enums.planError.memory || code === enums.planError.slots) throw full()
  const name = Object.entries(enums.planError).find(([, value]) => value === code)?.[0] ?? String(code)
  throw new SoundloomError(
    'internal',
    `The engine refused a ${what}: ${name} (section ${section}, entry ${index}, byte ${offset})`,
  )
}
