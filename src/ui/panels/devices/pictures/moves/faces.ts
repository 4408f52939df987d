// Pictures of what happens to a sound over time: a shaped hit, stacked loops, a turning speaker (main thread).
import { css, token } from '../../../../drawing/colours.ts'
import { fillArea, horizontal, label, strokeLine, vertical, type Point } from '../../../../drawing/strokes.ts'
import { clamp, number, type Area, type Faces, type Handles, type Paint, type Read, type Scene } from '../face.ts'
import { beatsOf, delaySeconds } from '../tempo.ts'
import { hertzText, secondsText } from '../words.ts'
import { DRUM_SHARE } from './drumShare.ts'
import { HIT, hitLevels, shapedBy, STEP_SECONDS } from './hit.ts'

const SHOWN_DB = 54
const dbY = (db: number, { height }: Area): number => height - 6 - clamp(1 + db / SHOWN_DB, 0, 1) * (height - 12)

/** A drum as it comes in, pale; as it goes out, full. */
const transient: Paint = (surface, { read, colour }) => {
  const levels = hitLevels()
  const change = shapedBy(levels, read)
  const x = (i: number) => (i / (levels.length - 1)) * surface.width
  const line = (of: (i: number) => number): Point[] => levels.map((_, i): Point => [x(i), dbY(of(i), surface)])
  vertical(surface, (HIT.at / HIT.seconds) * surface.width)
  for (const db of [-12, -36]) horizontal(surface, dbY(db, surface))
  fillArea(
    surface,
    line((i) => levels[i]!),
    surface.height - 6,
    token('text-3'),
    0.3,
  )
  strokeLine(
    surface,
    line((i) => levels[i]! + change[i]!),
    colour,
  )
  label(surface, `A drum, ${Math.round(HIT.seconds * 1000)} ms`, surface.width - 5, surface.height - 9, 'right')
}

const indexOf = (seconds: number): number => Math.round((HIT.at + seconds) / STEP_SECONDS)

/** Sustain is dragged on the ringing, attack at the top of the hit. */
const transientHandles: Handles = {
  hint: 'Drag the hit and the ringing up or down',
  at: (area, { read }) => {
    const levels = hitLevels()
    const change = shapedBy(levels, read)
    return [
      ['attack', 0.003],
      ['sustain', 0.2],
    ].map(([id, seconds]) => {
      const i = indexOf(Number(seconds))
      return {
        id: String(id),
        x: (i / (levels.length - 1)) * area.width,
        y: clamp(dbY(levels[i]! + change[i]!, area), 5, area.height - 5),
      }
    })
  },
  moved: (area, { read }, id, { y }) => {
    const levels = hitLevels()
    const i = indexOf(id === 'attack' ? 0.003 : 0.2)
    const at = (value: number) => shapedBy(levels, (param) => (param === id ? value : read(param)))[i]!
    const wanted = SHOWN_DB * ((area.height - 6 - y) / (area.height - 12) - 1) - levels[i]!
    // Straight in the value: two of them say all.
    const [none, full] = [at(0), at(1)]
    return full === none ? [] : [[id, clamp((wanted - none) / (full - none), -1, 1)]]
  },
}

/** Of wasm/effects/looper.h. */
const LONGEST_LOOP_SECONDS = 20
const PASSES = 5
const STATES: Readonly<Record<string, readonly [words: string, colour: string]>> = {
  clear: ['No loop', 'text-3'],
  record: ['Recording', 'danger'],
  overdub: ['Overdubbing', 'accent'],
  play: ['Playing', 'text-1'],
  stop: ['Stopped, kept', 'text-3'],
}

const loopLength = (scene: Scene): string => {
  const beats = beatsOf(String(scene.read('sync')))
  if (beats === 0) return `until Record ends, ${LONGEST_LOOP_SECONDS} s at most`
  const seconds = delaySeconds(scene, 0, LONGEST_LOOP_SECONDS)
  return `${secondsText(seconds)}, ${beats < 4 ? String(scene.read('sync')) : `${beats / 4} ${beats === 4 ? 'bar' : 'bars'}`}`
}

