import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import { cx } from './cx.ts'
import { Spinner } from './Spinner.tsx'

export type ButtonVariant = 'primary' | 'default' | 'ghost' | 'danger'
export type ButtonSize = 's' | 'm' | 'l'

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly variant?: ButtonVariant | undefined
  readonly size?: ButtonSize | undefined
  readonly icon?: ReactNode
  /** Shows a spinner in place of the icon and refuses clicks. */
  readonly isBusy?: boolean | undefined
  readonly ref?: Ref<HTMLButtonElement> | undefined
}

const variants: Record<ButtonVariant, string> = {
  primary: 'border-accent bg-accent text-accent-ink shadow-low hover:not-disabled:border-accent-2 hover:not-disabled:bg-accent-2',
  default: 'border-line-2 bg-surface text-ink shadow-low hover:not-disabled:bg-surface-2 data-popup-open:bg-surface-2',
  ghost:
    'border-transparent bg-transparent text-ink-2 hover:not-disabled:bg-surface-2 hover:not-disabled:text-ink data-popup-open:bg-surface-2',
  danger: 'border-bad bg-bad text-bad-ink shadow-low hover:not-disabled:opacity-90',
}
const sizes: Record<ButtonSize, string> = {
  s: 'h-6.5 px-2 text-s gap-1.5',
  m: 'h-7.5 px-2.75 text-m gap-1.5',
  l: 'h-9 px-3.5 text-l gap-2',
}

/** The look of a button, for links that act as one. */
export function buttonClass({
  variant = 'default',
  size = 'm',
}: {
  variant?: ButtonVariant | undefined
  size?: ButtonSize | undefined
} = {}): string {
  return cx(
    'inline-flex shrink-0 items-center justify-center rounded-sm border font-medium whitespace-nowrap select-none transition-colors duration-100 disabled:opacity-50',
    variants[variant],
    sizes[size],
  )
}

export function Button({ variant, size, icon, isBusy, className, children, disabled, type = 'button', ...rest }: ButtonProps) {
  return (
    <button
      type={type}
      className={cx(buttonClass({ variant, size }), className)}
      disabled={disabled || isBusy}
      aria-busy={isBusy || undefined}
      {...rest}
    >
      {isBusy ? <Spinner /> : icon}
      {children}
    </button>
  )
}
