// The settings button and what it opens: theme, single-letter shortcuts, main limiter, sample rate, budgets (main thread).
import { useEffect, useId, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { usePorts } from '../context.ts'
import { PopButton } from '../controls/PopButton.tsx'
import { Segments } from '../controls/Segments.tsx'
import { Switch } from '../controls/Switch.tsx'
import { Icon } from '../icons/Icon.tsx'
import { EFFECTS } from '../../generated/effects.ts'
import { formatValue } from '../../params/format.ts'
import { SAMPLE_RATES } from '../../project/document.ts'
import { applyTheme, type Theme } from '../theme/theme.ts'
import { BudgetSettings } from './BudgetSettings.tsx'

const THEMES: readonly { readonly id: Theme; readonly label: string }[] = [
  { id: 'system', label: 'System' },
  { id: 'dark', label: 'Dark' },
  { id: 'light', label: 'Light' },
]
const SECONDS = { unit: 'seconds', curve: 'linear', min: 0, max: 100 } as const
/** The engine builds the main limiter with the defaults of its description. */
const CEILING = EFFECTS.find(({ id }) => id === 'limiter')?.params.find(({ id }) => id === 'ceiling')

export function Settings() {
  const { theme: store } = usePorts()
  const theme = useStore(store, (state) => state.theme)
  useEffect(() => applyTheme(theme), [theme])
  return (
    <PopButton title="Settings" name="Settings" className="ib l" placement="bottom end" face={<Icon name="sliders" />}>
      <ThemeChoice theme={theme} />
      <Shortcuts />
      <Limiter />
      <SampleRateChoice />
      <BudgetSettings />
    </PopButton>
  )
}

function ThemeChoice({ theme }: { readonly theme: Theme }) {
  const { run } = usePorts()
  return (
    <div className="setting across">
      <span aria-hidden="true">Theme</span>
      <Segments
        name="Theme"
        value={theme}
        options={THEMES}
        onChange={(id) => void run('view.setTheme', { theme: id })}
      />
    </div>
  )
}

function Shortcuts() {
  const { input, run } = usePorts()
  const on = useStore(input, (state) => state.shortcuts)
  return (
    <Setting label="Single-letter shortcuts" on={on} onChange={(to) => void run('input.setShortcuts', { on: to })}>
      One key without Ctrl or Alt, as * for favourite
    </Setting>
  )
}

function Limiter() {
  const { document: project, status, run } = usePorts()
  const on = useStore(project, (state) => state.limiterOn)
  const latencySeconds = useStore(status, (state) => state.masterLatencySeconds)
  const facts = [
    CEILING && `Ceiling ${formatValue(CEILING, CEILING.init)}TP`,
    latencySeconds !== null && formatValue(SECONDS, latencySeconds),
  ]
  return (
    <Setting label="Main limiter" on={on} onChange={(to) => void run('master.setLimiter', { on: to })}>
      {facts.filter(Boolean).join(', ')}
    </Setting>
  )
}

const RATES = SAMPLE_RATES.map((hz) => ({ id: String(hz), label: `${String(hz / 1000)} kHz`, hz }))

function SampleRateChoice() {
  const { document: project, run } = usePorts()
  const sampleRate = useStore(project, (state) => state.sampleRate)
  const choose = (id: string): void => {
    const rate = RATES.find((each) => each.id === id)
    if (rate) void run('project.setSampleRate', { sampleRate: rate.hz })
  }
  return (
    <div className="setting across">
      <span aria-hidden="true">Sample rate</span>
      <Segments name="Sample rate" value={String(sampleRate)} options={RATES} onChange={choose} />
    </div>
  )
}

interface SettingProps {
  readonly label: string
  readonly on: boolean
  readonly onChange: (on: boolean) => void
  readonly children: ReactNode
}

function Setting({ label, on, onChange, children }: SettingProps) {
  const id = useId()
  return (
    <div className="setting">
      <Switch label={label} on={on} onChange={onChange} describedBy={id} />
      <p className="cap" id={id}>
        {children}
      </p>
    </div>
  )
}
