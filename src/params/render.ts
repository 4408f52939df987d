// What a render may ask of the computer (any thread).

/** Workers that render one song together. Each holds an engine of its own, of up to 128 MiB. */
export const MOST_RENDER_WORKERS = 8
