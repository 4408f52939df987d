// Figures of wasm/report/dynamics.ts and limiter.ts, as the report in Help states them.
import { DYNAMICS } from '../../report/dynamics.ts'
import { LIMITERS } from '../../report/limiter.ts'
import { holds } from '../figure.ts'

holds([...DYNAMICS, ...LIMITERS])
