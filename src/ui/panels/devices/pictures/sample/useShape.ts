// The picture of the recording that a device reads: the engine's own at once, the user's when it has been read (main thread).
import { useEffect, useState } from 'react'
import { recordingShape, type RecordingShape } from '../../../../../presets/assets/shape.ts'
import { usePorts } from '../../../../context.ts'
import { PARTS, SOURCES } from './sources.ts'

/** Of the latest recordings that were seen. */
const KEPT = 16
const known = new Map<string, RecordingShape>()

const BUILTIN = 'builtin:'
/** What plays where none was chosen. */
const OWN: Readonly<Record<string, string>> = { sample: 'choir', impulse: 'hall' }

export type Shown = RecordingShape | 'reading' | 'missing'

/** `asset` null: what the engine plays where none was chosen. */
export function useShape(kind: 'sample' | 'impulse', asset: string | null): Shown {
  const { assets } = usePorts()
  const [, arrived] = useState(0)
  const [missing, setMissing] = useState<string | null>(null)
  const name = asset === null ? OWN[kind]! : asset.startsWith(BUILTIN) ? asset.slice(BUILTIN.length) : null
  const shape = name === null ? known.get(asset!) : SOURCES.get(name)
  useEffect(() => {
    if (shape || asset === null || name !== null) return
    let gone = false
    const read = async () => {
      const bytes = await assets.read(asset).catch(() => null)
      const made = bytes && recordingShape(bytes, PARTS)
      if (made) {
        known.set(asset, made)
        for (const oldest of known.keys()) {
          if (known.size <= KEPT) break
          known.delete(oldest)
        }
      }
      if (gone) return
      if (made) arrived((n) => n + 1)
      else setMissing(asset)
    }
    void read()
    return () => {
      gone = true
    }
  }, [shape, asset, name, assets])
  return shape ?? (missing === asset ? 'missing' : 'reading')
}
