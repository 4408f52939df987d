// What every build of the engine must hold, and the module's own description. Node.

const PAGE = 65536
const MEMORY_BYTES = 64 * 1024 * 1024
const WANTED = ['_initialize', 'describe', '__stack_pointer', '__heap_base']

/** Null when the module imports exactly env.memory and exports what every host needs; else what is wrong. */
export function checkModule(bytes) {
  const module = new WebAssembly.Module(bytes)
  const imports = WebAssembly.Module.imports(module).map((entry) => `${entry.module}.${entry.name}`)
  if (imports.join() !== 'env.memory') return `the engine may import only env.memory, but imports ${imports.join(', ')}`
  const exported = new Set(WebAssembly.Module.exports(module).map((entry) => entry.name))
  const absent = WANTED.filter((name) => !exported.has(name))
  return absent.length > 0 ? `the engine does not export ${absent.join(', ')}` : null
}

/** A private instance with its own memory, ready to call. */
export function instantiate(bytes, memoryBytes = MEMORY_BYTES) {
  const module = bytes instanceof WebAssembly.Module ? bytes : new WebAssembly.Module(bytes)
  const pages = memoryBytes / PAGE
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true })
  const { exports } = new WebAssembly.Instance(module, { env: { memory } })
  exports._initialize()
  return { module, memory, exports }
}

/** The JSON text that `describe` writes: specs, records and limits of this very module. */
export function describeModule(bytes) {
  const { memory, exports } = instantiate(bytes)
  const capacity = 4 * 1024 * 1024
  const pointer = MEMORY_BYTES - capacity
  const length = exports.describe(pointer, capacity)
  if (length < 0) throw new Error(`describe() needs more than ${capacity} bytes`)
  const text = new TextDecoder().decode(new Uint8Array(memory.buffer, pointer, length).slice())
  JSON.parse(text)
  return text
}
