import type { ReactNode } from 'react'
import { Button, type ButtonProps } from './Button.tsx'
import { cx } from './cx.ts'
import { Tooltip } from './Tooltip.tsx'

export interface IconButtonProps extends Omit<ButtonProps, 'icon' | 'children'> {
  /** Read by screen readers and shown as the tooltip. */
  readonly label: string
  readonly children: ReactNode
  readonly isTooltipHidden?: boolean
}

const squares = { s: 'w-6.5 px-0', m: 'w-7.5 px-0', l: 'w-9 px-0' }

export function IconButton({ label, children, isTooltipHidden, variant = 'ghost', size = 'm', className, ...rest }: IconButtonProps) {
  const button = (
    <Button variant={variant} size={size} className={cx(squares[size], className)} aria-label={label} {...rest}>
      {rest.isBusy ? null : children}
    </Button>
  )
  return isTooltipHidden ? button : <Tooltip content={label}>{button}</Tooltip>
}
