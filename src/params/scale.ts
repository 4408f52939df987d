// What a formula, a read-out and a knob need to know of a parameter (any thread). A generated ParamSpec is one.

export type UnitName =
  | 'none'
  | 'hertz'
  | 'seconds'
  | 'decibels'
  | 'fraction'
  | 'ratio'
  | 'cents'
  | 'semitones'
  | 'octaves'
  | 'degrees'
  | 'perSecond'
  | 'count'

export type CurveName = 'linear' | 'log' | 'option' | 'toggle'

/** `min` and `max` are plain values; for `option` they are not read, `options` is. */
export interface Scale {
  readonly unit: UnitName
  readonly min: number
  readonly max: number
  readonly curve: CurveName
  readonly options?: readonly { readonly id: string; readonly label: string }[]
}

/** A number in the parameter's unit, or an option id. */
export type Plain = number | string

/** Only whole steps exist: counts, options and switches. */
export const isStepped = (scale: Scale): boolean =>
  scale.curve === 'option' || scale.curve === 'toggle' || scale.unit === 'count'
