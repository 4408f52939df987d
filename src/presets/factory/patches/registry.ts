// The patches of the factory and their sounds, in the order of the library (Node). Ids are forever.
import type { FactoryPatch } from '../patchSound.ts'
import { BORE } from './bore.ts'
import { CLOUD } from './cloud.ts'
import { CONSORT } from './consort.ts'
import { COURSES } from './courses.ts'
import { DESK } from './desk.ts'
import { PRISM } from './prism.ts'
import { RANKS } from './ranks.ts'
import { REEL } from './reel.ts'
import { SEXTET } from './sextet.ts'
import { STORM } from './storm.ts'
import { STRUCK_BODIES } from './struck.ts'
import { THROAT } from './throat.ts'
import { WEFT } from './weft.ts'

export const PATCHES: readonly FactoryPatch[] = [
  WEFT,
  SEXTET,
  PRISM,
  COURSES,
  DESK,
  BORE,
  STRUCK_BODIES,
  CLOUD,
  RANKS,
  CONSORT,
  THROAT,
  STORM,
  REEL,
]
