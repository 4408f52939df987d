// The check before boot names exactly what is missing (Node, with invented browsers).
import { expect, test } from 'vitest'
import { isTestedBrowser, missingFeatures, type Browser } from './capabilities.ts'

const complete: Browser = {
  crossOriginIsolated: true,
  isSecureContext: true,
  SharedArrayBuffer,
  AudioContext: class {},
  AudioWorkletNode: class {},
  WebAssembly,
}
const ids = (browser: Browser) => missingFeatures(browser).map((feature) => feature.id)

test('a complete browser misses nothing, and the SIMD probe is valid wasm', () => expect(ids(complete)).toEqual([]))

test.each([
  [{ crossOriginIsolated: false }, ['isolation']],
  [{ SharedArrayBuffer: undefined }, ['shared-memory']],
  [{ AudioWorkletNode: undefined }, ['audio-worklet']],
  [{ WebAssembly: { validate: () => false, Memory: WebAssembly.Memory } }, ['simd']],
  [{ WebAssembly: undefined, AudioContext: undefined }, ['audio-worklet', 'simd']],
] as const)('%o is named', (without, expected) => expect(ids({ ...complete, ...without })).toEqual(expected))

test('an insecure page is told about https, not about headers', () => {
  const [feature] = missingFeatures({ ...complete, crossOriginIsolated: false, isSecureContext: false })
  expect(feature?.remedy).toContain('https')
})

test.each([
  [['Chromium', 'Google Chrome', 'Not)A;Brand'], true],
  [['Microsoft Edge', 'Not/A)Brand', 'Chromium'], true],
  [['Not_A Brand', 'Chromium'], true],
  [['Opera', 'Chromium', 'Not)A;Brand'], false],
  [['Brave', 'Chromium', 'Not)A;Brand'], false],
  [[], false],
])('%j counts as tested: %s', (brands, tested) => {
  const browser: Browser = { navigator: { userAgentData: { brands: brands.map((brand) => ({ brand })) } } }
  expect(isTestedBrowser(browser)).toBe(tested)
})

test('a browser without brands is not one of the tested', () => expect(isTestedBrowser({ navigator: {} })).toBe(false))
