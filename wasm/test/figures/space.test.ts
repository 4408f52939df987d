// Figures of wasm/report/space.ts, as the report in Help states them.
import { SPACE } from '../../report/space.ts'
import { holds } from '../figure.ts'

holds(SPACE)
