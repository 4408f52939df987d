// The face of a sound while another one comes (Node).
import { expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { AuditionView } from '../../ports.ts'
import { heldAudition } from './heldAudition.ts'

it('follows its own sound and keeps its last state when another comes', () => {
  const view = (id: string, edited: boolean) => ({ original: { id }, edited }) as unknown as AuditionView
  const audition = createStore<AuditionView>(() => view('a', false))
  const held = heldAudition(audition, 'a')
  audition.setState(view('a', true), true)
  expect(held.getState()).toBe(audition.getState())
  audition.setState(view('b', false), true)
  expect(held.getState().original?.id).toBe('a')
  expect(held.getState()).toBe(held.getState())
  audition.setState(view('a', false), true)
  expect(held.getState().edited).toBe(false)
})
