// What draws a device from its values, and what of it can be dragged: the contract of every picture (any thread).
import type { ComponentType } from 'react'
import type { PatchUnit, PlainValue } from '../../../../presets/model.ts'
import type { Rgb } from '../../../drawing/colours.ts'
import type { Surface } from '../../../drawing/Plot.tsx'
import type { PictureProps } from './Picture.tsx'

/** Reads a parameter of the device by id. */
export type Read = (param: string) => number | string

export interface Area {
  /** CSS pixels. */
  readonly width: number
  readonly height: number
}

export interface Place {
  readonly x: number
  readonly y: number
}

/** Everything that a picture is made of. */
export interface Scene {
  readonly read: Read
  /** What is no parameter: an additive oscillator's harmonics, the name of a wavetable. */
  readonly unit: PatchUnit
  readonly colour: Rgb
  /** Of the song now: what note lengths are counted in. */
  readonly bpm: number
  readonly sampleRateHz: number
  /** The band, operator or point that was chosen, from 1. */
  readonly part: number
  /** What `Face.scale` gave; held while something is dragged, so that the ground stays where it is. */
  readonly scale: number
}

export interface Handle {
  readonly id: string
  readonly x: number
  readonly y: number
  /** What is chosen with it, from 1. */
  readonly part?: number
  /** A letter or figure inside. */
  readonly mark?: string
  /** Smaller, for what lies between points. */
  readonly small?: boolean
  /** Switched off: pale. */
  readonly off?: boolean
  /** The picture itself shows what is taken. */
  readonly hidden?: boolean
}

/** New values of parameters, in the order in which they are set. */
export type Change = readonly (readonly [param: string, value: PlainValue])[]

export interface Handles {
  at(area: Area, scene: Scene): readonly Handle[]
  /** What brings a handle to a place; the caller keeps values in their ranges. */
  moved(area: Area, scene: Scene, id: string, place: Place): Change
  /** The wheel over a handle. */
  turned?(scene: Scene, id: string, steps: number): Change
  /** A double press on a handle, or on the picture beside them (null). */
  doubled?(area: Area, scene: Scene, id: string | null, place: Place): Change
  /** What can be done, in a tooltip. */
  readonly hint: string
}

export interface FrontProps {
  /** `fx1` */
  readonly owner: string
  readonly type: string
  readonly scene: Scene
}

export interface BackProps extends FrontProps {
  /** The device's colour as a CSS expression: what is behind follows the theme by itself. */
  readonly tint: string
}

export type Paint = (surface: Surface, scene: Scene) => void

export interface Face {
  readonly paint: Paint
  readonly handles?: Handles
  /** Pixels per something of the picture's ground, for `Scene.scale`. */
  readonly scale?: (area: Area, scene: Scene) => number
  /** Moves or stands behind the picture, only while it is seen. */
  readonly Back?: ComponentType<BackProps>
  /** Moves before the picture, only while it is seen. */
  readonly Front?: ComponentType<FrontProps>
  /** Takes the place of the whole picture. */
  readonly Editor?: ComponentType<PictureProps>
}

/** What a chunk of faces exports: by type of unit or effect. */
export interface Faces {
  readonly units: Readonly<Record<string, Face>>
  readonly effects: Readonly<Record<string, Face>>
}

export const number = (read: Read, id: string): number => Number(read(id))
export const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value))
