// What must hold between the members of a project: order, unique ids, references, values that devices take (main thread).
import { MOST_ROUTES_OF_STRIP } from '../compile/controls.ts'
import { PLAYBACK } from '../compile/frozen.ts'
import { findCircle } from '../compile/routing.ts'
import { LIMITS, type Clip, type Lane, type Song, type Track, type TrackDevice } from '../compile/song.ts'
import { layOut } from '../compile/trackSound.ts'
import { isAssetId } from '../presets/assets/record.ts'
import { validateDevice, type Problem } from '../presets/validate.ts'
import type { Project } from './document.ts'
import { MIN_LENGTH_TICKS } from './fields.ts'
import { alignSignatures } from './song/signatures.ts'
import { followingParam, sameTarget } from './song/controls.ts'
import { branchDevice, everyDevice } from './song/racks.ts'
import { laneTarget, takes } from './song/target.ts'

type Rule = Pick<Problem, 'message' | 'field' | 'value' | 'hint'>

const wrong = (field: string, message: string, value: unknown, hint: string): Rule => ({ field, message, value, hint })

function* uniqueIds(parts: readonly { readonly id: string }[], at: string, seen = new Set<string>()): Generator<Rule> {
  for (const [index, { id }] of parts.entries()) {
    if (seen.has(id)) yield wrong(`${at}/${String(index)}/id`, 'An id is used twice', id, 'Give each its own id.')
    seen.add(id)
  }
}

function* ordered(points: readonly { readonly tick: number }[], at: string, apart: number): Generator<Rule> {
  for (let index = 1; index < points.length; index++) {
    const { tick } = points[index]!
    if (tick < points[index - 1]!.tick + apart)
      yield wrong(`${at}/${String(index)}/tick`, 'Points are out of order', tick, 'Sort them by tick.')
  }
}

function* timeline({ tempoMap, signatures, loop }: Song): Generator<Rule> {
  for (const [points, at] of [
    [tempoMap, '/tempoMap'],
    [signatures, '/signatures'],
  ] as const) {
    if (points[0]!.tick !== 0)
      yield wrong(`${at}/0/tick`, 'The first does not begin the song', points[0]!.tick, 'Begin at tick 0.')
    yield* ordered(points, at, 1)
  }
  const lines = alignSignatures(signatures)
  const off = signatures.findIndex(({ tick }, index) => lines[index]?.tick !== tick)
  if (off >= 0) {
    const hint = 'Put it at a bar line of the signature before it.'
    yield wrong(`/signatures/${String(off)}/tick`, 'A time signature is inside a bar', signatures[off]!.tick, hint)
  }
  if (loop.endTick < loop.startTick + MIN_LENGTH_TICKS)
    yield wrong('/loop/endTick', 'The loop is empty', loop.endTick, 'End it after its start.')
}

/** Branches are a rack's, and racks do not nest. */
function* rack({ kind, type, branches }: TrackDevice, at: string): Generator<Rule> {
  if (type === PLAYBACK)
    yield wrong(`${at}/type`, 'A recording of a track stands among its devices', type, 'Take it out.')
  if (type === 'branch') yield wrong(`${at}/type`, 'A branch ends outside of a rack', type, 'Put it into a rack.')
  if (type === 'rack' && !branches?.length)
    yield wrong(`${at}/branches`, 'A rack has no branch', branches, 'Give it one or more.')
  if (!branches) return
  if (kind !== 'effect' || type !== 'rack')
    yield wrong(`${at}/branches`, 'Only a rack has branches', type, 'Leave them out.')
  for (const [index, branch] of branches.entries()) {
    const field = `${at}/branches/${String(index)}`
    yield* validateDevice(branchDevice(branch), field)
    for (const [place, device] of branch.devices.entries()) {
      const inside = `${field}/devices/${String(place)}`
      yield* validateDevice(device, inside)
      if (device.kind !== 'effect' || [PLAYBACK, 'rack', 'branch'].includes(device.type))
        yield wrong(`${inside}/type`, 'A branch holds effects only', device.type, 'Take it out of the rack.')
    }
  }
}

