import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import { cx } from './cx.ts'
import { Spinner } from './Spinner.tsx'

/** `link` stands among links and looks like them. */
export type ButtonVariant = keyof typeof variants | 'link'
export type ButtonSize = 's' | 'm' | 'l'

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly variant?: ButtonVariant | undefined
  readonly size?: ButtonSize | undefined
  readonly shape?: ButtonShape | undefined
  readonly icon?: ReactNode
  /** Shows a spinner in place of the icon and refuses clicks. */
  readonly isBusy?: boolean | undefined
  readonly ref?: Ref<HTMLButtonElement> | undefined
}

const variants = {
  primary: 'primary-button',
  default: 'border-line-2 bg-surface text-ink shadow-low hover:not-disabled:bg-surface-2 data-popup-open:bg-surface-2',
  ghost:
    'border-transparent bg-transparent text-ink-2 hover:not-disabled:bg-surface-2 hover:not-disabled:text-ink data-popup-open:bg-surface-2',
  danger: 'border-bad bg-bad text-bad-ink shadow-low hover:not-disabled:opacity-90',
}
const sizes: Record<ButtonSize, string> = { s: 'h-6.5 text-s gap-1.5', m: 'h-7.5 text-m gap-1.5', l: 'h-9 text-l gap-2' }
const paddings: Record<ButtonSize, string> = { s: 'px-2', m: 'px-2.75', l: 'px-3.5' }
const squares: Record<ButtonSize, string> = { s: 'w-6.5', m: 'w-7.5', l: 'w-9' }

/** `start` and `end` are the halves of a split button. */
export type ButtonShape = 'text' | 'square' | 'circle' | 'start' | 'end'

export interface ButtonLook {
  readonly variant?: ButtonVariant | undefined
  readonly size?: ButtonSize | undefined
  readonly shape?: ButtonShape | undefined
}

function shapeClass(shape: ButtonShape, size: ButtonSize): string {
  switch (shape) {
    case 'text':
      return cx('rounded-sm', paddings[size])
    case 'square':
      return cx('rounded-sm', squares[size])
    case 'circle':
      return cx('rounded-full', squares[size])
    case 'start':
      return cx('rounded-l-sm', paddings[size])
    case 'end':
      return cx('-ml-px rounded-r-sm', squares[size])
  }
}

/** The look of a button, for links that act as one. */
export function buttonClass({ variant = 'default', size = 'm', shape = 'text' }: ButtonLook = {}): string {
  if (variant === 'link')
    return cx('inline-flex shrink-0 items-center rounded-[4px] text-accent hover:not-disabled:underline disabled:opacity-50', sizes[size])
  return cx(
    'touch-target inline-flex shrink-0 items-center justify-center border font-medium whitespace-nowrap select-none transition-colors duration-100 disabled:opacity-50',
    variants[variant],
    sizes[size],
    shapeClass(shape, size),
  )
}

export function Button({ variant, size, shape, icon, isBusy, className, children, disabled, type = 'button', ...rest }: ButtonProps) {
  return (
    <button
      type={type}
      className={cx(buttonClass({ variant, size, shape }), className)}
      disabled={disabled || isBusy}
      aria-busy={isBusy || undefined}
      {...rest}
    >
      {isBusy ? <Spinner /> : icon}
      {children}
    </button>
  )
}
