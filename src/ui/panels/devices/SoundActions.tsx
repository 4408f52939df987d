// What can be done with the sound on the strip: dice, reset, revert, export, save (main thread).
import { useState } from 'react'
import { useStore } from 'zustand'
import { usePorts } from '../../context.ts'
import { Button, IconButton } from '../../controls/Button.tsx'
import { MenuButton } from '../../controls/MenuButton.tsx'
import { displayName } from '../sounds/describe.ts'
import { useTrackDeeds } from '../sounds/useTrackDeeds.ts'
import { SaveSheet } from './SaveSheet.tsx'

export function SoundActions() {
  const { audition, run } = usePorts()
  const edited = useStore(audition, (state) => state.edited)
  const name = useStore(audition, (state) => state.preset?.name ?? '')
  const presetId = useStore(audition, (state) => state.preset?.id ?? '')
  const { menuFor } = useTrackDeeds()
  const [saving, setSaving] = useState(false)
  return (
    <div className="actions" role="group" aria-label="This sound">
      <IconButton
        icon="dice"
        name="Dice"
        tip="Dice: new random values near the sound’s own"
        onClick={() => void run('audition.dice', {})}
      />
      <IconButton
        icon="reset"
        name="Reset"
        tip="Reset every parameter to its default"
        onClick={() => void run('audition.reset', {})}
      />
      <IconButton
        icon="revert"
        name="Revert"
        tip={
          edited
            ? 'Revert to the sound as it is in the library'
            : 'Nothing to revert: the sound is as it is in the library'
        }
        disabled={!edited}
        onClick={() => void run('audition.revert', {})}
      />
      <IconButton
        icon="export"
        name="Export JSON"
        tip="Export this sound as a JSON file"
        onClick={() => void run('audition.exportJson', {})}
      />
      <MenuButton
        icon="plus"
        name="Put on a track"
        placement="bottom end"
        tip="Put this sound on a track, edits included"
        parts={[{ deeds: menuFor(presetId) }]}
      >
        On a track
      </MenuButton>
      <Button
        icon="save"
        look={edited ? 'solid' : 'plain'}
        onClick={() => setSaving(true)}
        data-tip="Keep this sound in your library under a name"
      >
        Save as preset
      </Button>
      {saving && (
        <SaveSheet
          name={displayName(name)}
          onClose={() => setSaving(false)}
          onSave={(chosen) => {
            setSaving(false)
            void run('audition.save', { name: chosen })
          }}
        />
      )}
    </div>
  )
}
