// Gesture tokens: changes with the same token are one undo step (main thread).
let count = 0

export const newGesture = (name: string): string => `${name}#${++count}`

/** After this much silence a wheel or key gesture is over. */
const PAUSE_MS = 1000

/** Tokens for wheel and arrow keys: the same one until a pause. */
export class SteppedGesture {
  readonly #name: string
  #token = ''
  #lastMs = -Infinity

  constructor(name: string) {
    this.#name = name
  }

  token(nowMs: number): string {
    if (nowMs - this.#lastMs > PAUSE_MS) this.#token = newGesture(this.#name)
    this.#lastMs = nowMs
    return this.#token
  }

  /** The next change is a new step. */
  end() {
    this.#lastMs = -Infinity
  }
}
