// One cause of a report with its lines: what was read, what plays, the source line, ways to fix it (main thread).
import { useState } from 'react'
import { usePorts } from '../../context.ts'
import { Button } from '../../controls/Button.tsx'
import { Icon } from '../../icons/Icon.tsx'
import { displayName } from '../sounds/describe.ts'
import { shortPointer, type Cause, type NumberedLine } from './causes.ts'
import { SetValue } from './SetValue.tsx'

const SHOWN = 2

interface CauseGroupProps {
  readonly group: Cause
  readonly reportId: string
}

export function CauseGroup({ group, reportId }: CauseGroupProps) {
  const { severity, why, count, lines } = group
  // Notes need nothing from anybody: they wait folded.
  const [shown, setShown] = useState(severity === 'note' ? 0 : SHOWN)
  const hidden = lines.length - shown
  return (
    <section className={`iss ${severity}`}>
      <Icon name={severity === 'error' ? 'error' : severity === 'warning' ? 'warn' : 'info'} />
      <div className="isshead">
        <p>{why.charAt(0).toUpperCase() + why.slice(1)}</p>
        <span className="cap">{count === 1 ? '1 value' : `${count.toLocaleString('en')} values`}</span>
      </div>
      {lines.slice(0, shown).map((line) => (
        <Line key={line.index} line={line} reportId={reportId} />
      ))}
      {hidden > 0 && (
        <Button className="issmore" onClick={() => setShown(shown === 0 ? 8 : lines.length)}>
          {shown === 0
            ? `Show ${lines.length === 1 ? 'the line' : `${Math.min(8, lines.length)} lines`}`
            : `Show ${hidden} more`}
        </Button>
      )}
    </section>
  )
}

function Line({ line, reportId }: { readonly line: NumberedLine; readonly reportId: string }) {
  const { run } = usePorts()
  const [setting, setSetting] = useState(false)
  const { preset, pointer, found, used, source, target, fixes } = line
  return (
    <div className="issline">
      <div className="issfact">
        <p>
          <span className="unit">{shortPointer(pointer)}</span> {found}
          {used !== '' && (
            <>
              <span className="unit"> plays as </span>
              <b>{used}</b>
            </>
          )}
        </p>
        <div className="act">
          {target && (
            <Button look="solid" onClick={() => setSetting(!setting)} aria-expanded={setting}>
              Set a value
            </Button>
          )}
          {fixes.map(({ label, value }) => (
            <Button key={label} onClick={() => void run('library.fix', { reportId, line: line.index, value })}>
              {label}
            </Button>
          ))}
        </div>
      </div>
      {setting && target && (
        <SetValue
          target={target}
          onSet={(value) => void run('library.fix', { reportId, line: line.index, value })}
          onClose={() => setSetting(false)}
        />
      )}
      <code>
        {[preset && displayName(preset), line.line > 0 && `line ${line.line}:${line.column}`]
          .filter(Boolean)
          .join(', ')}
      </code>
      {source && (
        <pre className="json">
          {source.lines.map((text, i) => (
            <span key={i} className={source.firstLine + i === line.line ? 'bad' : ''}>
              <i>{source.firstLine + i}</i>
              {text}
            </span>
          ))}
        </pre>
      )}
    </div>
  )
}
