// The control buses of the song in a small dialog: added, named, set and removed (main thread).
import { useStore } from 'zustand'
import { enums } from '../../../../generated/wire.ts'
import { parseValue } from '../../../../params/parse.ts'
import { formatValue, speakValue } from '../../../../params/format.ts'
import { stepPlain, toPlain, toUnit } from '../../../../params/map.ts'
import type { Project } from '../../../../project/document.ts'
import { CONTROL } from '../../../../project/fields.ts'
import { usePorts } from '../../../context.ts'
import { Button, IconButton } from '../../../controls/Button.tsx'
import { NameField } from '../../../controls/NameField.tsx'
import { OptionMenu } from '../../../controls/OptionMenu.tsx'
import { PopButton } from '../../../controls/PopButton.tsx'
import { Slider } from '../../../controls/Slider.tsx'
import type { UiCommands } from '../../../ports.ts'
import { freeName } from './freeName.ts'

type Bus = NonNullable<Project['controls']>[number]
type Settings = Omit<UiCommands['control.set'], 'name'>

const KINDS = [
  { kind: 'lfo', stem: 'LFO' },
  { kind: 'follower', stem: 'Follower' },
  { kind: 'macro', stem: 'Macro' },
] as const
const KIND_LABEL = { lfo: 'LFO', follower: 'Follower', macro: 'Macro' } as const

const SHAPES = Object.keys(enums.controlShape).map((id) => ({
  id,
  label: id.charAt(0).toUpperCase() + id.slice(1),
}))
/** Cycles in quarter notes. */
const CYCLES = [
  { id: '0', label: 'Free' },
  { id: '0.25', label: '1/16' },
  { id: '0.5', label: '1/8' },
  { id: '1', label: '1/4' },
  { id: '2', label: '1/2' },
  { id: '4', label: '1 bar of 4/4' },
  { id: '8', label: '2 bars' },
  { id: '16', label: '4 bars' },
  { id: '32', label: '8 bars' },
]
const NOTHING = 'nothing'

const RANGES = {
  rateHz: { unit: 'hertz', curve: 'log', ...CONTROL.rateHz },
  phase: { unit: 'fraction', curve: 'linear', min: 0, max: 1 },
  attackSeconds: { unit: 'seconds', curve: 'log', ...CONTROL.seconds },
  releaseSeconds: { unit: 'seconds', curve: 'log', ...CONTROL.seconds },
  gainDb: { unit: 'decibels', curve: 'linear', ...CONTROL.gainDb },
  value: { unit: 'fraction', curve: 'linear', min: 0, max: 1 },
} as const

export function ControlBuses() {
  const { project, run } = usePorts()
  const controls = useStore(project, (state) => state.controls) ?? []
  return (
    <PopButton
      title="Control buses"
      tip="LFOs, followers and macros of the song"
      className="btn"
      placement="bottom end"
      face={controls.length === 0 ? 'Add' : 'Edit'}
    >
      <div className="controlbuses">
        {controls.map((bus) => (
          <BusRow key={bus.id} bus={bus} />
        ))}
        <div className="addbuses">
          {KINDS.map(({ kind, stem }) => (
            <Button
              key={kind}
              icon="plus"
              onClick={() => void run('control.add', { name: freeName(stem, controls), kind })}
            >
              {KIND_LABEL[kind]}
            </Button>
          ))}
        </div>
      </div>
    </PopButton>
  )
}

function BusRow({ bus }: { readonly bus: Bus }) {
  const { project, run } = usePorts()
  const tracks = useStore(project, (state) => state.tracks)
  const returns = useStore(project, (state) => state.returns)
  const { name, source, routes } = bus
  const set = (settings: Settings, gesture?: string) => void run('control.set', { name, ...settings }, { gesture })
  const level = (id: keyof typeof RANGES, label: string, value: number) => (
    <Level key={id} bus={name} {...{ id, label, value }} onChange={(next, gesture) => set({ [id]: next }, gesture)} />
  )
  return (
    <section className="controlbus" aria-label={`Control bus ${name}`}>
      <header>
        <NameField name={name} of={`Control bus ${name}`} onRename={(to) => void run('control.rename', { name, to })} />
        <span className="cap">
          {KIND_LABEL[source.kind]}, {routes.length === 1 ? '1 follows' : `${String(routes.length)} follow`}
        </span>
        <span className="grow" />
        <IconButton
          icon="bin"
          name={`Remove control bus ${name}`}
          tip={routes.length > 0 ? 'Parameters follow it: let go of them first' : 'Remove this control bus'}
          onClick={() => void run('control.remove', { name })}
        />
      </header>
      {source.kind === 'lfo' && (
        <>
          <div className="choices">
            <OptionMenu
              name={`Shape of ${name}`}
              value={source.shape}
              options={SHAPES}
              onChange={(shape) => set({ shape: shape as typeof source.shape })}
            />
            <OptionMenu
              name={`Cycle of ${name}`}
              tip="Length of a cycle in the song, or free"
              value={String(source.beats)}
              options={
                CYCLES.some(({ id }) => id === String(source.beats))
                  ? CYCLES
                  : [...CYCLES, { id: String(source.beats), label: `${String(source.beats)} beats` }]
              }
              onChange={(beats) => set({ beats: Number(beats) })}
            />
          </div>
          {source.beats === 0 && level('rateHz', 'Rate', source.rateHz)}
          {level('phase', 'Phase', source.phase)}
        </>
      )}
      {source.kind === 'follower' && (
        <>
          <div className="choices">
            <OptionMenu
              name={`What ${name} follows`}
              tip="Whose loudness after its fader it follows"
              value={source.source ?? NOTHING}
              options={[
                { id: NOTHING, label: 'Nothing' },
                ...[...tracks, ...returns].map((one) => ({ id: one.id, label: one.name })),
              ]}
              onChange={(id) => set({ source: id === NOTHING ? null : id })}
            />
          </div>
          {level('attackSeconds', 'Attack', source.attackSeconds)}
          {level('releaseSeconds', 'Release', source.releaseSeconds)}
          {level('gainDb', 'Gain', source.gainDb)}
        </>
      )}
      {source.kind === 'macro' && level('value', 'Value', source.value)}
    </section>
  )
}

interface LevelProps {
  readonly bus: string
  readonly id: keyof typeof RANGES
  readonly label: string
  readonly value: number
  readonly onChange: (value: number, gesture?: string) => void
}

function Level({ bus, id, label, value, onChange }: LevelProps) {
  const { run } = usePorts()
  const range = RANGES[id]
  const name = `${label} of ${bus}`
  return (
    <div className="send">
      <span>{label}</span>
      <Slider
        name={name}
        position={toUnit(range, value)}
        spoken={speakValue(range, value)}
        tip={`${name}: ${formatValue(range, value)}`}
        now={value}
        min={range.min}
        max={range.max}
        onMove={(position, gesture) => onChange(Number(toPlain(range, position)), gesture)}
        onStep={(count, size, gesture) => onChange(Number(stepPlain(range, value, count, size)), gesture)}
        onGestureEnd={() => void run('history.endGesture', {})}
        onReset={() => undefined}
        onType={(typed) => {
          const plain = parseValue(range, typed, value)
          if (plain === null) return false
          onChange(Number(plain))
          return true
        }}
      />
      <span className="db" aria-hidden="true">
        {formatValue(range, value)}
      </span>
    </div>
  )
}
