// A fresh or outdated clone is noticed before anything else runs. Node.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { isInstalled } from './setup.mjs'

function clone(installed: Record<string, { version: string }> | null) {
  const folder = mkdtempSync(join(tmpdir(), 'soundloom-setup-'))
  const packages = {
    '': {},
    'node_modules/a': { version: '1.0.0' },
    'node_modules/b': { version: '2.0.0', optional: true },
  }
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages }))
  if (installed) {
    mkdirSync(join(folder, 'node_modules'))
    writeFileSync(join(folder, 'node_modules', '.package-lock.json'), JSON.stringify({ packages: installed }))
  }
  return folder
}

it('wants an install when there is no node_modules, a package is absent or has another version', () => {
  expect(isInstalled(clone(null))).toBe(false)
  expect(isInstalled(clone({}))).toBe(false)
  expect(isInstalled(clone({ 'node_modules/a': { version: '0.9.0' } }))).toBe(false)
})

it('wants none when all but optional packages are there', () => {
  expect(isInstalled(clone({ 'node_modules/a': { version: '1.0.0' } }))).toBe(true)
})

it('answers an older Node with one sentence', () => {
  const program = `import { checkNode } from ${JSON.stringify(new URL('./setup.mjs', import.meta.url).href)}; checkNode('20.18.9')`
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' })
  expect(status).toBe(1)
  expect(stderr.trim().split('\n')).toEqual([
    'Soundloom needs Node 20.19 or newer (this is 20.18.9): get it at https://nodejs.org.',
  ])
})
