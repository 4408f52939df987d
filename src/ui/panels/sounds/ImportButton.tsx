// Opens the file dialog; what it picks goes the way of a drop (main thread).
import { useRef } from 'react'
import { useStore } from 'zustand'
import { usePorts } from '../../context.ts'
import { Button } from '../../controls/Button.tsx'
import { Icon } from '../../icons/Icon.tsx'

interface ImportButtonProps {
  /** `line`: the dashed invitation under the tiles. */
  readonly look: 'plain' | 'line' | 'solid'
  readonly text?: string
}

export function ImportButton({ look, text = 'Import' }: ImportButtonProps) {
  const { importFiles, reports } = usePorts()
  const importing = useStore(reports, (state) => state.importing)
  const input = useRef<HTMLInputElement>(null)
  const open = () => input.current?.click()
  return (
    <>
      {look === 'line' ? (
        <button type="button" className="dropline" onClick={open} tabIndex={-1}>
          <Icon name="import" />
          {importing
            ? `Reading ${importing.fileName}, ${importing.found.toLocaleString('en')} sounds`
            : 'Drop presets or recordings'}
        </button>
      ) : (
        <Button
          look={look}
          large={look === 'solid'}
          icon="import"
          onClick={open}
          data-tip="Import preset files; dropping or pasting them does the same"
        >
          {text}
        </Button>
      )}
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept=".json,application/json,audio/*,.wav,.aif,.aiff,.flac,.mp3,.ogg"
        aria-label="Preset files"
        onChange={(event) => {
          const files = [...(event.target.files ?? [])]
          event.target.value = ''
          if (files.length > 0) void importFiles(files)
        }}
      />
    </>
  )
}
