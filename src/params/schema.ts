// zod for what comes from outside: command arguments, stored projects (main thread). The small build, configured before any schema
// because the page's policy forbids code from text.
import * as z from 'zod/mini'
import english from 'zod/v4/locales/en.js'

z.config({ ...english(), jitless: true })

export { z }
