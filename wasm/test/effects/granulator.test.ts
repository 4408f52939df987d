// Granulator: even overlap, place, pitch, freeze, song time.
import { expect, it } from 'vitest'
import { render, Rig } from './rig.ts'
import { db, noise, peak, rms, sine, spectrum } from './signals.ts'

const even = { mix: 1, spray: 0, jitter: 0, spread: 0, reverse: 0, position: 0.1 }

it('begins grains as far back as the position says, at their frame', () => {
  const step = new Float32Array(24000).fill(1, 4000)
  const { left } = render('granulator', { ...even, position: 0.25, density: 100, size: 0.01, shape: 0.05 }, step)
  // Grains begin every 480 frames; those from 16000 on read what lies 12000 frames back: the step.
  const first = left.findIndex((v) => Math.abs(v) > 1e-6)
  expect(first).toBeGreaterThanOrEqual(15998)
  expect(first).toBeLessThanOrEqual(16002)
})

it('transposes its grains and keeps clear of what has not been played yet', () => {
  for (const semitones of [12, 24, -12]) {
    const { left } = render(
      'granulator',
      { ...even, pitch: semitones, density: 2, size: 0.5 },
      sine(500, 72000, 48000, 0.5),
    )
    const part = left.subarray(72000 - 12000 - 8192, 72000 - 12000)
    const mags = spectrum(part)
    const loudest = mags.indexOf(Math.max(...mags))
    expect(Math.abs((loudest * 48000) / 8192 - 500 * 2 ** (semitones / 12))).toBeLessThan(7)
  }
})

it('frozen it goes on for ever from what it holds; thawed it falls silent', () => {
  const rig = new Rig('granulator', { mix: 1, jitter: 1, spray: 0.4 })
  rig.process(sine(220, 48000, 48000, 0.5))
  rig.set({ freeze: 1 })
  for (let second = 0; second < 8; second++) expect(rms(rig.silence(48000).left)).toBeGreaterThan(0.02)
  rig.set({ freeze: 0 })
  for (let second = 0; second < 3; second++) rig.silence(48000)
  expect(peak(rig.silence(48000).left)).toBeLessThan(1e-5)
  rig.free()
})

it('keeps the level of what it strews', () => {
  const input = noise(96000, 3, 0.5)
  const levels = [
    { density: 16, size: 0.18 },
    { density: 60, size: 0.4 },
    { density: 100, size: 0.1 },
  ].map((values) => {
    const { left, right } = render('granulator', { mix: 1, jitter: 1, spray: 1, ...values }, input.slice())
    return db(Math.hypot(rms(left.subarray(48000)), rms(right.subarray(48000))) / (rms(input) * Math.SQRT2))
  })
  for (const level of levels) expect(Math.abs(level)).toBeLessThan(2)
})
