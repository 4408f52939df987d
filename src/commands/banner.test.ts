// The banner under the top bar.
import { expect, test } from 'vitest'
import { createBannerDesk } from './banner.ts'

test('the most urgent thing is said, and the next one when it is over', () => {
  const { store, put } = createBannerDesk()
  const shown = () => store.getState().banner?.text ?? null
  put('update', { text: 'Update ready', actions: [] })
  put('reader', { text: 'Open in another tab', actions: [] })
  expect(shown()).toBe('Open in another tab')
  put('audio', { text: 'The sound stopped', actions: [] })
  expect(shown()).toBe('The sound stopped')
  put('reader', null)
  put('audio', null)
  expect(shown()).toBe('Update ready')
  put('update', null)
  expect(shown()).toBeNull()
})

test('what says nothing new wakes nobody', () => {
  const { store, put } = createBannerDesk()
  let woken = 0
  store.subscribe(() => woken++)
  put('audio', null)
  expect(woken).toBe(0)
})
