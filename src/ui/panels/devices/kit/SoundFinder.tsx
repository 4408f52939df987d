// Which sound a pad plays: every sound of the library that is no kit, by role or by a word (main thread).
import type { ReactNode } from 'react'
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components'
import { useStore } from 'zustand'
import { usePorts } from '../../../context.ts'
import { Finder } from '../../../controls/Finder.tsx'
import { soundOffers } from './padFace.ts'

interface SoundFinderProps {
  /** Of the button and what it opens. */
  readonly name: string
  readonly tip: string
  readonly className: string
  readonly disabled?: boolean
  readonly onChoose: (presetId: string) => void
  readonly children: ReactNode
}

export function SoundFinder({ name, tip, className, disabled = false, onChoose, children }: SoundFinderProps) {
  const { sounds } = usePorts()
  const presets = useStore(sounds, (state) => state.presets)
  return (
    <DialogTrigger>
      <Button className={className} aria-label={name} data-tip={tip} isDisabled={disabled}>
        {children}
      </Button>
      <Popover className="menu finderpop" placement="top start" offset={4}>
        <Dialog aria-label={name}>
          {({ close }) => (
            <Finder
              ask="Find a sound"
              list="Sounds"
              nothing="No sound of that name"
              found={(typed) => soundOffers(presets, typed)}
              onChoose={(presetId) => {
                close()
                onChoose(presetId)
              }}
            />
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}
