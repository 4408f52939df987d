// The factory sounds of the page (main thread): public/presets/factory.json, our own format, checked when it is written.
import type { Preset } from '../model.ts'

/** Fetches the factory sounds; rejects when the file cannot be had. */
export async function loadFactory(url: string): Promise<readonly Preset[]> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`factory sounds: ${String(response.status)}`)
  const { presets } = (await response.json()) as { presets: readonly Preset[] }
  return presets
}
