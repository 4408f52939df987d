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
      'bench',
      'commands',
      'import',
      'presets',
      'ready',
      'renderPreset',
      'renderProject',
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
  it("renders the open project: beats as ticks, the project's own rate and seed, the document as it stands", async () => {
    const { api, app, stores } = setup()
    const { trackId } = (await api.run('track.add', { name: 'Lead' })) as { trackId: string }
    await api.renderProject()
    await api.renderProject({ fromBeat: 1, toBeat: 2.5, stems: true, sampleRate: 96_000, workers: 2 })
    const { seed, master } = stores.project.getState()
    expect(app.rendered[0]).toMatchObject({
      project: {
        song: { tracks: [{ id: trackId }] },
        master,
        seed,
      },
      options: { fromTick: 0, toTick: null, sampleRate: 48_000, stems: false },
    })
    expect(app.rendered[1]?.options).toEqual({
      fromTick: 15_360,
      toTick: 38_400,
      sampleRate: 96_000,
      stems: true,
      workers: 2,
    })
  })
  it.each([
    [{ fromBeat: -1 }, 'fromBeat'],
    [{ toBeat: NaN }, 'toBeat'],
    [{ fromBeat: 4, toBeat: 4 }, 'toBeat'],
    [{ sampleRate: 12 }, 'sampleRate'],
    [{ stems: 1 }, 'stems'],
    [{ workers: 0 }, 'workers'],
    [{ workers: 9 }, 'workers'],
    [{ workers: 1.5 }, 'workers'],
    [{ untilBeat: 4 }, undefined],
  ])('refuses to render the project with %o', async (options, field) => {
    const { api, app } = setup()
    await expect(api.renderProject(options as object)).rejects.toMatchObject({ code: 'invalid-argument', field })
    expect(app.rendered).toEqual([])
  })
  it('refuses to render a sound that is not there', async () => {
    await expect(setup().api.renderPreset('nobody')).rejects.toMatchObject({ code: 'unknown-id', value: 'nobody' })
  })
})
