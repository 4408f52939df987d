// Figures of wasm/report/pitch.ts, as the report in Help states them.
import { PITCH } from '../../report/pitch.ts'
import { holds } from '../figure.ts'

holds(PITCH)
