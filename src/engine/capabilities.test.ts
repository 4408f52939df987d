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

test('Chrome and Edge count as tested, others do not', () => {
  const withBrand = (brand: string): Browser => ({ navigator: { userAgentData: { brands: [{ brand }] } } })
  expect(isTestedBrowser(withBrand('Google Chrome'))).toBe(true)
  expect(isTestedBrowser(withBrand('Microsoft Edge'))).toBe(true)
  expect(isTestedBrowser(withBrand('Opera'))).toBe(false)
  expect(isTestedBrowser({ navigator: {} })).toBe(false)
})
