// Figures of wasm/report/delays.ts, as the report in Help states them.
import { DELAYS } from '../../report/delays.ts'
import { holds } from '../figure.ts'

holds(DELAYS)
