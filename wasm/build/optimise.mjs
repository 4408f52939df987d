// Binaryen over the linked module: what is shipped and tested runs some per cent faster, bit for bit the same. Node.
import { createRequire } from 'node:module'

const LEVEL = 2
/** As fast as without, and 20 kB less. */
const SHRINK = 1
/** What the compiler uses: nothing newer comes in here. No relaxed SIMD: its results differ between machines. */
const FEATURES = [
  'Atomics',
  'BulkMemory',
  'BulkMemoryOpt',
  'MutableGlobals',
  'SignExt',
  'NontrappingFPToInt',
  'SIMD128',
  'Multivalue',
  'ReferenceTypes',
  'CallIndirectOverlong',
]
const { version } = createRequire(import.meta.url)('binaryen/package.json')

/** What the result depends on besides the module; part of its cache key. */
export const OPTIMISER = `binaryen ${version} -O${LEVEL} ${SHRINK}`

/**
 * @param {Uint8Array} wasm
 * @returns {Promise<Uint8Array<ArrayBuffer>>} the same exports and imports; takes seconds
 */
export async function optimise(wasm) {
  // Only builds that optimise load it: it is large.
  const { default: binaryen } = await import('binaryen')
  const module = binaryen.readBinary(wasm)
  try {
    module.setFeatures(FEATURES.reduce((all, name) => all | binaryen.Features[name], 0))
    binaryen.setOptimizeLevel(LEVEL)
    binaryen.setShrinkLevel(SHRINK)
    module.optimize()
    return new Uint8Array(module.emitBinary())
  } finally {
    module.dispose()
  }
}
