// Which browser features Soundloom cannot run without, and what to do when one is missing (main thread, before anything boots).

export interface MissingFeature {
  readonly id: 'isolation' | 'shared-memory' | 'audio-worklet' | 'simd' | 'memory' | 'engine'
  readonly name: string
  /** One sentence: why it is needed or what is wrong. */
  readonly why: string
  /** One sentence: what the visitor can do. */
  readonly remedy: string
}

/** The parts of the page's global object that the check looks at, so that tests can leave one out. */
export interface Browser {
  readonly crossOriginIsolated?: boolean
  readonly isSecureContext?: boolean
  readonly SharedArrayBuffer?: unknown
  readonly AudioWorkletNode?: unknown
  readonly AudioContext?: unknown
  readonly WebAssembly?: {
    readonly validate: (bytes: BufferSource) => boolean
    readonly Memory: typeof WebAssembly.Memory
  }
  readonly navigator?: { readonly userAgentData?: { readonly brands: readonly { readonly brand: string }[] } }
}

const UPDATE = 'Update your browser, or open this page in a current desktop Chrome or Edge.'

/** i8x16.popcnt on a splat: validates only where the SIMD proposal is complete (probe of wasm-feature-detect, Apache-2.0). */
const SIMD_PROBE = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11],
)

/** Everything that is missing, most fundamental first; empty: Soundloom can start. */
export function missingFeatures(browser: Browser = globalThis as Browser): readonly MissingFeature[] {
  const missing: MissingFeature[] = []
  if (!browser.SharedArrayBuffer || !browser.crossOriginIsolated) {
    missing.push(
      browser.isSecureContext === false
        ? {
            id: 'isolation',
            name: 'Shared memory between threads',
            why: 'This page was not loaded over a secure connection, so the browser keeps shared memory from it.',
            remedy: 'Open it over https, or on localhost.',
          }
        : {
            id: browser.SharedArrayBuffer ? 'isolation' : 'shared-memory',
            name: 'Shared memory between threads',
            why: 'The sound engine shares its memory with the page (SharedArrayBuffer, cross-origin isolation), and that is off here.',
            remedy:
              'Reload once. If this stays, the server must send the headers Cross-Origin-Opener-Policy: same-origin and ' +
              'Cross-Origin-Embedder-Policy: require-corp, or the browser is too old.',
          },
    )
  }
  if (!browser.AudioContext || !browser.AudioWorkletNode) {
    missing.push({
      id: 'audio-worklet',
      name: 'AudioWorklet',
      why: 'The sound engine runs on the browser’s audio thread, and this browser has no AudioWorklet.',
      remedy: UPDATE,
    })
  }
  if (!browser.WebAssembly?.validate(SIMD_PROBE)) {
    missing.push({
      id: 'simd',
      name: 'WebAssembly SIMD',
      why: 'The sound engine computes four voices at once, and this browser cannot run such code.',
      remedy: UPDATE,
    })
  }
  return missing
}

/** What to show when the memory ladder failed on its last rung. */
export const MEMORY_MISSING: MissingFeature = {
  id: 'memory',
  name: 'Memory',
  why: 'The browser refused even the smallest memory that the sound engine can work in (32 MiB).',
  remedy: 'Close other tabs or programs and reload the page.',
}

const TESTED = ['Google Chrome', 'Microsoft Edge', 'Chromium', 'HeadlessChrome']

/** Chrome and Edge on the desktop are tested; any other browser may work and is told so. Others name Chromium beside themselves. */
export function isTestedBrowser(browser: Browser = globalThis as Browser): boolean {
  // One entry is made up by each browser, such as "Not)A;Brand", so that pages do not rely on the list.
  const brands = (browser.navigator?.userAgentData?.brands ?? []).filter(({ brand }) => !/not.?a.?brand/i.test(brand))
  return brands.length > 0 && brands.every(({ brand }) => TESTED.includes(brand))
}
