// What the page promises while files hover over it: presets and recordings (main thread).
import { Icon } from '../../icons/Icon.tsx'

export function DropOverlay({ count }: { readonly count: number }) {
  return (
    <div className="dropover" aria-hidden="true">
      <div className="zone">
        <Icon name="import" />
        <b>Keep in Sounds</b>
        <p>
          Reads presets from JSON files and makes a sampler of {count > 1 ? 'each recording' : 'a recording'}. The
          originals are kept beside the sounds, unchanged.
        </p>
      </div>
      <div className="droptip">
        Drop to import<span>Esc to cancel</span>
        <span>Nothing leaves this computer</span>
      </div>
    </div>
  )
}
