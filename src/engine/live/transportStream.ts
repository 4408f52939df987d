// The transport as a stream for scripts (main thread): the transport store's state at a rate.
import type { TransportStore } from '../../transport/store.ts'
import type { StreamInfo, StreamResult, StreamStatistics } from './streams.ts'

export const TRANSPORT = 'transport'

export const TRANSPORT_INFO: StreamInfo = {
  type: TRANSPORT,
  label: 'Transport',
  doc: 'Where the song stands; the values are those of soundloom.state().transport.',
  sources: [TRANSPORT],
  options: [],
  readings: [],
}

export interface TransportStream {
  follow(rateHz: number, callback: (result: StreamResult) => void): () => void
  /** Nobody follows: none. */
  statistics(): StreamStatistics['streams']
}

export function createTransportStream(position: TransportStore): TransportStream {
  const followers = new Set<{ readonly rateHz: number }>()
  let computations = 0
  return {
    follow(rateHz, callback) {
      const follower = { rateHz }
      followers.add(follower)
      const timer = setInterval(() => {
        const values = position.refresh()
        const { generation } = position.metrics()
        if (generation === null) return
        computations++
        callback({
          type: TRANSPORT,
          source: TRANSPORT,
          frame: values.frameCount,
          songFrame: values.samplePos,
          generation,
          values,
        })
      }, 1000 / rateHz)
      return () => {
        clearInterval(timer)
        followers.delete(follower)
      }
    },
    statistics: () =>
      followers.size === 0
        ? []
        : [
            {
              type: TRANSPORT,
              source: TRANSPORT,
              options: {},
              subscribers: followers.size,
              rateHz: Math.max(...[...followers].map(({ rateHz }) => rateHz)),
              actualRateHz: position.metrics().actualRateHz,
              computations,
              droppedFrames: 0,
              lastDurationMs: null,
            },
          ],
  }
}
