// Behaviour of the master section towards engines that come and go (Node; the port records).
import { expect, test } from 'vitest'
import { createMaster } from './master.ts'
import type { CommandPort } from './commands.ts'

test('a new engine hears everything that the one before was told, limiter values by their place in the table', () => {
  const said: string[] = []
  const port = new Proxy({} as CommandPort, {
    get:
      (_, name) =>
      (...values: unknown[]) =>
        said.push([String(name), ...values].join(' ')) > 0,
  })
  const master = createMaster((command) => command(port))
  master.setGain(-6)
  master.setLimiterValue('release', 0.5)
  master.setLimiterValue('ceiling', -3)
  master.setLimiterValue('nothing', 1)
  expect(() => master.setLimiterValue('ceiling', 7)).toThrow(expect.objectContaining({ code: 'invalid-argument' }))
  said.length = 0
  master.restore()
  expect(said).toEqual([
    'masterGain -6',
    'masterMute false',
    'masterBypass 0 false',
    'masterParam 0 1 0.5',
    'masterParam 0 0 -3',
  ])
})
