import type { ReactNode } from 'react'
import { Button, type ButtonProps } from './Button.tsx'
import { Tooltip } from './Tooltip.tsx'

export interface IconButtonProps extends Omit<ButtonProps, 'icon' | 'children'> {
  /** Read by screen readers and shown as the tooltip. */
  readonly label: string
  readonly children: ReactNode
  readonly isTooltipHidden?: boolean
}

export function IconButton({ label, children, isTooltipHidden, variant = 'ghost', shape = 'square', ...rest }: IconButtonProps) {
  const button = (
    <Button variant={variant} shape={shape} aria-label={label} {...rest}>
      {rest.isBusy ? null : children}
    </Button>
  )
  return isTooltipHidden ? button : <Tooltip content={label}>{button}</Tooltip>
}
