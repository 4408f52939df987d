// Hands the ports to every component without passing them through each (main thread).
import { createContext, useContext } from 'react'
import type { UiPorts } from './ports.ts'

export const PortsContext = createContext<UiPorts | null>(null)

export function usePorts(): UiPorts {
  const ports = useContext(PortsContext)
  if (!ports) throw new Error('usePorts: no PortsContext above this component')
  return ports
}
