// The middle of the page: the first-run page while the project has no track (main thread).
import { usePorts } from '../context.ts'
import { usePresetDrop } from '../panels/drop/usePresetDrop.ts'
import { Empty } from './Empty.tsx'

export function Middle() {
  const { run } = usePorts()
  const { over, target } = usePresetDrop((presetId) => void run('track.add', { presetId }))
  return <Empty over={over} target={target} />
}
