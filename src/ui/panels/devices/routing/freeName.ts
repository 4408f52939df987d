// A name that nothing of a list has yet: "Bus 2" (any thread).

export function freeName(stem: string, taken: readonly { readonly name: string }[]): string {
  let number = 1
  while (taken.some(({ name }) => name === `${stem} ${String(number)}`)) number++
  return `${stem} ${String(number)}`
}
