// Figures of wasm/report/equalisers.ts, as the report in Help states them.
import { EQUALISERS } from '../../report/equalisers.ts'
import { holds } from '../figure.ts'

holds(EQUALISERS)
