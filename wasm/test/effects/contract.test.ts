// What every effect of the registry promises, whatever it sounds like. CI takes a seeded slice, VERIFY=1 the whole.
import { describe, expect, it } from 'vitest'
import { parameterSteps } from './steps.ts'
import { effects, raw, Rig, type RigSpec, type Stereo, type Values } from './rig.ts'
import { db, finite, impulse, noise, peak, rms } from './signals.ts'

const WHOLE = Boolean(process.env.VERIFY)
const RATES = WHOLE ? [44100, 48000, 96000] : [48000]
const ROUNDS = WHOLE ? 12 : 3

/** Values of all parameters, uniform on the knob; the same for the same seed. */
function randomValues(spec: RigSpec, seed: number): Values {
  const dice = noise(spec.params.length, seed + 77)
  return Object.fromEntries(
    spec.params.map((p, i) => {
      const t = 0.5 + 0.5 * dice[i]
      if (p.curve === 'option') return [p.id, Math.floor(t * p.options.length) % p.options.length]
      if (p.curve === 'toggle' || p.unit === 'count') return [p.id, Math.round(p.min + t * (p.max - p.min))]
      return [p.id, p.curve === 'log' ? p.min * (p.max / p.min) ** t : p.min + t * (p.max - p.min)]
    }),
  )
}
const has = (spec: RigSpec, id: string) => spec.params.some((p) => p.id === id)
const seeds = Array.from({ length: ROUNDS }, (_, i) => i + 1)

/** First frame at which two signals differ in any bit that counts; -1 when none does. */
const difference = (a: Stereo, b: Stereo) => a.left.findIndex((v, i) => v !== b.left[i] || a.right[i] !== b.right[i])

/** The song of a round: playing or standing, at another tempo and place. */
const songOf = (seed: number) => ({ bpm: 83 + 13 * (seed % 9), beat: 1.7 * seed, playing: seed % 2 === 0 })

