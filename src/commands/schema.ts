// zod for command arguments (main thread).
export { z } from '../params/schema.ts'
