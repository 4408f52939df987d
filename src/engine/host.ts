// The engine's door (main thread).
export type * from './types.ts'
