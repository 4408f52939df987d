// Objects and modules by content hash, shared by all checkouts of one user. Node.
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

const KEEP_DAYS = 14

/** $SOUNDLOOM_CACHE, else $XDG_CACHE_HOME/soundloom, else ~/.cache/soundloom. */
export const cacheFolder = () =>
  process.env.SOUNDLOOM_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'soundloom')

export function openCache(folder = cacheFolder()) {
  mkdirSync(folder, { recursive: true })
  return {
    /** The bytes under `key`, or null. Reading keeps an entry young. */
    get(key) {
      const path = join(folder, key)
      try {
        const bytes = readFileSync(path)
        utimesSync(path, new Date(), new Date())
        return bytes
      } catch {
        return null
      }
    },
    /** Atomic: other processes see the whole entry or none. */
    put(key, bytes) {
      const path = join(folder, key)
      const temporary = `${path}.${process.pid}`
      writeFileSync(temporary, bytes)
      renameSync(temporary, path)
    },
    /** Removes what nobody has read for two weeks. */
    prune() {
      const oldest = Date.now() - KEEP_DAYS * 86_400_000
      for (const name of readdirSync(folder)) {
        const path = join(folder, name)
        if (statSync(path, { throwIfNoEntry: false })?.mtimeMs < oldest) rmSync(path, { force: true })
      }
    },
  }
}
