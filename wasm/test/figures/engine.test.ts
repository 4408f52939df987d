// Figures of wasm/report/engine.ts, as the report in Help states them.
import { ENGINE } from '../../report/engine.ts'
import { holds } from '../figure.ts'

holds(ENGINE)
