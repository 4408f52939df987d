// The row under the top bar: what stands in the way, and what can be done about it (main thread).
import { useStore } from 'zustand'
import { usePorts } from '../context.ts'
import { Button } from '../controls/Button.tsx'
import { Icon } from '../icons/Icon.tsx'

export function Banner() {
  const { banner: store } = usePorts()
  const banner = useStore(store, (state) => state.banner)
  return (
    // The region stays in the page, so that a screen reader hears what is put into it.
    <div className="bannerrow" role="status" aria-live="polite">
      {banner && (
        <div className={`banner ${banner.kind}`}>
          <Icon name={banner.kind === 'update' ? 'info' : 'warn'} />
          <b>{banner.text}</b>
          {banner.detail && <span className="ell">{banner.detail}</span>}
          <span className="grow" />
          {banner.actions.map((action) => (
            <Button key={action.label} look="solid" onClick={action.run}>
              {action.label}
            </Button>
          ))}
        </div>
      )}
    </div>
  )
}