function* chain(devices: readonly TrackDevice[], at: string, instrument: boolean): Generator<Rule> {
  for (const [index, device] of devices.entries()) {
    const field = `${at}/${String(index)}`
    if (device.kind === 'instrument' && (index > 0 || !instrument)) {
      yield wrong(`${field}/kind`, 'An instrument stands among effects', device.kind, 'Put it first on a track.')
    }
    yield* validateDevice(device, field)
    yield* rack(device, field)
  }
  if (layOut(devices).length > LIMITS.chain + 1)
    yield wrong(
      at,
      'There are too many effects',
      devices.length,
      `At most ${String(LIMITS.chain)} with those in racks.`,
    )
  const effects = devices.filter(({ kind }) => kind === 'effect').length
  if (effects > LIMITS.devices - 1)
    yield wrong(at, 'There are too many effects', effects, `At most ${String(LIMITS.devices - 1)}.`)
}

function* lanePoints(lane: Lane, track: Track, returns: Song['returns'], at: string): Generator<Rule> {
  const target = laneTarget(track, returns, lane.target)
  if (!target) {
    yield wrong(`${at}/target`, 'The lane moves nothing that is there', lane.target, 'Name a member of its track.')
    return
  }
  yield* uniqueIds(lane.points, `${at}/points`)
  yield* ordered(lane.points, `${at}/points`, 0)
  for (const [index, { value }] of lane.points.entries()) {
    if (!takes(target, value))
      yield wrong(`${at}/points/${String(index)}/value`, 'A point is out of range', value, 'See the parameter.')
  }
}

function* sendRules(sends: Track['sends'], { returns }: Song, at: string): Generator<Rule> {
  const sentTo = new Set<string>()
  for (const [index, { returnId }] of sends.entries()) {
    if (sentTo.has(returnId) || !returns.some(({ id }) => id === returnId)) {
      const hint = 'Name a return, and each once.'
      yield wrong(`${at}/${String(index)}/returnId`, 'A send leads nowhere', returnId, hint)
    }
    sentTo.add(returnId)
  }
}

function* sidechains(
  devices: readonly TrackDevice[],
  { tracks, returns }: Pick<Song, 'tracks' | 'returns'>,
  at: string,
): Generator<Rule> {
  for (const [index, device] of devices.entries()) {
    for (const { devices: inside } of device.branches ?? []) yield* sidechains(inside, { tracks, returns }, at)
    const { sidechain } = device
    if (!sidechain || [...tracks, ...returns].some(({ id }) => id === sidechain.source)) continue
    const field = `${at}/${String(index)}/sidechain/source`
    yield wrong(field, 'A side chain hears nothing', sidechain.source, 'Name a track or return.')
  }
}

/** Of the whole song: signals may not run in a circle. */
function* circles(song: Song): Generator<Rule> {
  const circle = findCircle(song)?.join(' → ')
  if (circle)
    yield wrong('/tracks', `The sound runs in a circle: ${circle}`, circle, 'Make one of the sends a feedback send.')
}

/** Expression points are in order, and no more than a clip may have. */
function* expressions({ notes }: Clip, at: string): Generator<Rule> {
  let points = 0
  for (const [index, { expression }] of notes.entries()) {
    if (!expression) continue
    const field = `${at}/${String(index)}/expression`
    yield* ordered(expression, field, 0)
    points += expression.length
    if (points > LIMITS.clipPoints)
      yield wrong(field, 'A clip has too many expression points', points, `At most ${String(LIMITS.clipPoints)}.`)
  }
}

