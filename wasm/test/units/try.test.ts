import { test } from 'vitest'
import { UnitRig, makeTables } from './rig.ts'
import { decibels, noteHz, toneAmplitude, worstAlias } from './spectrum.ts'
test('try', () => {
  console.log(makeTables(48000), makeTables(44100), makeTables(96000), makeTables(48000))
  for (const id of ['saw', 'square', 'triangle']) {
    for (const note of [15.5, 20.3, 28.2, 33.1, 41.7, 45.4, 57.3, 69.2, 84.1, 96.3, 108.2, 119.9]) {
      const u = new UnitRig(id).pitch(note).start()
      const N = note < 45 ? 1 << 17 : 1 << 16
      const s = u.render(N)[0]![0]!
      const hz = noteHz(note)
      const a1 = toneAmplitude(s, hz, 48000)
      let worst = 0
      const top = Math.floor(18000 / hz)
      for (let h = 1; h <= top; h += Math.max(1, Math.floor(top / 30))) {
        const want = id === 'saw' ? 2 / Math.PI / h : h % 2 === 0 ? 0 : id === 'square' ? 4 / Math.PI / h : 8 / Math.PI ** 2 / h / h
        if (want) worst = Math.max(worst, Math.abs(decibels(toneAmplitude(s, hz * h, 48000) / want)))
      }
      const w = worstAlias(s, hz, 48000)
      console.log(id, note, a1.toFixed(4), 'harm err', worst.toFixed(4), 'alias', w.db.toFixed(1), w.atHz.toFixed(0))
    }
  }
  const bench = (n: string, u: UnitRig) => console.log('ns/quad', n, u.nanoseconds().toFixed(1))
  bench('saw uniform', new UnitRig('saw').pitch([60, 64, 67, 72]).start())
  bench('saw low', new UnitRig('saw').pitch([36, 36, 36, 36]).start())
  bench('saw mixed', new UnitRig('saw').pitch([36, 44, 60, 72]).start())
  bench('gain', new UnitRig('gain').noiseIn(0).noiseIn(1).patch(3).start())
  bench('pan', new UnitRig('pan').noiseIn(0).patch(1).start())
  bench('env', new UnitRig('env').set('decay', 20).start())
  bench('svf12', new UnitRig('svf').noiseIn(0).patch(1).start())
  bench('svf24', new UnitRig('svf').set('slope', 1).noiseIn(0).patch(1).start())
}, 200000)
