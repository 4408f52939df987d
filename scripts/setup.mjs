// What every command needs first: a Node that is new enough and the packages of package-lock.json. Runs before anything is installed.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))
const OLDEST = [20, 19]

/** Ends the process with one sentence when Node is too old. */
export function checkNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number)
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return
  console.error(`Soundloom needs Node ${OLDEST.join('.')} or newer (this is ${version}): get it at https://nodejs.org.`)
  process.exit(1)
}

/** True when every package of package-lock.json that this machine needs is there in its locked version. */
export function isInstalled(folder = root) {
  const installedPath = join(folder, 'node_modules', '.package-lock.json')
  if (!existsSync(installedPath)) return false
  const wanted = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')).packages
  const present = JSON.parse(readFileSync(installedPath, 'utf8')).packages
  return Object.entries(wanted).every(
    ([path, entry]) => path === '' || entry.optional || present[path]?.version === entry.version,
  )
}

/** Installs the locked packages when node_modules is missing or stale. */
export function ensurePackages() {
  checkNode()
  if (isInstalled()) return
  console.log('Installing packages (once)...')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const env = { ...process.env, PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' }
  const shell = process.platform === 'win32'
  const result = spawnSync(npm, ['ci', '--no-audit', '--no-fund'], { cwd: root, stdio: 'inherit', env, shell })
  if (result.status === 0) return
  console.error('npm ci failed: see above. Soundloom needs the npm registry once, to install its packages.')
  process.exit(1)
}
