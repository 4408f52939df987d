// The middle of the page: the first-run page while the project has no track (main thread).
import { Empty } from './Empty.tsx'

export function Middle() {
  return <Empty />
}
