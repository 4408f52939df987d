// What is typed in the sound browser (main thread). Outside the panel, because the first-run page asks for sounds too.
import { createStore } from 'zustand/vanilla'

export const soundQuery = createStore<{ readonly text: string }>(() => ({ text: '' }))

export const askForSounds = (text: string): void => soundQuery.setState({ text })
