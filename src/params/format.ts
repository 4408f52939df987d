// Plain value -> text for eyes ("1.2 kHz") and for screen readers ("1.2 kilohertz") (any thread). The only copy.
import type { Plain, Scale, UnitName } from './scale.ts'

const MINUS = '\u2212'

/** A number with its unit, in the two spellings; `attached`: written without a space (90°). */
interface Reading {
  readonly digits: string
  readonly symbol: string
  readonly word: string
  readonly attached?: boolean
}

/** At most `figures` significant figures, no trailing zeros, never an exponent. */
function significant(value: number, figures: number): string {
  if (value === 0) return '0'
  const decimals = Math.max(0, figures - 1 - Math.floor(Math.log10(Math.abs(value))))
  return trim(value.toFixed(Math.min(6, decimals)))
}

const trim = (digits: string): string => {
  const short = digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits
  return short === '-0' ? '0' : short
}

const fixed = (value: number, decimals: number): string => {
  const digits = value.toFixed(decimals)
  return Number(digits) === 0 ? digits.replace('-', '') : digits
}

const SIMPLE: Partial<Record<UnitName, { symbol: string; word: string; attached?: boolean }>> = {
  ratio: { symbol: '×', word: 'times' },
  cents: { symbol: 'cents', word: 'cents' },
  semitones: { symbol: 'st', word: 'semitones' },
  octaves: { symbol: 'oct', word: 'octaves' },
  degrees: { symbol: '°', word: 'degrees', attached: true },
  perSecond: { symbol: '/s', word: 'per second' },
}

function read(unit: UnitName, value: number): Reading {
  switch (unit) {
    case 'hertz': {
      // 999.5: what would be written as 1000 Hz is written as 1 kHz.
      if (Math.abs(value) >= 999.5) return { digits: significant(value / 1000, 3), symbol: 'kHz', word: 'kilohertz' }
      return { digits: significant(value, 3), symbol: 'Hz', word: 'hertz' }
    }
    case 'seconds': {
      if (Math.abs(value) >= 0.9995) return { digits: significant(value, 3), symbol: 's', word: 'seconds' }
      return { digits: significant(value * 1000, 3), symbol: 'ms', word: 'milliseconds' }
    }
    case 'decibels':
      return { digits: fixed(value, 1), symbol: 'dB', word: 'decibels' }
    case 'fraction': {
      const percent = value * 100
      return { digits: trim(percent.toFixed(Math.abs(percent) < 9.95 ? 1 : 0)), symbol: '%', word: 'percent' }
    }
    case 'count':
      return { digits: String(Math.round(value)), symbol: '', word: '' }
    default: {
      const simple = SIMPLE[unit] ?? { symbol: '', word: '' }
      return { digits: significant(value, 3), ...simple }
    }
  }
}

const singular = (word: string, digits: string): string =>
  (digits === '1' || digits === '-1') && word.endsWith('s') && word.length > 2 && word !== 'times'
    ? word.slice(0, -1)
    : word

const written = (value: number, digits: string, infinity: string): string => {
  if (Number.isNaN(value)) return 'not a number'
  if (Number.isFinite(value)) return digits
  return value < 0 ? `-${infinity}` : infinity
}

const named = (scale: Scale, plain: Plain): string | undefined => {
  if (scale.curve === 'toggle') return Number(plain) >= 0.5 ? 'On' : 'Off'
  if (scale.curve !== 'option') return undefined
  const option =
    typeof plain === 'number' ? scale.options?.[Math.round(plain)] : scale.options?.find(({ id }) => id === plain)
  return option?.label ?? String(plain)
}

/** For the screen: "900 Hz", "1.2 kHz", "−6.2 dB" (true minus), "34 %", "600 ms", "3 s", "7 cents", "90°", an option's label. */
export function formatValue(scale: Scale, plain: Plain): string {
  const name = named(scale, plain)
  if (name !== undefined) return name
  const value = Number(plain)
  const { digits, symbol, attached } = read(scale.unit, value)
  const text = written(value, digits, '∞').replace('-', MINUS)
  const unit = singular(symbol, digits)
  return unit === '' ? text : attached ? text + unit : `${text} ${unit}`
}

/** For screen readers: "900 hertz", "minus 6.2 decibels", "1 second". */
export function speakValue(scale: Scale, plain: Plain): string {
  const name = named(scale, plain)
  if (name !== undefined) return name
  const value = Number(plain)
  const { digits, word } = read(scale.unit, value)
  const text = written(value, digits, 'infinity').replace('-', 'minus ')
  return word === '' ? text : `${text} ${singular(word, digits)}`
}
