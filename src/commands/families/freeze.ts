// track.freeze and track.unfreeze: a recording plays in place of instrument and effects (main thread). Undoable.
import { constants } from '../../generated/wire.ts'
import { SoundloomError } from '../../params/error.ts'
import type { Project } from '../../project/document.ts'
import * as fields from '../../project/fields.ts'
import { findTrack } from '../../project/song/find.ts'
import { playsFrozen, recordingKey } from '../../project/song/frozen.ts'
import { refuseGroup } from '../../project/song/routing.ts'
import type { CommandContext } from '../context.ts'
import { defineCommand } from '../define.ts'
import { editProject, projectOf } from '../editProject.ts'
import { z } from '../schema.ts'

const args = z.strictObject({ trackId: fields.id })
/** Of the engine's memory; the rest is for what plays live. */
const FROZEN_SHARE = 0.5

const conflict = (message: string, hint: string, value: string): SoundloomError =>
  new SoundloomError('conflict', message, { field: 'trackId', value, hint })

/** What is left for another recording in the engine's memory. */
function roomFor({ assets, engine }: CommandContext, { tracks, sampleRate }: Project, trackId: string): number {
  const { known } = assets.store.getState()
  const held = new Set(tracks.flatMap(({ id, frozen }) => (frozen && id !== trackId ? [frozen.asset] : [])))
  const taken = [...held].reduce((sum, id) => {
    const entry = known.get(id)
    return sum + (entry ? entry.seconds * sampleRate * entry.channels * Float32Array.BYTES_PER_ELEMENT : 0)
  }, 0)
  const whole = Math.min(constants.maxAssetBytes, engine.memoryBytes() * FROZEN_SHARE - taken)
  return Math.max(0, Math.floor(whole))
}

export const freezeCommands = [
  defineCommand({
    id: 'track.freeze',
    title: 'Freeze track',
    doc: 'Renders a track with its effects and plays that in place of them, at next to no cost; fader, pan, mute and sends stay live. Its notes and devices cannot be changed until it is unfrozen.',
    args,
    tool: true,
    run: async (context, { trackId }) => {
      const { engine, assets, freezes } = context
      const project = projectOf(context)
      const { part: track } = findTrack(project, trackId)
      refuseGroup(track, 'a frozen sound')
      const { tempoMap, signatures, loop, tracks, returns, controls, seed, sampleRate } = project
      if (track.devices[0]?.kind !== 'instrument' || track.clips.length === 0)
        throw conflict(`“${track.name}” plays nothing that could be frozen.`, 'It needs a sound and a clip.', trackId)
      if (playsFrozen(project, track))
        throw conflict(`“${track.name}” is frozen already.`, 'Unfreeze it: track.unfreeze.', trackId)
      if (freezes.store.getState().running.has(trackId))
        throw conflict(`“${track.name}” is being frozen.`, 'Wait, or cancel it: track.cancelFreeze.', trackId)
      const of = recordingKey(project, track)
      const song = { tempoMap, signatures, loop, tracks, returns, ...(controls && { controls }) }
      const mostBytes = roomFor(context, project, trackId)
      const { frozen, diagnostics } = await freezes.run(trackId, async (signal, onProgress) => {
        const spec = { song, trackId, seed, sampleRate, mostBytes }
        const { bytes, lead, diagnostics } = await engine.freezeTrack(spec, { signal, onProgress })
        const { id: asset } = await assets.keep(`${track.name} (frozen)`, bytes)
        return { frozen: { asset, lead, of }, diagnostics }
      })
      const now = projectOf(context)
      const { part, index } = findTrack(now, trackId)
      if (recordingKey(now, part) !== of)
        throw conflict(`“${part.name}” changed while it was being frozen.`, 'Freeze it again.', trackId)
      editProject(context, { label: `Freeze ${part.name}` }, (draft) => {
        draft.tracks[index]!.frozen = frozen
      })
      const [gap] = diagnostics
      if (gap !== undefined)
        context.notices.show({ kind: 'warning', fact: `“${part.name}” was frozen with gaps`, consequence: gap })
      return { trackId, asset: frozen.asset, diagnostics }
    },
  }),
  defineCommand({
    id: 'track.cancelFreeze',
    title: 'Cancel freezing',
    doc: 'Ends the freezing of a track; it stays as it was.',
    args,
    run: ({ freezes }, { trackId }) => ({ trackId, cancelled: freezes.cancel(trackId) }),
  }),
  defineCommand({
    id: 'track.unfreeze',
    title: 'Unfreeze track',
    doc: 'Plays the instrument and the effects of a frozen track again, as they were.',
    args,
    tool: true,
    run: (context, { trackId }) => {
      const { part, index } = findTrack(projectOf(context), trackId)
      if (!part.frozen) throw conflict(`“${part.name}” is not frozen.`, 'Freeze it: track.freeze.', trackId)
      editProject(context, { label: `Unfreeze ${part.name}` }, (draft) => {
        delete draft.tracks[index]!.frozen
      })
      return { trackId }
    },
  }),
] as const
