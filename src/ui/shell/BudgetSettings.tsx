// What the engine may take: CPU time before it gives up quality, and delay of an effect (main thread).
import { useStore } from 'zustand'
import { GOVERNOR_LEVELS } from '../../generated/governor.ts'
import { latencyHintOf, MAX_CPU, MAX_LATENCY_MS, type LatencyHint } from '../../params/budget.ts'
import { formatValue, speakValue } from '../../params/format.ts'
import { stepPlain, toPlain, toUnit } from '../../params/map.ts'
import { parseValue } from '../../params/parse.ts'
import type { Scale } from '../../params/scale.ts'
import { usePorts } from '../context.ts'
import { Slider } from '../controls/Slider.tsx'

const CPU: Scale = { unit: 'fraction', curve: 'linear', min: MAX_CPU.min, max: MAX_CPU.max }
const LATENCY: Scale = {
  unit: 'seconds',
  curve: 'linear',
  min: MAX_LATENCY_MS.min / 1000,
  max: MAX_LATENCY_MS.max / 1000,
}

/** What the limit does to the output. */
const OUTPUT: Readonly<Record<LatencyHint, string>> = {
  0: 'The output has the shortest buffer.',
  interactive: 'The output has a short buffer.',
  playback: 'The output has a long buffer, which outlasts a busy computer.',
}

export function BudgetSettings() {
  const { session, status, run } = usePorts()
  const maxCpu = useStore(session, (state) => state.maxCpu)
  const maxLatencyMs = useStore(session, (state) => state.maxLatencyMs)
  const level = useStore(status, (state) => state.governorLevel)
  const delaySeconds = useStore(status, (state) => state.masterLatencySeconds)
  const quality = GOVERNOR_LEVELS[level]
  const output = OUTPUT[latencyHintOf(maxLatencyMs)]
  return (
    <>
      <Limit
        name="CPU budget"
        tip="Share of the audio time from which on the engine gives up quality"
        scale={CPU}
        value={maxCpu}
        init={MAX_CPU.init}
        set={(value) => void run('engine.setMaxCpu', { maxCpu: Math.round(value * 100) / 100 })}
      >
        {level === 0 || !quality ? 'Now at full quality' : `Now at level ${level}: ${quality.label}`}
      </Limit>
      <Limit
        name="Latency limit"
        tip="The output’s buffer follows; an effect that delays longer is not added"
        scale={LATENCY}
        value={maxLatencyMs / 1000}
        init={MAX_LATENCY_MS.init / 1000}
        set={(value) => void run('engine.setMaxLatency', { maxLatencyMs: Math.round(value * 1000) })}
      >
        {delaySeconds === null
          ? `For one effect. ${output}`
          : `For one effect; all together now delay ${formatValue(LATENCY, delaySeconds)}. ${output}`}
      </Limit>
    </>
  )
}

interface LimitProps {
  readonly name: string
  readonly tip: string
  readonly scale: Scale
  readonly value: number
  readonly init: number
  readonly set: (value: number) => void
  readonly children: string
}

function Limit({ name, tip, scale, value, init, set, children }: LimitProps) {
  const text = formatValue(scale, value)
  return (
    <div className="setting limit">
      <span aria-hidden="true">
        {name} <b>{text}</b>
      </span>
      <Slider
        name={name}
        position={toUnit(scale, value)}
        spoken={speakValue(scale, value)}
        tip={`${tip}: ${text}`}
        now={value}
        min={scale.min}
        max={scale.max}
        onMove={(position) => set(Number(toPlain(scale, position)))}
        onStep={(count, size) => set(Number(stepPlain(scale, value, count, size)))}
        onGestureEnd={() => undefined}
        onReset={() => set(init)}
        onType={(typed) => {
          const plain = parseValue(scale, typed, value)
          if (plain === null) return false
          set(Number(plain))
          return true
        }}
      />
      <p className="cap">{children}</p>
    </div>
  )
}
