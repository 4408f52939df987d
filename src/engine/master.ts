// The master section as the page sees it (main thread): what it was told, so that a new engine can be told again.
import type { CommandPort } from './wire/commands.ts'

const LIMITER = 0

export interface MasterControl {
  setGain(gainDb: number): void
  setMute(muted: boolean): void
  setLimiterBypass(bypassed: boolean): void
  /** Tells a new engine. */
  restore(): void
}

export function createMaster(push: (command: (port: CommandPort) => boolean) => boolean): MasterControl {
  let gainDb = 0
  let muted = false
  let bypassed = false
  const tellGain = (): boolean => push((port) => port.masterGain(gainDb))
  const tellMute = (): boolean => push((port) => port.masterMute(muted))
  const tellLimiter = (): boolean => push((port) => port.masterBypass(LIMITER, bypassed))
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
    restore() {
      tellGain()
      tellMute()
      tellLimiter()
    },
  }
}
