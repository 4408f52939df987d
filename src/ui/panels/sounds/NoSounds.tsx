// Nothing to list: why, and what would bring something back (main thread).
import type { SoundResults } from '../../../presets/library/search.ts'
import { without } from './heardText.ts'

interface NoSoundsProps {
  /** The library itself is empty. */
  readonly empty: boolean
  /** The search cannot be reached. */
  readonly failed: boolean
  readonly text: string
  readonly results: SoundResults | null
  /** Something besides the words narrows the list. */
  readonly filtered: boolean
  readonly onText: (text: string) => void
  readonly onUnfilter: () => void
  readonly onAll: () => void
}

export function NoSounds({ empty, failed, text, results, filtered, onText, onUnfilter, onAll }: NoSoundsProps) {
  const unknown = results?.heard.filter(({ sounds, not }) => sounds === 0 && !not) ?? []
  const others = [...(results?.roles.values() ?? [])].reduce((sum, count) => sum + count, 0)
  return (
    <div className="none">
      <p>
        {empty
          ? 'No sounds yet.'
          : failed
            ? 'The search stopped. Reload the page to start it again.'
            : 'No sound matches.'}
      </p>
      {filtered && others > 0 && (
        <button type="button" className="btn solid" onClick={onUnfilter}>
          {`${others.toLocaleString('en')} without filters`}
        </button>
      )}
      {(results?.heard.length ?? 0) > 1 &&
        unknown.map((token) => (
          <button key={token.from} type="button" className="btn solid" onClick={() => onText(without(text, token))}>
            {`Leave out “${token.text}”`}
          </button>
        ))}
      {!empty && (text !== '' || filtered) && (
        <button type="button" className="btn solid" onClick={onAll}>
          Show all
        </button>
      )}
    </div>
  )
}
