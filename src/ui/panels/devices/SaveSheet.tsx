// Asks under which name a sound is kept (main thread).
import { useState } from 'react'
import { Button } from '../../controls/Button.tsx'
import { Sheet } from '../../controls/Sheet.tsx'

interface SaveSheetProps {
  readonly name: string
  readonly onSave: (name: string) => void
  readonly onClose: () => void
}

const LONGEST_NAME = 120

export function SaveSheet({ name, onSave, onClose }: SaveSheetProps) {
  const [text, setText] = useState(name)
  const chosen = text.trim()
  return (
    <Sheet title="Save as preset" onClose={onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          if (chosen !== '') onSave(chosen)
        }}
      >
        <label>
          <span>Name</span>
          <input
            className="textfield"
            value={text}
            maxLength={LONGEST_NAME}
            // The dialog opens to be typed into; the whole name is selected.
            autoFocus
            onFocus={(event) => event.target.select()}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        <div className="pfoot">
          <span className="cap grow">The sound it came from stays as it is.</span>
          <Button large onClick={onClose}>
            Cancel
          </Button>
          <Button large look="primary" type="submit" disabled={chosen === ''}>
            Save
          </Button>
        </div>
      </form>
    </Sheet>
  )
}
