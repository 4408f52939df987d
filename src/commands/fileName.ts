// A name that any system takes for a file, from whatever the user calls a thing (any thread).

/** With its ending; `otherwise` where nothing of the name is left. */
export const fileName = (name: string, otherwise: string): string =>
  `${
    name
      .replace(/[^\p{L}\p{N} ._-]/gu, '_')
      .trim()
      .slice(0, 80) || otherwise
  }.json`
