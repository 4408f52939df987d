// Vitest in Node: behaviour of TypeScript modules and of the real engine module; no browser here (e2e/ has that).
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    environment: 'node',
    globalSetup: 'wasm/build/vitest-setup.mjs',
    include: ['src/**/*.test.ts', 'wasm/**/*.test.ts', 'worklets/**/*.test.ts', 'scripts/**/*.test.ts'],
    exclude: ['node_modules/**', 'dist/**', '.cache/**'],
    testTimeout: process.env.VERIFY ? 600_000 : 30_000,
    hookTimeout: 180_000,
    maxWorkers: 2,
  },
})
