// Projects in memory: for private windows and refused storage (main thread). Lost when the page closes.
import { SoundloomError } from '../params/error.ts'
import {
  infoOf,
  newestFirst,
  type KeptUser,
  type ProjectInfo,
  type ProjectStorage,
  type StoredProject,
} from './kept.ts'
import { plainEntry, type KeptEntry } from './sweep.ts'

export function memoryStorage(nowMs: () => number = Date.now): ProjectStorage {
  const infos = new Map<string, ProjectInfo>()
  const projects = new Map<string, StoredProject>()
  const assets = new Map<string, { entry: KeptEntry; bytes: Uint8Array<ArrayBuffer> }>()
  let kept: Partial<KeptUser> = {}
  const known = (id: string): ProjectInfo => {
    const info = infos.get(id)
    if (info) return info
    throw new SoundloomError('unknown-id', `There is no project "${id}".`, { field: 'projectId', value: id })
  }
  return {
    place: 'memory',
    readUser: async () => kept,
    list: async () => newestFirst([...infos.values()]),
    readProject: async (id) => projects.get(id) ?? null,
    async write({ project, history, user }) {
      if (project) {
        infos.set(project.id, infoOf(project, nowMs(), infos.get(project.id)))
        projects.set(project.id, { project, history: history ?? projects.get(project.id)?.history })
      }
      kept = { ...kept, ...user }
    },
    listAssets: async () => [...assets.values()].map(({ entry }) => plainEntry(entry)),
    readAsset: async (id) => assets.get(id)?.bytes ?? null,
    async putAsset(entry, bytes) {
      assets.set(entry.id, { entry, bytes })
    },
    async eachRecord(take) {
      for (const project of projects.values()) take(project)
      take(kept)
    },
    async sweepAssets(swept) {
      const gone: string[] = []
      for (const [id, { entry, bytes }] of assets) {
        const next = swept(entry)
        if (next) assets.set(id, { entry: next, bytes })
        else gone.push(id)
      }
      for (const id of gone) assets.delete(id)
      return gone
    },
    async setBinned(id, binnedMs) {
      infos.set(id, { ...known(id), binnedMs })
    },
    async erase(id) {
      known(id)
      infos.delete(id)
      projects.delete(id)
    },
  }
}
