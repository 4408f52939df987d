// Figures of wavetables, additive waves, FM and noise, as the report in Help states them.
import { TABLES } from '../../report/tables.ts'
import { holds } from '../figure.ts'

holds(TABLES)
