// Behaviour of window.soundloom over the real commands (Node; the engine records).
import { describe, expect, it } from 'vitest'
import { createApi } from './api.ts'
import { preset, testApp } from './commands/testApp.ts'

const setup = () => {
  const app = testApp([preset('one', { approximated: ['formant'] }), preset('two')])
  const streams = { list: () => [], subscribe: () => () => undefined, statistics: () => ({}) }
  return { ...app, app, api: createApi(app.context, app.run, '1.2.3', Promise.resolve(), streams) }
}

describe('window.soundloom', () => {
  it('has exactly the members that are built', () => {
    const members = [
      'commands',
      'import',
      'presets',
      'ready',
      'renderPreset',
      'run',
      'search',
      'state',
      'status',
      'streams',
      'version',
    ]
    expect(Object.keys(setup().api).sort()).toEqual(members)
  })
  it('lists the sounds that the browser shows, with what is approximated', async () => {
    const { api } = setup()
    expect(api.presets()).toMatchObject([{ id: 'one', role: 'PAD', approximated: ['formant'] }, { id: 'two' }])
    expect(api.presets()[1]).not.toHaveProperty('approximated')
    await api.run('library.remove', { presetId: 'one' })
    expect(api.presets().map(({ id }) => id)).toEqual(['two'])
  })
  it('hands out copies: changing them changes nothing', () => {
    const { api, stores } = setup()
    ;(api.state().project as { name: string }).name = 'mine'
    expect(stores.project.getState().name).toBe('Untitled project')
  })
  it('runs commands without arguments too', async () => {
    await expect(setup().api.run('history.undo')).resolves.toEqual({ done: null })
  })
  it.each([
    [{ note: 200 }, 'note'],
    [{ velocity: 0 }, 'velocity'],
    [{ duration: -1 }, 'duration'],
    [{ sampleRate: 12 }, 'sampleRate'],
    [{ seed: 0.5 }, 'seed'],
  ])('refuses to render with %o', async (options, field) => {
    await expect(setup().api.renderPreset('one', options)).rejects.toMatchObject({ code: 'invalid-argument', field })
  })
  it('refuses to render a sound that is not there', async () => {
    await expect(setup().api.renderPreset('nobody')).rejects.toMatchObject({ code: 'unknown-id', value: 'nobody' })
  })
})
