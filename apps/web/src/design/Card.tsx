import type { ComponentPropsWithoutRef } from 'react'
import { cx } from './cx.ts'

export function Card({ className, ...rest }: ComponentPropsWithoutRef<'div'>) {
  return <div className={cx('rounded-md border border-line bg-surface', className)} {...rest} />
}