/** Passes of the loop one after the other: how strong the first layer still is in each; half speed is twice as long. */
const looper: Paint = (surface, scene) => {
  const { g, width, height } = surface
  const { read, colour } = scene
  const mode = String(read('mode'))
  const [words, name] = STATES[mode] ?? STATES.clear!
  const half = String(read('speed')) === 'half'
  const passes = half ? Math.ceil(PASSES / 2) : PASSES
  const wide = (width - 16) / (half ? PASSES / 2 : PASSES)
  const [top, base] = [24, height - 22]
  // Only overdubbing lets a layer fade.
  const kept = mode === 'overdub' ? number(read, 'feedback') : 1
  for (let pass = 0; pass < passes; pass++) {
    const x = 8 + pass * wide
    const shown = Math.min(wide, width - 8 - x)
    const level = mode === 'clear' || (mode === 'record' && pass > 0) ? 0 : kept ** pass
    g.fillStyle = css(mode === 'record' ? token('danger') : colour, mode === 'stop' ? 0.25 : 0.65)
    const high = level * (base - top)
    const rise = number(read, 'reverse') >= 0.5
    g.beginPath()
    g.moveTo(x, base)
    g.lineTo(x, base - (rise ? 0.25 : 1) * high)
    g.lineTo(x + shown - 3, base - (rise ? 1 : 0.25) * high)
    g.lineTo(x + shown - 3, base)
    g.fill()
    g.strokeStyle = css(token('line-3'))
    g.lineWidth = 1
    g.strokeRect(Math.round(x) + 0.5, top + 0.5, Math.round(shown - 3) - 1, base - top)
  }
  label(surface, words, 8, 15, 'left', name)
  label(surface, loopLength(scene), 8, height - 7)
}

interface Stand {
  readonly x: number
  readonly y: number
  /** Pixels in a metre. */
  readonly metre: number
}
/** The speaker from above; microphones stand below it. The farthest, at `FARTHEST_METRES`, still fits. */
const FARTHEST_METRES = 2
const stand = ({ width, height }: Area): Stand => ({
  x: width / 2,
  y: 24,
  metre: Math.min((height - 34) / FARTHEST_METRES, (width / 2 - 12) / FARTHEST_METRES),
})
const micAt = (area: Area, read: Read, side: number) => {
  const { x, y, metre } = stand(area)
  const turn = (side * number(read, 'angle') * Math.PI) / 360
  const away = 14 + number(read, 'distance') * (metre - 14 / FARTHEST_METRES)
  return { x: x + Math.sin(turn) * away, y: y + Math.cos(turn) * away }
}

const hertzNow = (read: Read): number => {
  const speed = String(read('speed'))
  return speed === 'stop' ? 0 : number(read, speed === 'fast' ? 'fast' : 'slow')
}

/** Horn and drum from above, and where the microphones hear them from. */
const rotary: Paint = (surface, { read, colour }) => {
  const { g, width, height } = surface
  const { x, y } = stand(surface)
  const balance = number(read, 'balance')
  const ring = (radius: number, alpha: number) => {
    g.beginPath()
    g.arc(x, y, radius, 0, 2 * Math.PI)
    g.strokeStyle = css(colour, alpha)
    g.lineWidth = 1.75
    g.stroke()
  }
  ring(8, 0.35 + 0.65 * Math.min(1, 1 - balance))
  ring(14, 0.35 + 0.65 * Math.min(1, 1 + balance))
  for (const side of [-1, 1]) {
    const mic = micAt(surface, read, side)
    strokeLine(
      surface,
      [
        [x, y],
        [mic.x, mic.y],
      ],
      token('line-3'),
      1,
      1,
    )
    label(surface, side < 0 ? 'L' : 'R', mic.x + side * 10, mic.y + 4, 'center', 'text-2')
  }
  const hertz = hertzNow(read)
  label(surface, `Horn ${hertzText(hertz)}`, 5, height - 16)
  label(surface, `Drum ${hertzText(hertz * DRUM_SHARE)}`, 5, height - 4)
  if (number(read, 'distance') > 0) label(surface, `${number(read, 'distance').toFixed(1)} m`, width - 5, 12, 'right')
}

const rotaryHandles: Handles = {
  hint: 'Drag a microphone: distance and angle',
  at: (area, { read }) => [-1, 1].map((side) => ({ id: side < 0 ? 'left' : 'right', ...micAt(area, read, side) })),
  moved: (area, _scene, id, place) => {
    const { x, y, metre } = stand(area)
    const side = id === 'left' ? -1 : 1
    const [across, down] = [side * (place.x - x), place.y - y]
    return [
      ['distance', (Math.hypot(across, down) - 14) / (metre - 14 / FARTHEST_METRES)],
      ['angle', (Math.atan2(Math.max(0, across), down) * 360) / Math.PI],
    ]
  },
}

export const faces: Faces = {
  units: {},
  effects: {
    transient: { paint: transient, handles: transientHandles },
    looper: { paint: looper },
    rotary: { paint: rotary, handles: rotaryHandles },
  },
}