function* trackRules(track: Track, song: Song, at: string, clipIds: Set<string>): Generator<Rule> {
  const { returns } = song
  const group = track.kind === 'group'
  if (group && (track.clips.length > 0 || track.devices.some(({ kind }) => kind === 'instrument')))
    yield wrong(
      `${at}/kind`,
      'A group has clips or an instrument',
      track.kind,
      'Put them on a track that plays into it.',
    )
  if (track.output !== undefined && !song.tracks.some(({ id, kind }) => id === track.output && kind === 'group'))
    yield wrong(
      `${at}/output`,
      'A track plays to nothing',
      track.output,
      'Name a group, or leave it out for the master.',
    )
  if (track.frozen && (group || track.devices[0]?.kind !== 'instrument'))
    yield wrong(`${at}/frozen`, 'Only a track with an instrument is frozen', track.frozen.asset, 'Leave it out.')
  if (track.frozen && !isAssetId(track.frozen.asset))
    yield wrong(`${at}/frozen/asset`, 'This names no recording', track.frozen.asset, 'Leave the frozen sound out.')
  yield* chain(track.devices, `${at}/devices`, !group)
  yield* sidechains(track.devices, song, `${at}/devices`)
  yield* uniqueIds(track.clips, `${at}/clips`, clipIds)
  for (const [index, clip] of track.clips.entries()) {
    const field = `${at}/clips/${String(index)}`
    yield* uniqueIds(clip.notes, `${field}/notes`)
    yield* expressions(clip, `${field}/notes`)
    yield* uniqueIds(clip.controls, `${field}/controls`)
    if (clip.startTick + clip.lengthTicks > LIMITS.maxTick)
      yield wrong(`${field}/lengthTicks`, 'A clip ends after the last beat', clip.lengthTicks, 'Make it shorter.')
  }
  yield* sendRules(track.sends, song, `${at}/sends`)
  const targets = new Set<string>()
  for (const [index, lane] of track.automation.entries()) {
    const field = `${at}/automation/${String(index)}`
    if (targets.has(lane.target))
      yield wrong(`${field}/target`, 'Two lanes move the same', lane.target, 'Keep one lane for each target.')
    targets.add(lane.target)
    yield* lanePoints(lane, track, returns, field)
  }
}

function* controlRules(project: Project): Generator<Rule> {
  const { controls = [], tracks, returns } = project
  yield* uniqueIds(controls, '/controls')
  const names = new Set<string>()
  const onStrip = new Map<string, number>()
  for (const [index, { name, source, routes }] of controls.entries()) {
    const at = `/controls/${String(index)}`
    if (names.has(name)) yield wrong(`${at}/name`, 'Two control buses have one name', name, 'Rename one.')
    names.add(name)
    const heard = source.kind === 'follower' ? source.source : null
    if (heard !== null && ![...tracks, ...returns].some(({ id }) => id === heard))
      yield wrong(
        `${at}/source/source`,
        'A control bus follows nothing that is there',
        heard,
        'Name a track or return.',
      )
    for (const [place, route] of routes.entries()) {
      const field = `${at}/routes/${String(place)}`
      const count = (onStrip.get(route.stripId) ?? 0) + 1
      onStrip.set(route.stripId, count)
      if (!followingParam(project, route))
        yield wrong(
          `${field}/key`,
          'What is to follow a control bus is not there',
          route.key,
          'Name a parameter that moves.',
        )
      else if (routes.findIndex((other) => sameTarget(other, route)) !== place)
        yield wrong(field, 'A parameter follows a bus twice', route.key, 'Keep one.')
      else if (count > MOST_ROUTES_OF_STRIP)
        yield wrong(
          field,
          'Too many parameters of a track follow buses',
          count,
          `At most ${String(MOST_ROUTES_OF_STRIP)}.`,
        )
    }
  }
}

/** Everything that is wrong, first things first; none: commands and engine can work with it. Fields are JSON pointers. */
export function* projectRules(project: Project): Generator<Rule> {
  const { tracks, returns, markers, master } = project
  yield* timeline(project)
  yield* uniqueIds(markers, '/markers')
  const strips = new Set(['master'])
  yield* uniqueIds(tracks, '/tracks', strips)
  yield* uniqueIds(returns, '/returns', strips)
  const clipIds = new Set<string>()
  const laneIds = new Set<string>()
  const deviceIds = new Set([master.limiter.id])
  for (const [index, track] of tracks.entries()) {
    const at = `/tracks/${String(index)}`
    yield* uniqueIds(everyDevice(track.devices), `${at}/devices`, deviceIds)
    yield* uniqueIds(track.automation, `${at}/automation`, laneIds)
    yield* trackRules(track, project, at, clipIds)
  }
  for (const [index, strip] of returns.entries()) {
    yield* uniqueIds(everyDevice(strip.devices), `/returns/${String(index)}/devices`, deviceIds)
    yield* chain(strip.devices, `/returns/${String(index)}/devices`, false)
    yield* sidechains(strip.devices, project, `/returns/${String(index)}/devices`)
    yield* sendRules(strip.sends ?? [], project, `/returns/${String(index)}/sends`)
  }
  yield* circles(project)
  yield* controlRules(project)
  const { limiter } = master
  if (limiter.kind !== 'effect' || limiter.type !== 'limiter')
    yield wrong('/master/limiter/type', 'The master needs its limiter', limiter.type, 'Use the effect "limiter".')
  yield* validateDevice(limiter, '/master/limiter')
}
