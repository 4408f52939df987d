// Push buttons: with text, or an icon alone that carries its name and tooltip (main thread).
import type { ComponentProps } from 'react'
import { Icon, type IconName } from '../icons/Icon.tsx'

interface ButtonProps extends ComponentProps<'button'> {
  readonly look?: 'plain' | 'solid' | 'primary'
  readonly large?: boolean
  readonly icon?: IconName
}

export function Button({ look = 'plain', large, icon, children, className, ...rest }: ButtonProps) {
  const classes = ['btn', look !== 'plain' && look, large && 'l', className].filter(Boolean).join(' ')
  return (
    <button type="button" className={classes} {...rest}>
      {icon && <Icon name={icon} />}
      {children}
    </button>
  )
}

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  readonly icon: IconName
  /** The name for screen readers, and the tooltip where `tip` is not given. */
  readonly name: string
  readonly tip?: string
  readonly on?: boolean
  readonly filled?: boolean
  readonly large?: boolean
  readonly mirrored?: boolean
}

/** With `on` given it is a toggle. A disabled one stays focusable, so that its tooltip can say why. */
export function IconButton({
  icon,
  name,
  tip,
  on,
  filled,
  large,
  mirrored,
  disabled,
  onClick,
  className,
  ...rest
}: IconButtonProps) {
  const classes = ['ib', large && 'l', on && 'on', className].filter(Boolean).join(' ')
  return (
    <button
      type="button"
      className={classes}
      aria-label={name}
      data-tip={tip ?? name}
      aria-pressed={on}
      aria-disabled={disabled || undefined}
      onClick={disabled ? undefined : onClick}
      {...rest}
    >
      <Icon name={icon} {...(filled ? { filled } : {})} {...(mirrored ? { mirrored } : {})} />
    </button>
  )
}
