// A few exclusive choices side by side (main thread).
interface SegmentsProps<Id extends string> {
  readonly name: string
  readonly value: Id
  readonly options: readonly { readonly id: Id; readonly label: string }[]
  readonly onChange: (id: Id) => void
}

export function Segments<Id extends string>({ name, value, options, onChange }: SegmentsProps<Id>) {
  return (
    <div className="seg" role="group" aria-label={name}>
      {options.map(({ id, label }) => (
        <button key={id} type="button" aria-pressed={id === value} onClick={() => onChange(id)}>
          {label}
        </button>
      ))}
    </div>
  )
}
