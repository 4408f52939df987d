// Hands the stage to the parts of the arrangement (main thread).
import { createContext, useContext } from 'react'
import type { Stage } from './stage.ts'

export const StageContext = createContext<Stage | null>(null)

export function useStage(): Stage {
  const stage = useContext(StageContext)
  if (!stage) throw new Error('useStage: no StageContext above this component')
  return stage
}
