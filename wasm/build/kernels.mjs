// Makes the sources that compile the kernels of a registry: a few headers each, so that a changed header compiles little. Node.
import { createHash } from 'node:crypto'

const GROUPS = 10
const ROOMS = [
  { room: 'units', list: 'Units', header: 'engine/kernel_of_unit.h', kernel: 'UnitKernelOf' },
  { room: 'effects', list: 'Effects', header: 'engine/kernel_of_effect.h', kernel: 'EffectKernelOf' },
]

/** A header stays in its group whatever others come. */
const groupOf = (path) => createHash('sha256').update(path).digest()[0] % GROUPS

/**
 * @param {ReadonlyMap<string, string>} texts path within wasm/ -> text
 * @returns {Map<string, string>} `kernels/<room>/<group>.cpp` -> text; empty for a tree without registries
 */
export function kernelSources(texts) {
  const sources = new Map()
  for (const { room, list, header, kernel } of ROOMS) {
    const registry = texts.get(`${room}/registry.h`)
    const body = registry && new RegExp(`using ${list} = std::tuple<([^>]*)>`).exec(registry)?.[1]
    if (!body) continue
    const types = body
      .replace(/\/\/.*/g, '')
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '')
    const headers = [...registry.matchAll(/#include "([^"]+)"/g)]
      .map(([, path]) => path)
      .filter((path) => texts.has(path))
    const groups = new Map()
    for (const type of types) {
      const path = headers.find((one) => new RegExp(`^(struct|using) ${type}\\b`, 'm').test(texts.get(one)))
      if (!path) throw new Error(`wasm/${room}/registry.h: no included header defines ${type}`)
      const group = groups.get(groupOf(path)) ?? new Map()
      groups.set(groupOf(path), group.set(path, [...(group.get(path) ?? []), type]))
    }
    for (const [group, members] of groups) {
      const sorted = [...members].sort(([a], [b]) => (a < b ? -1 : 1))
      sources.set(
        `kernels/${room}/${group}.cpp`,
        [
          ...[...sorted.map(([path]) => path), header].map((path) => `#include "${path}"`),
          'namespace sl {',
          ...sorted.flatMap(([, names]) => names).map((name) => `template struct ${kernel}<${name}>;`),
          '}',
          '',
        ].join('\n'),
      )
    }
  }
  return sources
}
