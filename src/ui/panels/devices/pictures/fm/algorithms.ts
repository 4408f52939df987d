// The 32 routings of six operators as the engine has them (wasm/dsp/fm_algorithms.h), and where their boxes lie (any thread).

export const OPERATORS = 6

export interface Algorithm {
  /** `from` modulates `to`. */
  readonly arrows: readonly (readonly [from: number, to: number])[]
  readonly carriers: readonly number[]
  readonly feedback: readonly [from: number, to: number]
}

/** `65 54 | 1 3 | 66`: arrows, carriers, feedback. */
const algorithm = (text: string): Algorithm => {
  const [arrows = '', carriers = '', feedback = ''] = text.split('|').map((part) => part.trim())
  const pair = (word: string): readonly [number, number] => [Number(word[0]), Number(word[1])]
  return {
    arrows: arrows === '' ? [] : arrows.split(' ').map(pair),
    carriers: carriers.split(' ').map(Number),
    feedback: pair(feedback),
  }
}

export const ALGORITHMS: readonly Algorithm[] = [
  '65 54 43 21|1 3|66',
  '65 54 43 21|1 3|22',
  '65 54 32 21|1 4|66',
  '65 54 32 21|1 4|46',
  '65 43 21|1 3 5|66',
  '65 43 21|1 3 5|56',
  '65 53 43 21|1 3|66',
  '65 53 43 21|1 3|44',
  '65 53 43 21|1 3|22',
  '64 54 32 21|1 4|33',
  '64 54 32 21|1 4|66',
  '63 53 43 21|1 3|22',
  '63 53 43 21|1 3|66',
  '64 54 43 21|1 3|66',
  '64 54 43 21|1 3|22',
  '65 51 43 31 21|1|66',
  '65 51 43 31 21|1|22',
  '65 54 41 31 21|1|33',
  '65 64 32 21|1 4 5|66',
  '64 54 32 31|1 2 4|33',
  '65 64 32 31|1 2 4 5|33',
  '65 64 63 21|1 3 4 5|66',
  '65 64 32|1 2 4 5|66',
  '65 64 63|1 2 3 4 5|66',
  '65 64|1 2 3 4 5|66',
  '64 54 32|1 2 4|66',
  '64 54 32|1 2 4|33',
  '54 43 21|1 3 6|55',
  '65 43|1 2 3 5|66',
  '54 43|1 2 3 6|55',
  '65|1 2 3 4 5|66',
  '|1 2 3 4 5 6|66',
].map(algorithm)

export interface Box {
  readonly operator: number
  /** In columns from the left. */
  readonly column: number
  /** 0: heard. One more for each step away from being heard. */
  readonly row: number
}

/** Every operator above what it modulates; those heard stand at the bottom. */
export function boxes({ arrows, carriers }: Algorithm): Box[] {
  const heads = (operator: number): number[] => arrows.filter(([from]) => from === operator).map(([, to]) => to)
  const feeds = (operator: number): number[] => arrows.filter(([, to]) => to === operator).map(([from]) => from)
  const rowOf = (operator: number): number =>
    carriers.includes(operator) ? 0 : 1 + Math.min(...heads(operator).map(rowOf))
  const columns = new Map<number, number>()
  let free = 0
  // Depth first: leaves get columns of their own, what they modulate stands in the middle below.
  const place = (operator: number): number => {
    const known = columns.get(operator)
    if (known !== undefined) return known
    const own = feeds(operator).filter((from) => !columns.has(from))
    const places = own.sort((a, b) => a - b).map(place)
    const column = places.length === 0 ? free++ : (places[0]! + places.at(-1)!) / 2
    columns.set(operator, column)
    return column
  }
  carriers.forEach(place)
  // One that modulates several carriers stands over the middle of them.
  for (let operator = 1; operator <= OPERATORS; operator++) {
    const to = heads(operator)
    if (to.length > 1 && feeds(operator).length === 0) {
      const at = to.map((head) => columns.get(head)!)
      columns.set(operator, (Math.min(...at) + Math.max(...at)) / 2)
    }
  }
  return Array.from({ length: OPERATORS }, (_, i) => ({
    operator: i + 1,
    column: columns.get(i + 1)!,
    row: rowOf(i + 1),
  }))
}
