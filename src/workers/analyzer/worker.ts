// The analyzer worker: turns while somebody listens, stands still otherwise.
import { SoundloomError } from '../../params/error.ts'
import { serve } from '../rpc.ts'
import { createAnalysis, type Analysis } from './analysis.ts'
import type { AnalyzerApi } from './protocol.ts'
import { LEASE_SECONDS, Shared } from './shared.ts'

let held: { readonly analysis: Analysis; readonly words: Int32Array } | null = null
let timer: ReturnType<typeof setInterval> | undefined
let timerHz = 0
let renewals = 0
let renewedMs = 0

function analysis(): Analysis {
  if (!held) throw new SoundloomError('not-ready', 'The analyzer has no module yet')
  return held.analysis
}

function turn(): void {
  if (!held) return
  const nowMs = performance.now()
  const seen = Atomics.load(held.words, Shared.lease)
  if (seen !== renewals) {
    renewals = seen
    renewedMs = nowMs
  }
  if (nowMs - renewedMs < LEASE_SECONDS * 1000) held.analysis.turn(nowMs)
}

/** The timer runs as often as the most eager listener wants, and not at all without one. */
function pace(): void {
  const wanted = analysis().rateHz()
  if (wanted === timerHz) return
  clearInterval(timer)
  timer = undefined
  if (timerHz === 0) renewedMs = performance.now()
  timerHz = wanted
  if (wanted > 0) timer = setInterval(turn, 1000 / wanted)
}

const api: AnalyzerApi = {
  boot(module, shared) {
    const words = new Int32Array(shared)
    held = { analysis: createAnalysis(module, () => Atomics.add(words, Shared.computations, 1)), words }
  },
  attach: (engine) => analysis().attach(engine),
  open(order) {
    const results = analysis().open(order)
    pace()
    return results
  },
  change(id, at, rateHz) {
    analysis().change(id, at, rateHz)
    pace()
  },
  close(id) {
    analysis().close(id)
    pace()
  },
}

serve(api)
