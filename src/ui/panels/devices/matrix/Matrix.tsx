// The modulations of an instrument as rows: source, target, amount; added, aimed and removed while it plays (main thread).
import { useEffect, useRef, useState } from 'react'
import type { Patch } from '../../../../presets/model.ts'
import { usePorts } from '../../../context.ts'
import { IconButton } from '../../../controls/Button.tsx'
import { FOCUS_BACK_MS } from '../../../controls/KnobMenu.tsx'
import { MenuButton, type MenuPart } from '../../../controls/MenuButton.tsx'
import { Icon } from '../../../icons/Icon.tsx'
import { sourceLabel, targetLabel } from '../modulation.ts'
import { useRack } from '../rack.ts'
import type { Specs } from '../values.ts'
import { AmountKnob } from './AmountKnob.tsx'
import { sourceChoices, targetChoices, type ChoiceGroup, type Ends } from './choices.ts'

interface MatrixProps {
  readonly patch: Patch
  readonly specs: Specs
}

/** What takes the focus once there are so many rows; a number: what removes the row that stands there. */
interface FocusNext {
  readonly on: 'source' | 'amount' | number
  readonly rows: number
}

/** Modulators that a row can bring along. */
const NEW_SOURCES = [
  { type: 'lfo', label: 'New LFO' },
  { type: 'env', label: 'New envelope' },
] as const

const parts = (groups: readonly ChoiceGroup[], choose: (id: string) => void): MenuPart[] =>
  groups.map(({ title, choices }) => ({
    title,
    deeds: choices.map(({ id, label, circle }) => ({
      id,
      label,
      text: label,
      disabled: circle,
      run: () => choose(id),
    })),
  }))

export function Matrix({ patch, specs }: MatrixProps) {
  const { run } = usePorts()
  const { edit } = useRack()
  const place = edit ? { trackId: edit.stripId } : {}
  const [begun, setBegun] = useState<Ends | null>(null)
  const section = useRef<HTMLElement>(null)
  const focusNext = useRef<FocusNext | null>(null)
  const rows = patch.mods.length

  // What was just made, or what now stands where a row went, has the focus.
  useEffect(() => {
    const wanted = focusNext.current
    if (wanted === null || wanted.rows !== rows || !section.current) return
    const all = (selector: string) => [...section.current!.querySelectorAll<HTMLElement>(selector)]
    focusNext.current = null
    if (wanted.on === 'source') all('.modrow.begun button')[0]?.focus()
    // The closing menu gives the focus back a frame later; the knob takes it after that.
    else if (wanted.on === 'amount') setTimeout(() => all('.amountknob').at(-1)?.focus(), FOCUS_BACK_MS)
    else (all('.modrow .modbin')[Math.min(wanted.on, rows - 1)] ?? all('.modadd')[0])?.focus()
  }, [rows, begun])

  const add = (ends: Ends) => {
    const { from, to } = ends
    if (from === undefined || to === undefined) return setBegun(ends)
    setBegun(null)
    focusNext.current = { on: 'amount', rows: rows + 1 }
    void run('patch.addModulation', { ...place, from, to })
  }
  const bring = async (type: string, then: (unit: string) => void) => {
    const made = (await run('patch.addUnit', { ...place, type })) as { readonly unit: string } | undefined
    if (made) then(made.unit)
  }
  const sources = (ends: Ends, row: number | null, choose: (id: string) => void): MenuPart[] => [
    ...parts(sourceChoices(patch, specs, ends, row), choose),
    {
      name: 'New',
      deeds: NEW_SOURCES.map(({ type, label }) => ({ id: `new ${type}`, label, run: () => void bring(type, choose) })),
    },
  ]

  return (
    <section ref={section} className={`grp mods ${rows === 0 && !begun ? 'unmoved' : ''}`} aria-label="Modulation">
      <div className="gt">
        <h4>Modulation</h4>
        <span className="cap grow">{rows > 0 && rows}</span>
        <IconButton
          icon="plus"
          name="Add modulation"
          tip="Let a source move a parameter"
          className="modadd"
          onClick={() => {
            focusNext.current = { on: 'source', rows }
            setBegun(begun ? { ...begun } : {})
          }}
        />
      </div>
      {rows === 0 && !begun && <p className="cap">Nothing is moved yet.</p>}
      <ul>
        {/* By place: a row gets its id while its knob is held. */}
        {patch.mods.map((mod, row) => {
          const from = sourceLabel(mod.from, patch, specs)
          const to = targetLabel(mod.to, patch, specs)
          const name = `${from} to ${to.charAt(0).toLowerCase()}${to.slice(1)}`
          const aim = (ends: Ends) => void run('patch.setModulation', { ...place, row: mod.id ?? row, ...ends })
          return (
            <li key={row} className="modrow" aria-label={name}>
              <End kind="Source" label={from} parts={sources({ to: mod.to }, row, (id) => aim({ from: id }))} />
              <Icon name="right" small />
              <End
                kind="Target"
                label={to}
                parts={parts(targetChoices(patch, specs, { from: mod.from }, row), (id) => aim({ to: id }))}
              />
              <AmountKnob patch={patch} row={row} name={name} place={place} />
              <IconButton
                icon="close"
                className="modbin"
                name={`Remove ${name}`}
                onClick={() => {
                  focusNext.current = { on: row, rows: rows - 1 }
                  void run('patch.removeModulation', { ...place, row: mod.id ?? row })
                }}
              />
            </li>
          )
        })}
        {begun && (
          <li className="modrow begun" aria-label="New modulation">
            <End
              kind="Source"
              label={begun.from === undefined ? null : sourceLabel(begun.from, patch, specs)}
              parts={sources(begun, null, (from) => add({ ...begun, from }))}
            />
            <Icon name="right" small />
            <End
              kind="Target"
              label={begun.to === undefined ? null : targetLabel(begun.to, patch, specs)}
              parts={parts(targetChoices(patch, specs, begun, null), (to) => add({ ...begun, to }))}
            />
            <span className="cap">{begun.from === undefined && begun.to === undefined ? 'Choose both' : 'Choose'}</span>
            <IconButton
              icon="close"
              className="modbin"
              name="Leave the new modulation"
              onClick={() => {
                focusNext.current = { on: -1, rows }
                setBegun(null)
              }}
            />
          </li>
        )}
      </ul>
    </section>
  )
}

interface EndProps {
  readonly kind: 'Source' | 'Target'
  /** Null: nothing is chosen yet. */
  readonly label: string | null
  readonly parts: readonly MenuPart[]
}

const End = ({ kind, label, parts }: EndProps) => (
  <MenuButton
    name={`${kind}: ${label ?? 'none yet'}`}
    tip={label === null ? `Choose a ${kind.toLowerCase()}` : `${kind} ${label}`}
    className="field modend"
    parts={parts}
  >
    <span className="ell grow">{label ?? kind}</span>
    <Icon name="down" small />
  </MenuButton>
)
