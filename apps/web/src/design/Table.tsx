import type { ComponentPropsWithoutRef, ReactNode } from 'react'
import { cx } from './cx.ts'
import { useScrollFrame } from './useScrollFrame.ts'

/** Where it is wider than its place, its frame scrolls, also by the keyboard, and fades at the edge that has more. */
export function Table({ className, children, ...rest }: ComponentPropsWithoutRef<'table'>) {
  const frame = useScrollFrame()
  return (
    <div
      {...frame}
      className="[&[tabindex]]:edge-fade [--ground:var(--surface)] [--touch-height:0px] overflow-x-auto rounded-md border border-line bg-surface -outline-offset-2"
    >
      <table className={cx('w-full border-collapse text-left', className)} {...rest}>
        {children}
      </table>
    </div>
  )
}

export function TableHead({ children }: { readonly children: ReactNode }) {
  return (
    <thead className="border-b border-line text-s text-ink-3">
      <tr>{children}</tr>
    </thead>
  )
}

export function HeaderCell({ className, ...rest }: ComponentPropsWithoutRef<'th'>) {
  return <th scope="col" className={cx('h-8 px-3 font-medium whitespace-nowrap', className)} {...rest} />
}

export interface TableRowProps extends ComponentPropsWithoutRef<'tr'> {
  readonly isSelected?: boolean
}

/** With `onClick` the row is a button for the keyboard too. */
export function TableRow({ className, onClick, isSelected, ...rest }: TableRowProps) {
  return (
    <tr
      className={cx(
        'border-b border-line last:border-0',
        onClick && 'cursor-pointer hover:bg-surface-2',
        isSelected && 'bg-surface-2',
        className,
      )}
      {...(onClick && {
        tabIndex: 0,
        onClick,
        onKeyDown: (event) => {
          if (event.key === 'Enter' && event.target === event.currentTarget) event.currentTarget.click()
        },
      })}
      {...rest}
    />
  )
}

export function Cell({ className, ...rest }: ComponentPropsWithoutRef<'td'>) {
  return <td className={cx('h-10 px-3 align-middle', className)} {...rest} />
}
