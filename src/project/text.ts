// A project as the text of a file, and back (main thread).
import { SoundloomError } from '../params/error.ts'
import type { Project } from './document.ts'
import { parseProject } from './parse.ts'

const FORMAT = 'soundloom.project'

/** Begins with the format, so that a file can be told by its first bytes. */
export const projectText = (project: Project): string => `${JSON.stringify({ format: FORMAT, ...project }, null, 1)}\n`

/** The beginning of a file that `projectText` wrote, whoever formatted it since. */
export const looksLikeProject = (text: string): boolean => /^\s*\{\s*"format"\s*:\s*"soundloom\.project"/.test(text)

/** Throws `parse-failed` with a JSON pointer to what does not fit. */
export function readProjectText(text: string): Project {
  let stored: unknown
  try {
    stored = JSON.parse(text)
  } catch (error) {
    const message = `This is not JSON: ${error instanceof Error ? error.message : String(error)}.`
    throw new SoundloomError('parse-failed', message, { field: '' })
  }
  return parseProject(stored)
}
