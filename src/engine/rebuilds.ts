// Why the engine is rebuilt: what the user is told, and whether the output goes with it (main thread).
import type { RebuildReason } from './types.ts'

export const REASONS: Readonly<Record<RebuildReason, string>> = {
  'hot-reload': 'The sound engine was replaced.',
  'sample-rate': 'The sound engine runs at another sample rate.',
  latency: 'The sound goes through another output buffer, as the latency limit asks.',
  stalled: 'The sound engine stood still and was restarted.',
  trap: 'The sound engine failed and was restarted.',
  device: 'The sound goes to the present audio device.',
  'control-worker': 'The thread that builds sounds stopped; the sound engine was restarted.',
}

const ANOTHER_CONTEXT: readonly RebuildReason[] = ['stalled', 'sample-rate', 'latency', 'device']

export const replacesContext = (reason: RebuildReason): boolean => ANOTHER_CONTEXT.includes(reason)
