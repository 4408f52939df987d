// The sound on the strip: its large fingerprint, name, tags, origin and level match (main thread).
import { useStore } from 'zustand'
import { formatValue } from '../../../params/format.ts'
import type { Preset } from '../../../presets/model.ts'
import { usePorts } from '../../context.ts'
import { Switch } from '../../controls/Switch.tsx'
import { Icon } from '../../icons/Icon.tsx'
import { useThumbnail } from '../../thumbnails.ts'
import { Fingerprint } from '../sounds/Fingerprint.tsx'

const LARGE_THREADS = { pitch: 5, thickness: 2.5 } as const
const DECIBELS = { unit: 'decibels', curve: 'linear', min: -60, max: 24 } as const

export function SoundHead({ preset }: { readonly preset: Preset }) {
  const { audition, run } = usePorts()
  const preview = useStore(audition, (state) => state.preview)
  const levelMatch = useStore(audition, (state) => state.levelMatch)
  const matchGainDb = useStore(audition, (state) => state.matchGainDb)
  const originalId = useStore(audition, (state) => state.original?.id ?? preset.id)
  const thumbnail = useThumbnail(originalId)
  const reasons = preset.approximated ?? []
  const gain = matchGainDb === null ? 'not measured yet' : formatValue(DECIBELS, matchGainDb)
  return (
    <div className="soundhead">
      <div className="well fp">
        <Fingerprint
          thumbnail={thumbnail}
          startedMs={preview?.presetId === originalId ? preview.startedMs : null}
          threads={LARGE_THREADS}
        />
      </div>
      <div className="soundtext">
        <p className="ell2">{preset.description || preset.tags.join(', ')}</p>
        <p className="cap ell" data-tip={origin(preset)}>
          {origin(preset)}
        </p>
        {reasons.length > 0 && (
          <p className="approxline ell" data-tip={`Approximated: ${reasons.join('; ')}`}>
            <Icon name="approx" small /> Approximated: {reasons.join('; ')}
          </p>
        )}
        <Switch
          label={
            levelMatch && matchGainDb !== null && matchGainDb > 0
              ? `Level match +${gain}`
              : levelMatch
                ? `Level match ${gain}`
                : 'Level match off'
          }
          name="Level match"
          on={levelMatch}
          tip="Plays every sound at −20 LUFS, so that louder does not seem better"
          onChange={(on) => void run('audition.setLevelMatch', { on })}
        />
      </div>
    </div>
  )
}

function origin({ source, role }: Preset): string {
  const kind = role.charAt(0) + role.slice(1).toLowerCase()
  if (source.kind === 'factory') return `${kind}, factory sound`
  if (source.kind === 'user') return `${kind}, your sound`
  return `${kind}, from ${source.files.join(' and ')}`
}
