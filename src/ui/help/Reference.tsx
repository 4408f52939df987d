// Every unit and effect with its parameters, what they are for, their ranges and defaults: found by a word (main thread).
import { useId, useState } from 'react'
import { EFFECTS } from '../../generated/effects.ts'
import type { EffectSpec, UnitSpec } from '../../generated/specs.ts'
import { UNITS } from '../../generated/units.ts'
import { PAD_SPEC } from '../../presets/spec.ts'
import { beginsWords } from '../controls/words.ts'
import { helpFor, type Help } from './about.ts'
import './reference.css'

interface Entry {
  readonly path: string
  readonly spec: Pick<UnitSpec | EffectSpec, 'id' | 'label' | 'params'>
}

const CHAPTERS: readonly { readonly title: string; readonly entries: readonly Entry[] }[] = [
  { title: 'Effects', entries: EFFECTS.map((spec) => ({ path: `effects/${spec.id}`, spec })) },
  { title: 'Units of instruments', entries: UNITS.map((spec) => ({ path: `units/${spec.id}`, spec })) },
  { title: 'Pads of a kit', entries: [{ path: `pads/${PAD_SPEC.id}`, spec: PAD_SPEC }] },
]

const helpOn = (path: string): Help => helpFor(path)[0] ?? { label: null, range: null, doc: '' }

const fits = ({ path, spec }: Entry, typed: string): boolean =>
  beginsWords(typed, [spec.label, spec.id, helpOn(path).doc, ...spec.params.map(({ label }) => label)].join(' '))

export function Reference() {
  const id = useId()
  const [typed, setTyped] = useState('')
  const chapters = CHAPTERS.map(({ title, entries }) => ({
    title,
    entries: entries.filter((entry) => fits(entry, typed)),
  })).filter(({ entries }) => entries.length > 0)
  return (
    <div className="reference">
      <div className="referencehead">
        <label htmlFor={id}>Find</label>
        <input
          id={id}
          className="textfield"
          type="search"
          value={typed}
          maxLength={60}
          placeholder="reverb, cutoff, feedback"
          onChange={(event) => setTyped(event.target.value)}
        />
      </div>
      <div className="sheet-scroll scroll" tabIndex={0} role="group" aria-label="Reference">
        {chapters.map(({ title, entries }) => (
          <section key={title} aria-label={title}>
            <h3>
              {title} <span className="cap">{entries.length}</span>
            </h3>
            {entries.map((entry) => (
              <EntryLines key={entry.path} entry={entry} />
            ))}
          </section>
        ))}
        {chapters.length === 0 && <p role="status">Nothing here is called that.</p>}
      </div>
    </div>
  )
}

/** Its parameters are laid out when it is opened. */
function EntryLines({ entry: { path, spec } }: { readonly entry: Entry }) {
  const [open, setOpen] = useState(false)
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <b>{spec.label}</b> <span>{helpOn(path).doc}</span>
      </summary>
      {open && (
        <dl>
          {spec.params.map((param) => {
            const { doc, range } = helpOn(`${path}/${param.id}`)
            return (
              <div key={param.id}>
                <dt>{param.label}</dt>
                <dd>
                  {doc} <span className="cap">{range}</span>
                </dd>
              </div>
            )
          })}
          {spec.params.length === 0 && <dd>It has no parameters.</dd>}
        </dl>
      )}
    </details>
  )
}
