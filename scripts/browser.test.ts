// The end-to-end tests find a browser, or say which one does not work. Node.
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { findBrowser } from './browser.mjs'

function program(name: string, status: number) {
  const folder = mkdtempSync(join(tmpdir(), 'soundloom-browser-'))
  const path = join(folder, name)
  writeFileSync(path, `#!/bin/sh\nexit ${status}\n`)
  chmodSync(path, 0o755)
  return { folder, path }
}

it('prefers the browser that CHROMIUM_BIN names', () => {
  const named = program('mine', 0)
  const onPath = program('chromium', 0)
  expect(findBrowser({ CHROMIUM_BIN: named.path, PATH: onPath.folder })).toBe(named.path)
})

it('takes the first browser on the path that runs', () => {
  const broken = program('chromium', 1)
  const good = program('google-chrome', 0)
  expect(findBrowser({ PATH: `${broken.folder}:${good.folder}` })).toBe(good.path)
})

it('refuses a CHROMIUM_BIN that does not run instead of taking another one', () => {
  const broken = program('mine', 1)
  expect(() => findBrowser({ CHROMIUM_BIN: broken.path, PATH: '' })).toThrow(
    `CHROMIUM_BIN is ${broken.path}, which does not run.`,
  )
})
