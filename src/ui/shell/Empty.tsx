// First run: what can be done while the project has no track (main thread).
import { useCallback, useMemo, useState, type CSSProperties, type HTMLAttributes } from 'react'
import { useStore } from 'zustand'
import type { Preset, Role } from '../../presets/model.ts'
import { usePorts } from '../context.ts'
import { Button } from '../controls/Button.tsx'
import { brightnessRamp, css, ramp } from '../drawing/colours.ts'
import { Plot, type Surface } from '../drawing/Plot.tsx'
import { Icon } from '../icons/Icon.tsx'
import { RoleGlyph } from '../icons/RoleGlyph.tsx'
import { displayName } from '../panels/sounds/describe.ts'
import { ImportButton } from '../panels/sounds/ImportButton.tsx'
import { roleColour } from '../roles.ts'
import { Describe } from './Describe.tsx'

const TRIES = 3

function firstOfRoles(presets: readonly Preset[]): Preset[] {
  const first = new Map<Role, Preset>()
  for (const preset of presets) if (!first.has(preset.role)) first.set(preset.role, preset)
  return [...first.values()]
}

interface EmptyProps {
  readonly over: boolean
  readonly target: HTMLAttributes<HTMLElement>
}

/** `over`: a sound hovers over the page, which makes it the first track. */
export function Empty({ over, target }: EmptyProps) {
  const { input, run } = usePorts()
  const midi = useStore(input, (state) => state.midi.state)
  const draw = useCallback(drawWeave, [])
  return (
    <main className={`panel mid empty ${over ? 'takes' : ''}`} aria-label="Start" {...target}>
      <div className="weave">
        <Plot draw={draw} />
      </div>
      <div className="herobox scroll">
        <div className="hero">
          <Invitation />
          <div className="or">or</div>
          <Describe />
          <div className="start">
            <ImportButton look="solid" text="Import a file" />
            {(midi === 'off' || midi === 'denied') && (
              <Button icon="midi" look="solid" large onClick={() => void run('input.connectMidi', {})}>
                Connect MIDI
              </Button>
            )}
          </div>
          <Tries />
        </div>
      </div>
    </main>
  )
}

/** The one big Play: the demo, or where it cannot be had the first sound. */
function Invitation() {
  const { sounds, demo, run } = usePorts()
  const { song, missing } = useStore(demo)
  const presets = useStore(sounds, (state) => state.presets)
  const [opening, setOpening] = useState(false)
  const imported = presets.filter(({ source }) => source.kind === 'import').length
  const first = presets.find(({ source }) => source.kind === 'import') ?? presets[0]
  if (missing) {
    return (
      <>
        {first && (
          <BigPlay
            name={`Play ${displayName(first.name)}`}
            onPress={() => void run('audition.once', { presetId: first.id })}
          />
        )}
        <h2>Press a sound to hear it</h2>
        <p>
          {imported > 0 ? plural(imported) : 'Sounds are on the left.'} Arrow keys walk through them, Enter holds one.
        </p>
      </>
    )
  }
  return (
    <>
      <BigPlay
        name="Play the demo"
        busy={opening}
        onPress={() => {
          if (opening) return
          setOpening(true)
          void run('project.openDemo', {}).finally(() => setOpening(false))
        }}
      />
      <h2>Press play to hear the demo</h2>
      <p className="songline">
        {song
          ? `${song.name}: ${song.tracks} tracks, ${song.sections} sections. Every sound in it is yours to open.`
          : 'A song of its own. Every sound in it is yours to open.'}
      </p>
    </>
  )
}

interface BigPlayProps {
  readonly name: string
  readonly busy?: boolean
  readonly onPress: () => void
}

function BigPlay({ name, busy, onPress }: BigPlayProps) {
  return (
    <button type="button" className="bigplay" aria-label={name} aria-busy={busy} onClick={onPress}>
      <Icon name="play" filled />
    </button>
  )
}

function Tries() {
  const { sounds, run } = usePorts()
  const presets = useStore(sounds, (state) => state.presets)
  // One of each of the first roles, so that the suggestions differ.
  const tries = useMemo(() => firstOfRoles(presets).slice(0, TRIES), [presets])
  if (tries.length === 0) return null
  return (
    <div className="tries" role="group" aria-label="Try a sound">
      {tries.map((preset) => (
        <button
          key={preset.id}
          type="button"
          style={{ '--c': roleColour(preset.role) } as CSSProperties}
          onClick={() => void run('audition.once', { presetId: preset.id })}
        >
          <RoleGlyph role={preset.role} />
          {displayName(preset.name)}
        </button>
      ))}
    </div>
  )
}

const plural = (count: number): string =>
  count === 1
    ? 'Your imported sound is on the left.'
    : `Your ${count.toLocaleString('en')} imported sounds are on the left.`

/** Threads behind the words, dark in the middle; a picture of the name, not of a sound. */
function drawWeave({ g, width, height }: Surface) {
  const stops = brightnessRamp()
  const pitch = 6
  const count = Math.floor(width / pitch)
  g.lineWidth = 2.5
  g.lineCap = 'round'
  for (let i = 0; i < count; i++) {
    const t = (i + 0.5) / count
    const swell = Math.sin(Math.PI * t) ** 0.7 * (0.5 + 0.5 * (0.5 + 0.5 * Math.sin(t * 31) * Math.cos(t * 13 + 1)))
    const half = 10 + height * 0.34 * swell
    const fromMiddle = Math.abs(t - 0.5) * 2
    g.strokeStyle = css(ramp(stops, 0.04 + 0.8 * t), 0.85 * Math.max(0, (fromMiddle - 0.42) / 0.58) ** 1.1 + 0.05)
    g.beginPath()
    g.moveTo(i * pitch + 3, height / 2 - half)
    g.lineTo(i * pitch + 3, height / 2 + half)
    g.stroke()
  }
}
