// What the files of one drop share: which sounds were seen, how many more may come, whether to go on (import worker).
import { SoundloomError } from '../params/error.ts'
import { LIMITS } from './limits.ts'
import type { Preset } from './model.ts'

export class ImportSession {
  /** Ids of sounds that the library shows already. */
  readonly known: ReadonlySet<string>
  /** Id -> file that brought the sound in this drop. */
  readonly seen = new Map<string, string>()
  /** Names of the sounds of the file that is read now. */
  readonly names = new Set<string>()
  remaining: number = LIMITS.presetsPerDrop
  /** The id of a stored sound with equal content, for files of our own format; null: there is none. */
  readonly equalTo: (preset: Preset) => Promise<string | null>
  private readonly isCancelled: () => boolean

  constructor(
    known: Iterable<string> = [],
    isCancelled: () => boolean = () => false,
    equalTo: (preset: Preset) => Promise<string | null> = async () => null,
  ) {
    this.known = new Set(known)
    this.isCancelled = isCancelled
    this.equalTo = equalTo
  }

  /** Throws `cancelled` when the user gave up; called at least every 10 ms of work. */
  readonly poll = (): void => {
    if (this.isCancelled()) throw new SoundloomError('cancelled', 'The import was cancelled; nothing was changed')
  }
}
