// Status bar: what the engine runs at; a figure that the browser can't tell is not shown (main thread).
import { useStore } from 'zustand'
import { usePorts } from '../context.ts'
import { usePanel } from '../panels/usePanel.ts'
import { Help } from './Help.tsx'

const gigabytes = (bytes: number): string => {
  const value = bytes / 2 ** 30
  return value < 0.1 ? `${Math.max(1, Math.round(bytes / 2 ** 20))} MB` : `${value.toFixed(1)} GB`
}

export function StatusBar() {
  const { status, run } = usePorts()
  const { open: diagnostics } = usePanel('diagnostics', false)
  const { audio, sampleRate, blockSize, outputLatencySeconds, dropouts, voices, maxVoices, storage } = useStore(status)
  return (
    <footer className="status">
      {sampleRate !== null && (
        <span>
          <b>{Number((sampleRate / 1000).toFixed(1))} kHz</b>
        </span>
      )}
      {blockSize !== null && (
        <span>
          <b>{blockSize}</b> frames
        </span>
      )}
      {outputLatencySeconds !== null && (
        <span>
          Output <b>{(outputLatencySeconds * 1000).toFixed(1)} ms</b>
        </span>
      )}
      <button
        type="button"
        className={dropouts !== null && dropouts > 0 ? 'bad' : ''}
        aria-expanded={diagnostics}
        aria-label={dropouts === null ? undefined : `Dropouts ${dropouts}, diagnostics`}
        data-tip="Diagnostics (F9)"
        onClick={() => void run('view.toggleDiagnostics', {})}
      >
        {dropouts === null ? (
          'Diagnostics'
        ) : (
          <>
            Dropouts <b>{dropouts}</b>
          </>
        )}
      </button>
      {voices !== null && (
        <span>
          Voices <b>{maxVoices === null || maxVoices < voices ? voices : `${voices} / ${maxVoices}`}</b>
        </span>
      )}
      <span className="grow" />
      <Help />
      {storage && (
        <span className="wide">
          Storage <b>{gigabytes(storage.usedBytes)}</b> of {gigabytes(storage.quotaBytes)}
        </span>
      )}
      <span className="row">
        <span className={`dot ${audio === 'running' ? '' : audio === 'interrupted' ? 'warn' : 'dim'}`} />
        <b>
          {audio === 'running'
            ? 'Audio running'
            : audio === 'interrupted'
              ? 'Audio interrupted'
              : 'Audio starts with your first press'}
        </b>
      </span>
    </footer>
  )
}
