// "Describe a sound" on the first-run page: the words go to the sound browser, whose list answers as they are typed (main thread).
import { useId } from 'react'
import { useStore } from 'zustand'
import { usePorts } from '../context.ts'
import { Icon } from '../icons/Icon.tsx'
import { usePanel } from '../panels/usePanel.ts'

const EXAMPLES = ['warm evolving pad', 'short round bass', 'glassy bell']

export function Describe() {
  const id = useId()
  const { finder } = usePorts()
  const text = useStore(finder, (state) => state.text)
  const { open, setOpen } = usePanel('sounds')
  const ask = (words: string) => {
    finder.setState({ text: words })
    if (!open) setOpen(true)
  }
  /** The answers are the tiles: Enter goes to the first of them. */
  const toAnswers = () => document.querySelector<HTMLElement>('[role=grid] [role=gridcell][tabindex="0"]')?.focus()
  return (
    <>
      <form
        className="input describe"
        role="search"
        aria-label="Describe a sound"
        onSubmit={(event) => {
          event.preventDefault()
          toAnswers()
        }}
      >
        <Icon name="search" />
        <label className="sr" htmlFor={id}>
          Describe a sound
        </label>
        <input
          id={id}
          type="text"
          placeholder="Describe a sound"
          value={text}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => ask(event.target.value)}
          onKeyDown={(event) => event.key === 'Escape' && ask('')}
        />
        <button type="submit" className="btn primary">
          Find it
        </button>
      </form>
      <div className="tries" role="group" aria-label="Examples">
        {EXAMPLES.map((words) => (
          <button key={words} type="button" onClick={() => ask(words)}>
            {words}
          </button>
        ))}
      </div>
    </>
  )
}
