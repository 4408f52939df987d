// Engine values as short text for report lines (any thread).
import type { Quantity } from '../rules/quantity.ts'

const UNIT_TEXT: Readonly<Record<Quantity, string>> = {
  time: ' s',
  frequency: ' Hz',
  pitch: ' semitones',
  level: ' dB',
  fraction: '',
  ratio: '',
  perSecond: ' /s',
  angle: ' degrees',
  slope: ' dB/oct',
  count: '',
}

/** 4 significant figures and the base unit of `quantity`; short times in ms. */
export function quantityText(value: number, quantity: Quantity): string {
  if (quantity === 'time' && Math.abs(value) < 1) return `${figure(value * 1000)} ms`
  if (quantity === 'pitch' && Math.abs(value) < 1) return `${figure(value * 100)} cents`
  return `${figure(value)}${UNIT_TEXT[quantity]}`
}

export function figure(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(4))) : String(value)
}
