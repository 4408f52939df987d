// The recording that a device reads: its name, a file dropped on it or chosen, and the way back to the default (main thread).
import { useEffect, useRef, useState, type RefObject } from 'react'
import { useStore } from 'zustand'
import { usePorts } from '../../context.ts'
import { Icon } from '../../icons/Icon.tsx'
import { useRack } from './rack.ts'

interface AssetSlotProps {
  /** Null: the instrument's. */
  readonly deviceId: string | null
  readonly unit: string | null
  readonly kind: string
  readonly asset: string | null
}

const WORDS: Readonly<Record<string, { readonly noun: string; readonly own: string }>> = {
  sample: { noun: 'recording', own: 'Choir' },
  impulse: { noun: 'impulse response', own: 'Own hall' },
  wavetable: { noun: 'wavetable', own: 'Own table' },
}

type Importable = 'sample' | 'impulse' | 'wavetable'
const isImportable = (kind: string): kind is Importable => Object.hasOwn(WORDS, kind)

const carriesFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') ?? false

/** Files that are dropped anywhere on the card around the slot. The page's own import leaves them alone then. */
function useCardDrop(slot: RefObject<HTMLElement | null>, take: (file: File | undefined) => void): boolean {
  const [over, setOver] = useState(false)
  const latest = useRef(take)
  useEffect(() => {
    latest.current = take
  })
  useEffect(() => {
    const card = slot.current?.closest<HTMLElement>('.dev')
    if (!card) return
    const stop = new AbortController()
    const { signal } = stop
    const hover = (event: DragEvent) => {
      if (!carriesFiles(event)) return
      event.preventDefault()
      setOver(true)
    }
    const leave = (event: DragEvent) => {
      if (!card.contains(event.relatedTarget as Node | null)) setOver(false)
    }
    card.addEventListener('dragover', hover, { signal })
    card.addEventListener('dragleave', leave, { signal })
    card.addEventListener(
      'drop',
      (event) => {
        setOver(false)
        // Of several recordings in one instrument the first takes it.
        if (event.defaultPrevented || !carriesFiles(event)) return
        // A patch is the card's.
        if (event.dataTransfer?.files[0]?.name.toLowerCase().endsWith('.json')) return
        event.preventDefault()
        latest.current(event.dataTransfer?.files[0])
      },
      { signal },
    )
    return () => stop.abort()
  }, [slot])
  return over
}

export function AssetSlot({ deviceId, unit, kind, asset }: AssetSlotProps) {
  const { run, failed, assets } = usePorts()
  const { setAsset } = useRack()
  const known = useStore(assets.store, (state) => (asset === null ? undefined : state.known.get(asset)))
  const [reading, setReading] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const slot = useRef<HTMLDivElement>(null)
  const take = (file: File | undefined) => {
    if (!file || reading || !isImportable(kind)) return
    setReading(true)
    run('asset.import', { file, kind })
      .then((made) => setAsset(deviceId, unit, (made as { readonly assetId: string }).assetId))
      .catch(failed)
      .finally(() => setReading(false))
  }
  const over = useCardDrop(slot, take)
  const words = WORDS[kind]
  if (!words) return null
  const { noun, own } = words
  const name = asset === null ? own : (known?.name ?? asset.replace(/^builtin:/, ''))
  return (
    <div ref={slot} className={`assetslot ${over ? 'over' : ''}`}>
      <button
        type="button"
        className="ell grow"
        aria-label={`Choose the ${noun}: ${name}`}
        data-tip={`Drop an audio file here, or press to choose one as the ${noun}`}
        onClick={() => input.current?.click()}
      >
        <Icon name="import" />
        <span className="ell">{reading ? 'Reading' : name}</span>
        {known && <span className="cap">{known.seconds.toFixed(1)} s</span>}
      </button>
      {asset !== null && (
        <button
          type="button"
          className="cap"
          aria-label={`Back to the default ${noun}`}
          data-tip={`Back to the default ${noun}`}
          onClick={() => setAsset(deviceId, unit, null)}
        >
          Reset
        </button>
      )}
      <input
        ref={input}
        type="file"
        accept="audio/*,.wav,.aif,.aiff,.flac,.mp3,.ogg"
        hidden
        aria-hidden="true"
        tabIndex={-1}
        onChange={(event) => {
          take(event.target.files?.[0])
          event.target.value = ''
        }}
      />
    </div>
  )
}
