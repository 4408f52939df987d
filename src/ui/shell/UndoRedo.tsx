// Undo and redo; their tooltips name what they would take back (main thread).
import { useStore } from 'zustand'
import { usePorts } from '../context.ts'
import { IconButton } from '../controls/Button.tsx'

export function UndoRedo() {
  const { document: project, run } = usePorts()
  const undo = useStore(project, (state) => state.undoLabel)
  const redo = useStore(project, (state) => state.redoLabel)
  return (
    <>
      <IconButton
        icon="undo"
        name={undo === null ? 'Undo' : `Undo ${undo}`}
        tip={undo === null ? 'Nothing to undo' : `Undo: ${undo} (Ctrl Z)`}
        disabled={undo === null}
        onClick={() => void run('history.undo', {})}
      />
      <IconButton
        icon="redo"
        name={redo === null ? 'Redo' : `Redo ${redo}`}
        tip={redo === null ? 'Nothing to redo' : `Redo: ${redo} (Ctrl Shift Z)`}
        disabled={redo === null}
        onClick={() => void run('history.redo', {})}
      />
    </>
  )
}
