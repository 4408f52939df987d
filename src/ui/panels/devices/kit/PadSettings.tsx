// What a pad is beside its sound: level, pan, tune, choke group, voices, one-shot, and what can be done with it (main thread).
import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { PatchPad } from '../../../../presets/model.ts'
import { constants } from '../../../../generated/wire.ts'
import { usePorts } from '../../../context.ts'
import { MenuButton } from '../../../controls/MenuButton.tsx'
import { OptionMenu } from '../../../controls/OptionMenu.tsx'
import { Switch } from '../../../controls/Switch.tsx'
import { noteName } from '../../keyboard/keys.ts'
import { displayName } from '../../sounds/describe.ts'
import { ParamKnob } from '../ParamKnob.tsx'
import { useRack } from '../rack.ts'
import { padParams } from './padFace.ts'

const numbered = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ id: String(i + 1), label: String(i + 1) }))
const CHOKES = [{ id: '0', label: 'None' }, ...numbered(constants.maxChoke)]
const VOICES = numbered(constants.maxPadVoices)

export function PadSettings({ pad, only }: { readonly pad: PatchPad; readonly only: boolean }) {
  const { run, failed, audition } = usePorts()
  const trackId = useRack().edit?.stripId
  const onStrip = useStore(audition, (state) => state.preset)
  const isKit = useStore(audition, (state) => state.patch?.pads !== undefined)
  const params = useMemo(() => padParams(pad), [pad])
  const target = { ...(trackId !== undefined && { trackId }), pad: pad.id }
  const set = (change: { choke?: number; oneShot?: boolean; voices?: number }) =>
    void run('kit.setPad', { ...target, ...change }).catch(failed)
  const { choke = 0, voices, oneShot, name } = pad
  return (
    <div role="group" className="grp padset" aria-label={`Pad ${name}`}>
      <div className="gt">
        <h4 className="ell">{name}</h4>
        <span className="cap">{noteName(pad.low)}</span>
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
                  run: () => void run('kit.setSound', { ...target, presetId: onStrip!.id }).catch(failed),
                },
                {
                  id: 'remove',
                  label: 'Remove pad',
                  disabled: only,
                  run: () => void run('kit.removePad', target).catch(failed),
                },
              ],
            },
          ]}
        />
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
