// What the search understood, as tokens that can be taken back (main thread).
import type { HeardToken } from '../../../presets/library/search.ts'
import { Icon } from '../../icons/Icon.tsx'
import { without } from './heardText.ts'

interface HeardProps {
  /** What the tokens were heard in. */
  readonly text: string
  readonly tokens: readonly HeardToken[]
  readonly onChange: (text: string) => void
}

const plural = (count: number): string => `${count.toLocaleString('en')} ${count === 1 ? 'sound' : 'sounds'}`

function tipOf({ sounds, typed, not }: HeardToken): string {
  if (sounds === 0) return 'No sound here is like that'
  const about = `${not ? 'Leaves out' : 'Said of'} ${plural(sounds)}`
  return typed === undefined ? about : `${about}; you typed “${typed}”`
}

export function Heard({ text, tokens, onChange }: HeardProps) {
  if (tokens.length === 0) return null
  return (
    <div className="heard" role="group" aria-label="Heard">
      Heard
      {tokens.map((token) => {
        const name = `${token.not ? 'no ' : ''}${token.text}`
        return (
          <button
            key={`${token.from} ${name}`}
            type="button"
            className={`token ${token.sounds === 0 ? 'unknown' : ''}`}
            aria-label={`Take back ${name}: ${tipOf(token)}`}
            data-tip={tipOf(token)}
            onClick={() => onChange(without(text, token))}
          >
            <span className="ell">{name}</span>
            <Icon name="close" small />
          </button>
        )
      })}
    </div>
  )
}
