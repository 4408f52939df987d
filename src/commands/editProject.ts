// One step of the open document, as commands make it (main thread).
import type { Draft } from 'mutative'
import type { Project } from '../project/document.ts'
import type { Edit } from '../project/history.ts'
import { forgetLost } from '../project/song/controls.ts'
import { refuseThaw } from '../project/song/frozen.ts'
import type { CommandContext } from './context.ts'

export const projectOf = ({ stores }: CommandContext): Project => stores.project.getState()

/** New data for a draft: nobody else changes it. */
export const fresh = <Part>(part: Part): Draft<Part> => part as Draft<Part>

/** True when something changed. Throws `conflict` where it would change what a frozen track was recorded from. */
export function editProject(context: CommandContext, edit: Edit, recipe: (project: Draft<Project>) => void): boolean {
  const frozen = projectOf(context).tracks.filter(({ frozen }) => frozen)
  return context.history.edit(edit, ({ project }) => {
    recipe(project)
    if (project.controls) forgetLost(project)
    for (const track of frozen) refuseThaw(track, project)
  })
}

/** Puts a part at an index of a list, at its end when none is given or it is beyond. */
export function insertAt<Part>(list: Part[], part: Part, index = list.length): number {
  const at = Math.min(index, list.length)
  list.splice(at, 0, part)
  return at
}
