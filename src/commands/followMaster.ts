// Makes the engine's master section, its output and click follow the document and the session (main thread).
import { latencyHintOf } from '../params/budget.ts'
import { deviceParams } from '../project/song/devices.ts'
import type { Project } from '../project/document.ts'
import type { Session } from '../project/session.ts'
import type { Stores } from '../project/stores.ts'
import type { EnginePort } from './context.ts'

/** A limit that is still being moved is no wish: another output interrupts the sound. */
const SETTLED_MS = 700

const limiterValues = ({ master }: Project) =>
  new Map(deviceParams(master.limiter).map(({ key, value }) => [key, value] as const))

/** Tells the engine all of it, then what changes. Returns the end of it. */
export function followMaster({ project, session }: Stores, engine: EnginePort): () => void {
  const tell = (next: Project, before: Project | null): void => {
    const { master, sampleRate } = next
    if (sampleRate !== before?.sampleRate) engine.setSampleRate(sampleRate)
    if (master === before?.master) return
    if (master.gainDb !== before?.master.gainDb) engine.setMasterGain(master.gainDb)
    if (master.mute !== before?.master.mute) engine.setMasterMute(master.mute)
    if (master.limiter.bypass !== before?.master.limiter.bypass) engine.setLimiterBypass(master.limiter.bypass)
    const held = before && limiterValues(before)
    for (const [key, value] of limiterValues(next)) if (held?.get(key) !== value) engine.setLimiterValue(key, value)
  }
  const click = ({ metronome: { on, gainDb } }: Session, before: Session | null): void => {
    if (on !== before?.metronome.on || gainDb !== before.metronome.gainDb) engine.transport.setMetronome(on, gainDb)
  }
  let settling: ReturnType<typeof setTimeout> | undefined
  const output = ({ maxLatencyMs }: Session, before: Session | null): void => {
    if (maxLatencyMs === before?.maxLatencyMs) return
    clearTimeout(settling)
    const ask = (): void => engine.setLatencyHint(latencyHintOf(maxLatencyMs))
    if (before) settling = setTimeout(ask, SETTLED_MS)
    else ask()
  }
  tell(project.getState(), null)
  click(session.getState(), null)
  output(session.getState(), null)
  const stops = [project.subscribe(tell), session.subscribe(click), session.subscribe(output)]
  return () => {
    clearTimeout(settling)
    for (const stop of stops) stop()
  }
}
