// A parsed value as plain data (any thread). Objects have no prototype, so a key such as `__proto__` is only a key.
import type { JsonNode } from './node.ts'

export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject
export interface JsonObject {
  [key: string]: JsonValue
}

/** The value under a node; duplicates: the last wins; what is not JSON becomes null. Depth is bounded by the parser. */
export function valueOf(node: JsonNode): JsonValue {
  switch (node.kind) {
    case 'object': {
      const object = Object.create(null) as JsonObject
      for (const entry of node.children()) object[entry.key] = valueOf(entry.node)
      return object
    }
    case 'array':
      return [...node.children()].map((entry) => valueOf(entry.node))
    case 'string':
      return node.string()
    case 'number':
      return node.number()
    case 'boolean':
      return node.boolean()
    default:
      return null
  }
}
