// engine.setMax*: what the engine may take of this computer's time, and of the player's (main thread). Session state, not undoable.
import { LONG_OUTPUT_MS, MAX_CPU, MAX_LATENCY_MS, SHORTEST_OUTPUT_MS } from '../../params/budget.ts'
import { defineCommand } from '../define.ts'
import { z } from '../schema.ts'

const percent = (share: number): string => String(Math.round(share * 100))

export const budgetCommands = [
  defineCommand({
    id: 'engine.setMaxCpu',
    title: 'CPU budget',
    doc: `Share of the audio thread's time, ${percent(MAX_CPU.min)} to ${percent(MAX_CPU.max)} % as 0..1, from which on the engine gives up quality, level by level.`,
    args: z.strictObject({ maxCpu: z.number().check(z.minimum(MAX_CPU.min), z.maximum(MAX_CPU.max)) }),
    tool: true,
    run: ({ stores }, { maxCpu }) => {
      stores.session.setState({ maxCpu })
      return { maxCpu }
    },
  }),
  defineCommand({
    id: 'engine.setMaxLatency',
    title: 'Latency limit',
    doc: `Milliseconds that an effect may delay, ${String(MAX_LATENCY_MS.min)} to ${String(MAX_LATENCY_MS.max)}; an effect that needs more is not added. Up to ${String(SHORTEST_OUTPUT_MS)} the output has the shortest buffer, from ${String(LONG_OUTPUT_MS)} on a long one that outlasts a busy computer.`,
    args: z.strictObject({
      maxLatencyMs: z.number().check(z.minimum(MAX_LATENCY_MS.min), z.maximum(MAX_LATENCY_MS.max)),
    }),
    tool: true,
    run: ({ stores }, { maxLatencyMs }) => {
      stores.session.setState({ maxLatencyMs })
      return { maxLatencyMs }
    },
  }),
] as const
