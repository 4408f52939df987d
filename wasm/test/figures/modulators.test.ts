// Figures of envelopes and LFOs, as the report in Help states them.
import { MODULATORS } from '../../report/modulators.ts'
import { holds } from '../figure.ts'

holds(MODULATORS)
