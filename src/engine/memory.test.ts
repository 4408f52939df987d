// The memory ladder (Node).
import { expect, test } from 'vitest'
import { allocateMemory, realtimeMemoryMib } from './memory.ts'

const refusingAbove = (limitMib: number, asked: number[]) => (pages: number) => {
  asked.push(pages / 16)
  if (pages / 16 > limitMib) throw new RangeError('could not allocate memory')
  return new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true })
}

test('small devices get 64 MiB, all others 128', () => {
  expect([2, 4, 8, undefined].map(realtimeMemoryMib)).toEqual([64, 64, 128, 128])
})

test('the memory is shared and holds what was asked for from the start', () => {
  const { memory, mib } = allocateMemory(32)
  expect(memory.buffer).toBeInstanceOf(SharedArrayBuffer)
  expect(memory.buffer.byteLength).toBe(mib * 1024 * 1024)
  expect(() => memory.grow(1)).toThrow(RangeError)
})

test('a refused size is halved, down to 32 MiB', () => {
  const asked: number[] = []
  expect(allocateMemory(128, refusingAbove(40, asked)).mib).toBe(32)
  expect(asked).toEqual([128, 64, 32])
})

test('below 32 MiB the error names the memory', () => {
  expect(() => allocateMemory(128, refusingAbove(0, []))).toThrowError(
    expect.objectContaining({ code: 'limit-exceeded', field: 'memory' }),
  )
})

test('an error that is not about size is not swallowed', () => {
  expect(() =>
    allocateMemory(64, () => {
      throw new TypeError('no shared memory')
    }),
  ).toThrow(TypeError)
})
