// Playing by screen, computer keyboard and MIDI: the keys and what belongs to them (main thread).
import { useStore } from 'zustand'
import { MPE_MODES, OCTAVES } from '../../../project/session.ts'
import { usePorts } from '../../context.ts'
import { Button } from '../../controls/Button.tsx'
import { OptionMenu } from '../../controls/OptionMenu.tsx'
import { Switch } from '../../controls/Switch.tsx'
import { Piano } from './Piano.tsx'
import { Stepper } from './Stepper.tsx'

export function KeyboardPanel() {
  const { input, run } = usePorts()
  const { typing, octave, velocity, hold } = useStore(input)
  return (
    <div className="keys">
      <div className="keytools">
        <Switch
          label="Musical typing"
          on={typing}
          tip={typing ? 'The letter keys play notes; off in text fields' : 'Let the letter keys play notes'}
          onChange={(on) => void run('input.setTyping', { on })}
        />
        <Stepper
          label="Octave"
          text={String(octave)}
          value={octave}
          min={OCTAVES.min}
          max={OCTAVES.max}
          step={1}
          onChange={(next) => void run('input.setOctave', { octave: next })}
        />
        <Stepper
          label="Velocity"
          text={`${Math.round(velocity * 100)} %`}
          value={velocity}
          min={0.1}
          max={1}
          step={0.1}
          onChange={(next) => void run('input.setVelocity', { velocity: Math.round(next * 100) / 100 })}
        />
        <Switch
          label="Hold"
          on={hold}
          tip="Notes go on until their key is pressed again"
          onChange={(on) => void run('input.setHold', { on })}
        />
        <span className="grow" />
        <MidiButton />
        <Button
          icon="stop"
          data-tip="All notes off, all tails silent (Esc Esc)"
          onClick={() => void run('engine.panic', {})}
        >
          Panic
        </Button>
      </div>
      <Piano />
    </div>
  )
}

const MPE_OPTIONS = MPE_MODES.map((id) => ({ id, label: `MPE ${id}` }))

function MidiButton() {
  const { input, run } = usePorts()
  const { state, devices, zones } = useStore(input, (view) => view.midi)
  const modes = useStore(input, (view) => view.mpe)
  if (state === 'unsupported') return <span className="cap">This browser has no MIDI</span>
  if (state === 'on') {
    const names = devices.length === 0 ? 'MIDI on, no device yet' : devices.join(', ')
    return (
      <>
        <span className="cap midi ell" role="status" data-tip={names}>
          <span className={`dot ${devices.length === 0 ? 'dim' : ''}`} />
          {names}
        </span>
        {[...new Set(devices)].map((device) => (
          <OptionMenu
            key={device}
            name={`MPE of ${device}`}
            tip={`${device}: MPE, each note with its own bend, pressure and timbre. ${zones[device] ?? 'Not now'}`}
            value={modes[device] ?? 'auto'}
            options={MPE_OPTIONS}
            onChange={(id) => {
              const mode = MPE_MODES.find((one) => one === id)
              if (mode) void run('input.setMpe', { device, mode })
            }}
          />
        ))}
      </>
    )
  }
  return (
    <Button
      icon="midi"
      look="solid"
      aria-disabled={state === 'asking'}
      data-tip={
        state === 'denied' ? 'The browser refused MIDI. Allow it in the site settings, then try again' : undefined
      }
      onClick={() => void run('input.connectMidi', {})}
    >
      {state === 'asking' ? 'Asking the browser' : state === 'denied' ? 'MIDI was refused' : 'Connect MIDI'}
    </Button>
  )
}
