// The page's transport: calls keep their order, and playing waits for the document (Node; the port records).
import { expect, test } from 'vitest'
import { createTransportStore } from '../transport/store.ts'
import { createTransport } from './transport.ts'
import type { CommandPort } from './wire/commands.ts'

function setUp() {
  const said: string[] = []
  const port = new Proxy({} as CommandPort, {
    get:
      (_, name) =>
      (...values: unknown[]) =>
        said.push([String(name), ...values].join(' ')) > 0,
  })
  let arrive: () => void = () => undefined
  const state = { pending: false }
  const transport = createTransport({
    push: (command) => command(port),
    wakeAudio: () => void said.push('wake'),
    song: {
      pending: () => state.pending,
      flush: () => new Promise((resolve) => (arrive = resolve)),
    },
    position: createTransportStore(),
    settling: { settled: () => Promise.resolve() },
  })
  return { said, state, transport, arrive: () => arrive() }
}

test('with the document in the engine every call goes out at once', () => {
  const { transport, said } = setUp()
  transport.play(2)
  transport.seek(15_360, 'ticks')
  transport.pause()
  expect(said).toEqual(['wake', 'transportPlay 2', 'transportSeek 15360 ticks', 'transportPause'])
})

test('while the document is on its way playing waits, and whatever follows waits behind it', async () => {
  const { transport, said, state, arrive } = setUp()
  state.pending = true
  transport.play(0)
  transport.seek(100, 'frames')
  transport.stop()
  expect(said).toEqual(['wake'])
  state.pending = false
  arrive()
  await transport.settled()
  transport.pause()
  expect(said).toEqual(['wake', 'transportPlay 0', 'transportSeek 100 frames', 'transportStop', 'transportPause'])
})

test('a new engine is told the metronome and the place, and plays when the one before did', () => {
  const { transport, said } = setUp()
  transport.restore({ tick: 0, playing: false })
  expect(said).toEqual([])
  transport.setMetronome(true, -9)
  said.length = 0
  transport.restore({ tick: 4000, playing: true })
  expect(said).toEqual(['metronome true -9', 'transportSeek 4000 ticks', 'transportPlay 0'])
})
