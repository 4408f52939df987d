// Figures of what plays recordings, as the report in Help states them.
import { SAMPLES } from '../../report/samples.ts'
import { holds } from '../figure.ts'

holds(SAMPLES)
