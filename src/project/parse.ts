// Reads a project that comes from outside, a database or a file (main thread). Nothing of it is trusted.
import { SoundloomError } from '../params/error.ts'
import { z } from '../params/schema.ts'
import { PROJECT_VERSION, type Project } from './document.ts'
import { migrate } from './migrations.ts'
import { projectRules } from './rules.ts'
import { projectSchema } from './schema.ts'

const HINT = 'It was changed outside of Soundloom, or made by a later version of it.'

const pointer = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

const at = (from: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key], from)

/** The project in the present version; throws `parse-failed` with a JSON pointer to the first member that does not fit. */
export function parseProject(stored: unknown): Project {
  if (typeof stored !== 'object' || stored === null || Array.isArray(stored))
    throw new SoundloomError('parse-failed', 'This is not a project.', { field: '', hint: 'A project is an object.' })
  const { version } = stored as { version?: unknown }
  if (typeof version === 'number' && version > PROJECT_VERSION) {
    throw new SoundloomError('unsupported-format', 'This project was made by a later version of Soundloom.', {
      field: '/version',
      value: version,
      hint: 'Reload the page to get the newest version.',
    })
  }
  const migrated = migrate(stored as Readonly<Record<string, unknown>>)
  const result = z.safeParse(projectSchema, migrated)
  if (!result.success) {
    const issue = result.error.issues[0]!
    const field = pointer(issue.path)
    const message = `The project cannot be read at ${field || '/'}: ${issue.message}.`
    throw new SoundloomError('parse-failed', message, { field, value: at(migrated, issue.path), hint: HINT })
  }
  const project: Project = result.data
  for (const { field, message, value, hint } of projectRules(project))
    throw new SoundloomError('parse-failed', `The project cannot be read at ${field}: ${message}.`, {
      field,
      value,
      hint,
    })
  return project
}
