// Constants that the build fills in (any thread).
declare const __VERSION__: string
