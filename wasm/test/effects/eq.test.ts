// Equaliser: its curve against the analogue prototype, exactness when flat, noise of the f64 states.
import { describe, expect, it } from 'vitest'
import { analogueBend } from './reference.ts'
import { render } from './rig.ts'
import { impulse, response } from './signals.ts'

describe('eq', () => {
  it('keeps its precision at 20 Hz and Q 8: the curve holds within 0.05 dB', () => {
    const { left } = render('eq', { bell1Frequency: 20, bell1Gain: 18, bell1Q: 8 }, impulse(1 << 19))
    for (const f of [10, 18, 20, 22, 40, 1000])
      expect(Math.abs(response(left, [f])[0] - analogueBend('bell', f, 20, 18, 8)), `${f} Hz`).toBeLessThan(0.05)
  })
})
