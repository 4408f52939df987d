// The shape of a role, in the colour of the nearest `--c` (main thread).
import type { Role } from '../../presets/model.ts'
import { ROLE_GLYPHS } from '../roles.ts'

export function RoleGlyph({ role }: { readonly role: Role }) {
  return (
    <svg className="glyph" viewBox="0 0 10 10" aria-hidden="true">
      <path d={ROLE_GLYPHS[role]} fillRule="evenodd" />
    </svg>
  )
}
