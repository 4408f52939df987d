// What a pad is beside its sound: name, key, level, pan, tune, choke group, voices, one-shot, and which sound it plays (main thread).
import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { PatchPad } from '../../../../presets/model.ts'
import { constants } from '../../../../generated/wire.ts'
import { usePorts } from '../../../context.ts'
import { MenuButton } from '../../../controls/MenuButton.tsx'
import { NameField } from '../../../controls/NameField.tsx'
import { OptionMenu } from '../../../controls/OptionMenu.tsx'
import { Switch } from '../../../controls/Switch.tsx'
import { Icon } from '../../../icons/Icon.tsx'
import { displayName } from '../../sounds/describe.ts'
import { ParamKnob } from '../ParamKnob.tsx'
import { useRack } from '../rack.ts'
import { keyLabel, keysFor, padParams } from './padFace.ts'
import { SoundFinder } from './SoundFinder.tsx'

const numbered = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ id: String(i + 1), label: String(i + 1) }))
const CHOKES = [{ id: '0', label: 'None' }, ...numbered(constants.maxChoke)]
const VOICES = numbered(constants.maxPadVoices)

interface PadSettingsProps {
  readonly pads: readonly PatchPad[]
  readonly pad: PatchPad
  readonly onSound: (padId: string, presetId: string) => void
  readonly onRemove: (pad: PatchPad) => void
}

export function PadSettings({ pads, pad, onSound, onRemove }: PadSettingsProps) {
  const { run, failed, audition } = usePorts()
  const trackId = useRack().edit?.stripId
  const onStrip = useStore(audition, (state) => state.preset)
  const isKit = useStore(audition, (state) => state.patch?.pads !== undefined)
  const keys = useMemo(() => keysFor(pads, pad).map((key) => ({ id: String(key), label: keyLabel(key) })), [pads, pad])
  const params = useMemo(() => padParams(pad), [pad])
  const target = { ...(trackId !== undefined && { trackId }), pad: pad.id }
  const set = (change: Partial<Pick<PatchPad, 'name' | 'low' | 'high' | 'choke' | 'oneShot' | 'voices'>>) =>
    void run('kit.setPad', { ...target, ...change }).catch(failed)
  const { choke = 0, voices, oneShot, name } = pad
  return (
    <div role="group" className="grp padset" aria-label={`Pad ${name}`}>
      <div className="gt">
        <NameField
          name={name}
          of={`Pad ${name}`}
          tip={`${name}. Double-click or F2 renames`}
          onRename={(next) => set({ name: next })}
        />
        <span className="grow" />
        <MenuButton
          icon="more"
          name={`${name} menu`}
          placement="bottom end"
          parts={[
            {
              deeds: [
                {
                  id: 'sound',
                  label: onStrip && !isKit ? `Put ${displayName(onStrip.name)} here` : 'Put the chosen sound here',
                  disabled: !onStrip || isKit,
                  run: () => onSound(pad.id, onStrip!.id),
                },
                {
                  id: 'remove',
                  label: 'Remove pad',
                  keys: 'Del',
                  disabled: pads.length === 1,
                  run: () => onRemove(pad),
                },
              ],
            },
          ]}
        />
      </div>
      <div className="padplace">
        <span className="kl" aria-hidden="true">
          Key
        </span>
        <OptionMenu
          name={`${name} key`}
          value={String(pad.low)}
          options={keys}
          tip="The key that strikes this pad; those of other pads are taken"
          onChange={(id) => set({ low: Number(id), high: Number(id) + pad.high - pad.low })}
        />
        <span className="kl" aria-hidden="true">
          Sound
        </span>
        <SoundFinder
          name={`Put a sound on ${name}`}
          tip="Put a copy of a sound on this pad; its effects stay behind"
          className="field"
          onChoose={(presetId) => onSound(pad.id, presetId)}
        >
          <span className="ell">Choose…</span>
          <Icon name="down" small />
        </SoundFinder>
      </div>
      <div className="kn">
        {params.map((param) => (
          <ParamKnob key={param.key} param={param} />
        ))}
        <Switch
          label="One-shot"
          name={`${name} one-shot`}
          on={oneShot}
          tip={oneShot ? 'Sounds to its end, however short the note' : 'Ends with its key'}
          onChange={(on) => set({ oneShot: on })}
        />
        <div className="choice">
          <span className="kl" aria-hidden="true">
            Choke
          </span>
          <OptionMenu
            name={`${name} choke group`}
            value={String(choke)}
            options={CHOKES}
            tip={choke > 0 ? `Stops the other pads of group ${String(choke)}` : 'Stops no other pad'}
            onChange={(id) => set({ choke: Number(id) })}
          />
        </div>
        <div className="choice">
          <span className="kl" aria-hidden="true">
            Voices
          </span>
          <OptionMenu
            name={`${name} voices`}
            value={String(voices)}
            options={VOICES}
            tip={`At most ${String(voices)} strokes sound at once`}
            onChange={(id) => set({ voices: Number(id) })}
          />
        </div>
      </div>
    </div>
  )
}
