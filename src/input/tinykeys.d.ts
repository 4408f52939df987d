// tinykeys ships types that its package.json hides from the "bundler" resolution (any thread).
declare module 'tinykeys' {
  export function tinykeys(
    target: Window | HTMLElement,
    bindings: Readonly<Record<string, (event: KeyboardEvent) => void>>,
    options?: { readonly timeout?: number },
  ): () => void
}
