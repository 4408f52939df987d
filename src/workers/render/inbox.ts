// Messages of a port one after the other, until the caller ends the work (render worker, and tests in Node).
import { SoundloomError } from '../../params/error.ts'

export interface Inbox<Message> {
  /** The next one; waits for it. Rejects with `cancelled`. */
  next(): Promise<Message>
  close(): void
}

export function openInbox<Message>(port: MessagePort, signal: AbortSignal | null): Inbox<Message> {
  const waiting: Message[] = []
  let wake: (() => void) | null = null
  const woken = (): void => {
    wake?.()
    wake = null
  }
  port.onmessage = ({ data }: MessageEvent<Message>) => {
    waiting.push(data)
    woken()
  }
  signal?.addEventListener('abort', woken)
  return {
    async next() {
      for (;;) {
        if (signal?.aborted) throw new SoundloomError('cancelled', 'Cancelled')
        const first = waiting.shift()
        if (first !== undefined) return first
        await new Promise<void>((resolve) => (wake = resolve))
      }
    },
    close() {
      signal?.removeEventListener('abort', woken)
      port.close()
    },
  }
}
