// Imported song sections with links to their sounds; names without a sound stay listed (main thread).
import { usePorts } from '../../context.ts'
import type { SongView } from '../../ports.ts'
import { displayName } from './describe.ts'

export function SongSections({ songs, open }: { readonly songs: readonly SongView[]; readonly open?: boolean }) {
  const { run } = usePorts()
  return (
    <div className="songs">
      {songs.map((song) => (
        <details key={song.id} open={open}>
          <summary>
            Song sections <span className="cap">{song.name}</span>
          </summary>
          <ul className="scroll">
            {song.sections.map((section, i) => (
              <li key={i}>
                <b>{displayName(section.name)}</b>
                {section.sounds.map(({ name, presetId }, k) =>
                  presetId === null ? (
                    <span key={k} className="missing" data-tip="No sound of this name has been imported">
                      {displayName(name)}
                    </span>
                  ) : (
                    <button
                      key={k}
                      type="button"
                      className="chip"
                      onClick={() => void run('audition.once', { presetId })}
                    >
                      {displayName(name)}
                    </button>
                  ),
                )}
              </li>
            ))}
          </ul>
        </details>
      ))}
    </div>
  )
}
