// The shape of a role, in the colour of the nearest `--c` (main thread).
import type { Role } from '../../presets/model.ts'
import { ROLE_LOOKS } from '../roles.ts'

export function RoleGlyph({ role }: { readonly role: Role }) {
  return (
    <svg className="glyph" viewBox="0 0 10 10" aria-hidden="true">
      <path d={ROLE_LOOKS[role].glyph} fillRule="evenodd" />
    </svg>
  )
}
