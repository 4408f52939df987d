// The words of help under a name: range and default, then what it does (main thread). The words come with the first that are asked for.
import { useEffect, useState } from 'react'
import type * as AboutModule from './about.ts'
import type { Help } from './about.ts'

type Words = typeof AboutModule

let words: Words | null = null
let asked: Promise<Words> | null = null

/** Fetches the words; what does not come is asked for again with the next control. */
function fetchWords(): Promise<Words> {
  asked ??= import('./about.ts').then(
    (module) => (words = module),
    (error: unknown) => {
      asked = null
      throw error
    },
  )
  return asked
}

/** Before the tooltip is due. */
export const fetchWordsSoon = (): void => void fetchWords().catch(() => undefined)

/** Empty while they are on the way. */
export function useHelp(about: string | null): readonly Help[] {
  const [, arrived] = useState(words !== null)
  useEffect(() => {
    if (about === null || words) return
    let gone = false
    fetchWords().then(
      () => gone || arrived(true),
      () => undefined,
    )
    return () => {
      gone = true
    }
  }, [about])
  return about !== null && words ? words.helpFor(about) : []
}

export function AboutLines({ help, id }: { readonly help: readonly Help[]; readonly id?: string }) {
  if (help.length === 0) return null
  return (
    <div className="about" id={id}>
      {help.map(({ label, range, doc }, i) => (
        <p key={i}>
          {range !== null && <span className="aboutrange">{range} </span>}
          {help.length > 1 && label !== null && <b>{label}: </b>}
          {doc}
        </p>
      ))}
    </div>
  )
}
