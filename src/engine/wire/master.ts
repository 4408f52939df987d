// The master section of an engine (any producing thread): what it was told, so that a new engine can be told again.
import { engineValue } from '../../compile/values.ts'
import type { PlainValue } from '../../presets/model.ts'
import { paramOfKey } from '../../presets/paramOfKey.ts'
import type { CommandPort } from './commands.ts'

const LIMITER = 0

/** As the document has it. */
export interface MasterSettings {
  readonly gainDb: number
  readonly mute: boolean
  readonly limiter: { readonly values: Readonly<Record<string, PlainValue>>; readonly bypass: boolean }
}

export interface MasterControl {
  setGain(gainDb: number): void
  setMute(muted: boolean): void
  setLimiterBypass(bypassed: boolean): void
  /** Throws `invalid-argument` where the limiter takes no such value; an unknown key is left alone. */
  setLimiterValue(key: string, value: PlainValue): void
  /** Tells a new engine. */
  restore(): void
}

export function createMaster(push: (command: (port: CommandPort) => boolean) => boolean): MasterControl {
  let gainDb = 0
  let muted = false
  let bypassed = false
  /** By index of the parameter. */
  const values = new Map<number, number>()
  const tellGain = (): boolean => push((port) => port.masterGain(gainDb))
  const tellMute = (): boolean => push((port) => port.masterMute(muted))
  const tellLimiter = (): boolean => push((port) => port.masterBypass(LIMITER, bypassed))
  const tellValue = (index: number, value: number): boolean => push((port) => port.masterParam(LIMITER, index, value))
  return {
    setGain(next) {
      gainDb = next
      tellGain()
    },
    setMute(next) {
      muted = next
      tellMute()
    },
    setLimiterBypass(next) {
      bypassed = next
      tellLimiter()
    },
    setLimiterValue(key, value) {
      const spec = paramOfKey(null, [{ type: 'limiter' }], `fx1.${key}`)
      if (!spec) return
      values.set(spec.index, engineValue(spec, value, key))
      tellValue(spec.index, values.get(spec.index)!)
    },
    restore() {
      tellGain()
      tellMute()
      tellLimiter()
      for (const [index, value] of values) tellValue(index, value)
    },
  }
}
