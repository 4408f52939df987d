// Figures of wasm/report/drive.ts, as the report in Help states them.
import { DRIVE } from '../../report/drive.ts'
import { holds } from '../figure.ts'

holds(DRIVE)
