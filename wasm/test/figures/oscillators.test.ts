// Figures of the waveform oscillators, as the report in Help states them.
import { OSCILLATORS } from '../../report/oscillators.ts'
import { holds } from '../figure.ts'

holds(OSCILLATORS)
