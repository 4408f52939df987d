// The demo song as a file.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { createDemo } from './demoFile.ts'

const TEXT = readFileSync('public/presets/demo.json', 'utf8')

test('the demo that comes with the app is a project, read once however often it is wanted', async () => {
  let reads = 0
  const demo = createDemo(() => {
    reads++
    return Promise.resolve(TEXT)
  })
  expect(demo.store.getState()).toEqual({ song: null, missing: false })
  const [first, second] = await Promise.all([demo.load(), demo.load()])
  expect(second).toBe(first)
  expect(reads).toBe(1)
  const { song } = demo.store.getState()
  expect(song).toEqual({ name: first.name, tracks: first.tracks.length, sections: first.markers.length })
  expect(song!.tracks).toBeGreaterThanOrEqual(5)
  expect(song!.sections).toBeGreaterThanOrEqual(4)
})

test('a demo that cannot be had is missing until it can', async () => {
  let there = false
  const demo = createDemo(() => (there ? Promise.resolve(TEXT) : Promise.reject(new Error('404'))))
  await expect(demo.load()).rejects.toThrow('404')
  expect(demo.store.getState().missing).toBe(true)
  there = true
  await demo.load()
  expect(demo.store.getState().missing).toBe(false)
})

test('a demo that is no project is refused', async () => {
  const demo = createDemo(() => Promise.resolve('<!doctype html>'))
  await expect(demo.load()).rejects.toMatchObject({ code: 'parse-failed' })
})