for (const spec of effects)
  for (const sampleRate of RATES)
    describe(`${spec.id} at ${sampleRate} Hz`, () => {
      const make = (values: Values = {}, seed = 0) => new Rig(spec.id, values, sampleRate).song(songOf(seed))
      /** What its side chain hears: nothing is connected, or a signal of its own. */
      const sidesOf = (frames: number, seed: number): (Stereo | undefined)[] =>
        spec.sidechain ? [undefined, { left: noise(frames, seed + 31), right: noise(frames, seed + 32) }] : [undefined]

      it('after a reset is as fresh, bit for bit', () => {
        for (const seed of seeds)
          for (const side of sidesOf(12000, seed)) {
            const values = randomValues(spec, seed)
            const input = noise(12000, seed)
            const other = noise(12000, seed + 9)
            const fresh = make(values, seed)
            const first = fresh.process(input, other, 32, side)
            const used = make(randomValues(spec, seed + 50), seed + 1)
            used.process(noise(sampleRate >> (WHOLE ? 0 : 1), 3))
            used.set(values)
            const again = used.reset().song(songOf(seed)).process(input, other, 32, side)
            expect(difference(again, first)).toBe(-1)
            fresh.free()
            used.free()
          }
      })

      it('turns silence into silence', () => {
        for (const seed of seeds) {
          const rig = make(randomValues(spec, seed), seed)
          const { left, right } = rig.silence(8000)
          expect(peak(left) + peak(right)).toBe(0)
          rig.free()
        }
      })

      it('is finite and sounding again after NaN, infinity and huge input, also in its side chain', () => {
        for (const poison of [NaN, Infinity, -Infinity, 1e30])
          for (const side of sidesOf(sampleRate >> 1, 6)) {
            const rig = make()
            rig.process(noise(4800, 2), noise(4800, 2), 32, side)
            const bad = noise(64, 5)
            bad[10] = poison
            const hit = rig.process(bad)
            expect(finite(hit.left) && finite(hit.right)).toBe(true)
            if (side) {
              const good = noise(64, 5)
              const aside = rig.process(good, good, 32, { left: bad, right: bad })
              expect(finite(aside.left) && finite(aside.right)).toBe(true)
            }
            rig.silence(Math.ceil(0.05 * sampleRate))
            const last = noise(sampleRate >> 1, 6, 0.5)
            const after = rig.process(last, last, 32, side)
            expect(finite(after.left) && finite(after.right)).toBe(true)
            expect(rms(after.left)).toBeGreaterThan(0.005)
            expect(peak(after.left)).toBeLessThan(30)
            rig.free()
          }
      })

      it('stays bounded and in its own memory while parameters jump', () => {
        const rig = make()
        const takes = raw.call.rig_takes()
        for (const seed of seeds)
          for (const side of sidesOf(sampleRate / 4, seed)) {
            rig.set(randomValues(spec, seed)).song(songOf(seed))
            const out = rig.process(noise(sampleRate / 4, seed), noise(sampleRate / 4, seed + 1000), 32, side)
            expect(out.faults).toBe(0)
            expect(Math.max(peak(out.left), peak(out.right))).toBeLessThan(64)
          }
        expect(raw.call.rig_takes(), 'no allocation').toBe(takes)
        expect(rig.intact).toBe(true)
        rig.free()
      })

      it.runIf(has(spec, 'mix'))('at mix 0 is the input, delayed by its latency, bit for bit', () => {
        for (const seed of seeds) {
          const rig = make({ ...randomValues(spec, seed), mix: 0 }, seed)
          const left = noise(8000, seed)
          const right = noise(8000, seed + 5)
          const out = rig.process(left, right)
          const d = rig.latency
          const wanted = { left: left.subarray(0, 8000 - d), right: right.subarray(0, 8000 - d) }
          expect(difference({ left: out.left.subarray(d), right: out.right.subarray(d) }, wanted)).toBe(-1)
          rig.free()
        }
      })

      it('is silent, by 100 dB, when its stated tail is over', () => {
        for (const seed of [0, ...seeds]) {
          const rig = make(seed === 0 ? {} : randomValues(spec, seed), seed)
          const input = noise(sampleRate, seed)
          rig.process(input)
          const tail = rig.tail + rig.latency
          if (tail < (WHOLE ? 30 : 3) * sampleRate || (seed === 0 && tail < 12 * sampleRate)) {
            rig.silence(tail)
            const rest = rig.silence(sampleRate >> 1)
            expect(db(Math.max(peak(rest.left), peak(rest.right))), JSON.stringify(rig.spec.id)).toBeLessThan(-100)
          }
          rig.free()
        }
      })

      it('leaves no subnormal number behind after 10 s of silence', () => {
        const rig = make()
        rig.process(noise(sampleRate, 4))
        rig.silence(Math.max(10 * sampleRate, 4 * rig.tail))
        const { left, right } = rig.silence(320)
        expect(peak(left) + peak(right)).toBe(0)
        // Below 2^21 lie the counters of the few integer queues; a decaying line would leave larger words as well.
        const words = rig.arena().filter((word) => (word & 0x7fffffff) > 0x200000 && (word & 0x7f800000) === 0)
        expect(words.length).toBe(0)
        rig.free()
      })

      it('does not click when a parameter steps', () => {
        for (const { param, burst, floor } of parameterSteps(spec, sampleRate, WHOLE ? 30 : 12, songOf(0)))
          expect(burst, param).toBeLessThan(Math.max(-60, floor + 6))
      })

      it('sounds the same however its blocks are cut', () => {
        for (const seed of seeds)
          for (const side of sidesOf(4000, seed)) {
            const values = randomValues(spec, seed)
            const input = noise(4000, seed, 0.5)
            const whole = make(values, seed)
            const one = whole.process(input, input, 32, side)
            for (const split of WHOLE || seed === 1 ? [1, 7, 19] : [7]) {
              const cut = make(values, seed)
              const two = cut.process(input, input, split, side)
              const error = peak(one.left.map((v, i) => v - two.left[i]))
              expect(db(error) - db(peak(one.left)), `${split}`).toBeLessThan(-100)
              cut.free()
            }
            whole.free()
          }
      })

      it('survives a sum to mono', () => {
        const rig = make()
        const { left, right } = rig.process(noise(2 * sampleRate, 8))
        const mono = left.map((v, i) => 0.5 * (v + right[i]))
        expect(db(rms(mono)) - db(Math.max(rms(left), rms(right)))).toBeGreaterThan(-6)
        rig.free()
      })

      it.skipIf(has(spec, 'mix'))('passes an impulse at its stated latency', () => {
        const rig = make()
        const { left } = rig.process(impulse(4000, 100, 0.1))
        const at = left.reduce((best, v, i) => (Math.abs(v) > Math.abs(left[best]) ? i : best), 0)
        expect(at).toBe(100 + rig.latency)
        rig.free()
      })
    })
