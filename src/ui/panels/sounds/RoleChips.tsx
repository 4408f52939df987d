// Role filters: a glyph and a name each; those that do not fit wait behind "more" (main thread).
import { useState, type CSSProperties } from 'react'
import { RoleGlyph } from '../../icons/RoleGlyph.tsx'
import type { Role } from '../../../presets/model.ts'
import { roleColour } from '../../roles.ts'

interface RoleChipsProps {
  readonly roles: readonly Role[]
  /** Sounds of each role among what is typed; null: nothing is. */
  readonly counts: ReadonlyMap<Role, number> | null
  readonly chosen: ReadonlySet<Role>
  readonly onChange: (chosen: ReadonlySet<Role>) => void
}

const SHOWN = 9

export function RoleChips({ roles, counts, chosen, onChange }: RoleChipsProps) {
  const [all, setAll] = useState(false)
  const shown = all || roles.length <= SHOWN + 1 ? roles : roles.slice(0, SHOWN)
  const hidden = roles.length - shown.length
  const toggle = (role: Role) => {
    const next = new Set(chosen)
    if (!next.delete(role)) next.add(role)
    onChange(next)
  }
  return (
    <div className="chips" role="group" aria-label="Roles">
      {shown.map((role) => (
        <button
          key={role}
          type="button"
          className={`chip ${chosen.has(role) ? 'on' : ''} ${counts && !counts.has(role) ? 'nothing' : ''}`}
          style={{ '--c': roleColour(role) } as CSSProperties}
          aria-pressed={chosen.has(role)}
          onClick={() => toggle(role)}
        >
          <RoleGlyph role={role} />
          {role}
          {counts && <span className="count">{(counts.get(role) ?? 0).toLocaleString('en')}</span>}
        </button>
      ))}
      {(hidden > 0 || all) && (
        <button type="button" className="chip more" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Fewer' : `${hidden} more`}
        </button>
      )}
    </div>
  )
}
