// Layout of every record, enumeration and constant that TypeScript shares with the engine. Written by `npm run gen` from the engine's own description; never edit. Any thread.

/** Byte size of each record; byte offset, element type and element count of its fields. */
export const records = {} as const

export const enums = {} as const

export const constants = {} as const
