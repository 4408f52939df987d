// Figures of strings, struck bodies and winds, as the report in Help states them.
import { STRINGS } from '../../report/strings.ts'
import { holds } from '../figure.ts'

holds(STRINGS)
