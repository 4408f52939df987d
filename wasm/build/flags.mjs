// How clang and wasm-ld are called: the only copy of the compiler and linker flags. Node.
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const clangRoot = join(dirname(createRequire(import.meta.url).resolve('@yowasp/clang')), '..')

/** Version of the toolchain; part of every cache key. */
export const TOOLCHAIN = JSON.parse(readFileSync(join(clangRoot, 'package.json'), 'utf8')).version

const INITIAL_BYTES = 8 * 1024 * 1024
const MAXIMUM_BYTES = 256 * 1024 * 1024
const STACK_BYTES = 256 * 1024

/** One file to one object. No fast-math: a render is bit-identical on every engine. `-fno-math-errno` changes no result. */
export const COMPILE = [
  '-O3',
  '-std=c++23',
  '-msimd128',
  '-matomics',
  '-mbulk-memory',
  '-fno-exceptions',
  '-fno-rtti',
  '-fno-math-errno',
  '-fno-threadsafe-statics',
  '-fvisibility=hidden',
  '-ffunction-sections',
  '-fdata-sections',
  '-Wall',
  '-Wextra',
  '-Wno-unused-parameter',
  '-Wno-missing-field-initializers',
  '-D_LIBCPP_VERBOSE_ABORT(...)=__builtin_trap()',
  '-Iwasm',
]

/** Objects to the module. libc is built without atomics, so feature checks are off (tried: it links, validates and runs). */
export const LINK = [
  '-mexec-model=reactor',
  '-Wl,--import-memory,--shared-memory',
  `-Wl,--initial-memory=${INITIAL_BYTES},--max-memory=${MAXIMUM_BYTES}`,
  '-Wl,--no-check-features,--gc-sections,--stack-first',
  '-Wl,--export=__stack_pointer,--export=__heap_base',
  `-Wl,-z,stack-size=${STACK_BYTES}`,
  '-Wl,--strip-all',
]
