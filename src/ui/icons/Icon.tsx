// The interface's own small set of 16 px line icons (main thread).
const SHAPES = {
  search: 'M7 2.75a4.25 4.25 0 1 0 0 8.5 4.25 4.25 0 0 0 0-8.5M10.2 10.2l3.3 3.3',
  close: 'm4 4 8 8M12 4l-8 8',
  undo: 'M5.5 3 2.5 6l3 3M2.8 6H9a4 4 0 0 1 0 8H6.5',
  redo: 'm10.5 3 3 3-3 3M13.2 6H7a4 4 0 0 0 0 8h2.5',
  down: 'm4 6 4 4 4-4',
  up: 'm4 10 4-4 4 4',
  left: 'm10 4-4 4 4 4',
  right: 'm6 4 4 4-4 4',
  play: 'M4.5 2.6v10.8c0 .5.5.8.9.5l8-5.4c.4-.3.4-.7 0-1l-8-5.4c-.4-.3-.9 0-.9.5Z',
  minus: 'M3 8h10',
  plus: 'M8 3v10M3 8h10',
  power: 'M8 2.5v5M4.8 4.6a4.8 4.8 0 1 0 6.4 0',
  check: 'm3.5 8.5 3 3 6-7',
  warn: 'M8 2.5 14.3 13.3H1.7ZM8 6.5v3.2M8 11.5h.01',
  error: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2M8 4.8v4M8 11.2h.01',
  info: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2M8 7.3v3.7M8 5h.01',
  import: 'M8 2v7.5M5 6.7l3 3 3-3M2.5 10.5v3h11v-3',
  export: 'M8 10V2.5M5 5.3l3-3 3 3M2.5 10.5v3h11v-3',
  panel: 'M3.5 3h9A1.5 1.5 0 0 1 14 4.5v7a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 2 11.5v-7A1.5 1.5 0 0 1 3.5 3M10 3v10',
  save: 'M3 3h8l2 2v8H3zM5.5 3v3h4V3M5.5 13V9.5h5V13',
  midi: 'M3 3.5h10a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1M6 3.5v9M10 3.5v9M6 3.5v5M10 3.5v5',
  speaker: 'M2.5 6.2h2.3L8 3.5v9l-3.2-2.7H2.5zM10.3 5.8a3.2 3.2 0 0 1 0 4.4M12.2 4a5.7 5.7 0 0 1 0 8',
  muted: 'M2.5 6.2h2.3L8 3.5v9l-3.2-2.7H2.5zM10.5 6.2l3.6 3.6M14.1 6.2l-3.6 3.6',
  sliders:
    'M2.5 4.5h6M12 4.5h1.5M2.5 11.5H4M7.5 11.5h6M10.2 2.8a1.7 1.7 0 1 0 0 3.4 1.7 1.7 0 0 0 0-3.4M5.7 9.8a1.7 1.7 0 1 0 0 3.4 1.7 1.7 0 0 0 0-3.4',
  dice: 'M4 2.5h8A1.5 1.5 0 0 1 13.5 4v8a1.5 1.5 0 0 1-1.5 1.5H4A1.5 1.5 0 0 1 2.5 12V4A1.5 1.5 0 0 1 4 2.5M5.1 5.6a.5.5 0 1 0 1 0a.5.5 0 1 0-1 0M9.9 5.6a.5.5 0 1 0 1 0a.5.5 0 1 0-1 0M7.5 8a.5.5 0 1 0 1 0a.5.5 0 1 0-1 0M5.1 10.4a.5.5 0 1 0 1 0a.5.5 0 1 0-1 0M9.9 10.4a.5.5 0 1 0 1 0a.5.5 0 1 0-1 0',
  reset: 'M3 3.5v3.2h3.2M3.3 6.5A5.2 5.2 0 1 1 2.8 9',
  revert: 'M5.5 3.5 2.5 6.5l3 3M2.8 6.5h6.7a3.5 3.5 0 0 1 0 7H7',
  star: 'm8 2.2 1.75 3.7 4 .5-2.95 2.8.77 4L8 11.25 4.43 13.2l.77-4L2.25 6.4l4-.5Z',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  approx: 'M2.5 6.5c1.5-2 3.5-2 5.5-.5s4 1.5 5.5-.5M2.5 11c1.5-2 3.5-2 5.5-.5s4 1.5 5.5-.5',
  stop: 'M4 4h8v8H4z',
  fit: 'M2.5 3.5v9M13.5 3.5v9M4.8 8h6.4M6.8 6 4.8 8l2 2M9.2 6l2 2-2 2',
  pause: 'M4.5 3h2.5v10H4.5zM9 3h2.5v10H9z',
  start: 'M3.5 3v10M12.5 3.2v9.6c0 .4-.4.6-.7.4L5.6 8.4c-.3-.2-.3-.6 0-.8l6.2-4.8c.3-.2.7 0 .7.4Z',
  loop: 'M2.5 7.5v-1A2.5 2.5 0 0 1 5 4h8M11 2l2 2-2 2M13.5 8.5v1A2.5 2.5 0 0 1 11 12H3M5 14l-2-2 2-2',
  metronome: 'M6 2.5h4l2.5 11h-9zM4.3 10.5h7.4M8 10.5l4.3-6.5',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  bin: 'M3 4.5h10M6.5 4.5v-2h3v2M4.5 4.5l.5 9h6l.5-9M6.8 7v4M9.2 7v4',
  frozen: 'M8 2v12M2.8 5l10.4 6M13.2 5 2.8 11M6.2 3 8 4.8 9.8 3M6.2 13 8 11.2 9.8 13',
  help: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2M6.3 6.3a1.7 1.7 0 1 1 2.6 1.5c-.6.3-.9.7-.9 1.3M8 11.3h.01',
} as const

export type IconName = keyof typeof SHAPES

interface IconProps {
  readonly name: IconName
  readonly filled?: boolean
  readonly small?: boolean
  readonly mirrored?: boolean
}

export function Icon({ name, filled, small, mirrored }: IconProps) {
  const className = ['i', filled && 'f', small && 's'].filter(Boolean).join(' ')
  return (
    <svg
      className={className}
      viewBox="0 0 16 16"
      aria-hidden="true"
      style={mirrored ? { transform: 'scaleX(-1)' } : undefined}
    >
      <path d={SHAPES[name]} />
    </svg>
  )
}

/** The logo: two threads woven through three. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 24 24" aria-hidden="true" fill="none" strokeWidth="2.25" strokeLinecap="round">
      <path stroke="var(--text-3)" d="M7 3.5V21M12 3v18.5M17 3.5V21" />
      <path stroke="var(--bg-0)" strokeWidth="5.5" strokeLinecap="butt" d="M4.5 8h5M14.5 8h5M9.5 16h5" />
      <path stroke="var(--accent)" d="M2.5 8h7.2M14.3 8h7.2M2.5 16h2M9.5 16h5M19.5 16h2" />
    </svg>
  )
}
