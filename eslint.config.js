// ESLint: language rules, React hooks and the import law of the house (who may import whom).
import { existsSync, readdirSync } from 'node:fs'
import tseslint from 'typescript-eslint'
import reactHooks from 'eslint-plugin-react-hooks'
import importX from 'eslint-plugin-import-x'

/** Folder of src -> the folders and files of src that it may import besides itself. */
const LAW = {
  generated: [],
  params: ['generated'],
  transport: ['generated', 'engine/wire/seqlock.ts'],
  presets: ['generated', 'params'],
  compile: ['generated', 'params', 'presets'],
  project: ['generated', 'params', 'presets', 'compile'],
  commands: ['generated', 'params', 'presets', 'project', 'transport'],
  input: ['commands'],
  engine: ['generated', 'params', 'presets', 'compile', 'transport', 'workers'],
  ui: ['generated', 'commands', 'project', 'params', 'presets', 'transport', 'input', 'engine/live.ts', 'engine/live'],
  'engine/wire': ['generated', 'params', 'presets', 'compile'],
  sw: [],
  'api.ts': ['commands', 'params'],
}
// Ring and slots are the same code on every thread.
const WORKERS = [
  'generated',
  'params',
  'transport',
  'presets',
  'compile',
  'workers/rpc.ts',
  'workers/late.ts',
  'engine/wire',
]

const zone = (target, allowed) => ({
  target: `./src/${target}`,
  from: './src',
  except: [`./${target}`, ...allowed.map((path) => `./${path}`)],
  message: `src/${target} may import only: ${[target, ...allowed].join(', ')} (ARCHITECTURE: import law).`,
})
const workers = existsSync('src/workers')
  ? readdirSync('src/workers', { withFileTypes: true }).filter((entry) => entry.isDirectory())
  : []
const zones = [
  ...Object.entries(LAW).map(([target, allowed]) => zone(target, allowed)),
  ...workers.map(({ name }) => zone(`workers/${name}`, WORKERS)),
  {
    target: './src/engine',
    from: './src/workers/*/worker.ts',
    message: 'engine imports worker protocols and clients.',
  },
  { target: './worklets', from: './src', except: ['./generated'], message: 'worklets may import only src/generated.' },
]

export default tseslint.config(
  {
    ignores: ['node_modules/**', 'dist/**', '.cache/**', 'src/generated/**', 'test-results/**', 'playwright-report/**'],
  },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.{ts,tsx,js,mjs}'],
    plugins: { 'import-x': importX },
    rules: {
      'max-lines': ['error', 400],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-var': 'error',
      'prefer-const': 'error',
      'no-constant-condition': ['error', { checkLoops: false }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'import-x/no-restricted-paths': ['error', { zones }],
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
  {
    files: ['**/*.test.{ts,tsx}', 'e2e/**'],
    rules: { 'import-x/no-restricted-paths': 'off' },
  },
)
