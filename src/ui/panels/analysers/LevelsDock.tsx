// Levels: a meter for each channel with its held peak, and RMS and clipped samples in figures (main thread).
import { useCallback, useMemo, useRef, type RefObject } from 'react'
import type { Watched } from '../../../engine/live/streams.ts'
import type { LevelReading } from '../../ports.ts'
import { FLOOR_DB, toDb } from '../../controls/ballistics.ts'
import { Meter } from '../../controls/Meter.tsx'
import type { SourceChoice } from './sources.ts'
import { useWatched } from './useWatched.ts'
import { writeDb, writeText } from './writeDb.ts'

const SCALE_DB = [-60, -40, -20, -10, 0] as const
const SCREEN_HZ = 60
const TEXT_MS = 500

export function LevelsDock({ source }: { readonly source: SourceChoice }) {
  const place = useRef<HTMLElement>(null)
  const held = useRef<Watched | null>(null)
  const textMs = useRef(-Infinity)
  const left = useRef<HTMLElement>(null)
  const right = useRef<HTMLElement>(null)
  const rmsLeft = useRef<HTMLElement>(null)
  const rmsRight = useRef<HTMLElement>(null)
  const clips = useRef<HTMLElement>(null)
  const request = useMemo(() => ({ type: 'levels', source: source.id, rateHz: SCREEN_HZ }), [source.id])
  const problem = useWatched(place, request, (watched, _fresh, nowMs) => {
    held.current = watched
    // The meter says whether it moves.
    if (nowMs - textMs.current < TEXT_MS) return false
    textMs.current = nowMs
    writeDb(rmsLeft.current, watched ? toDb(watched.reading('rmsLeft')[0]!) : FLOOR_DB)
    writeDb(rmsRight.current, watched ? toDb(watched.reading('rmsRight')[0]!) : FLOOR_DB)
    if (watched) writeText(clips.current, String(watched.reading('clips')[0]))
    return false
  })
  const read = useCallback((into: LevelReading): boolean => {
    const watched = held.current
    const peak = watched?.reading('peakLeft')
    if (!watched || !peak?.length) return false
    into.peakLeft = peak[0]!
    into.peakRight = watched.reading('peakRight')[0]!
    into.rmsLeft = watched.reading('rmsLeft')[0]!
    into.rmsRight = watched.reading('rmsRight')[0]!
    return true
  }, [])
  const showPeaks = useCallback((leftDb: number, rightDb: number) => {
    writeDb(left.current, leftDb)
    writeDb(right.current, rightDb)
  }, [])
  return (
    <section className="dock d-lev" aria-label="Levels" ref={place}>
      <h3>
        Levels
        <span className="grow" />
        <span className="reading">{problem ?? 'dBFS, peak hold 2 s'}</span>
      </h3>
      <div className="lv">
        <Meter read={read} direction="across" onPeaks={showPeaks} />
        <dl>
          <dt>L</dt>
          <dd ref={left} />
          <dt>R</dt>
          <dd ref={right} />
        </dl>
      </div>
      <div className="lvscale" aria-hidden="true">
        {SCALE_DB.map((db) => (
          <span key={db} style={{ left: `${(1 - db / FLOOR_DB) * 100}%` }}>
            {db < 0 ? `−${-db}` : db}
          </span>
        ))}
      </div>
      <dl className="figures">
        <Figure name="RMS L" value={rmsLeft} />
        <Figure name="RMS R" value={rmsRight} />
        <Figure name="Clipped" value={clips} />
      </dl>
    </section>
  )
}

function Figure({ name, value }: { readonly name: string; readonly value: RefObject<HTMLElement | null> }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd ref={value} />
    </div>
  )
}
