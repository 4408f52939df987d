// Figures of the filters of a voice, as the report in Help states them.
import { FILTERS } from '../../report/filters.ts'
import { holds } from '../figure.ts'

holds(FILTERS)
