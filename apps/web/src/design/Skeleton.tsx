import { cx } from './cx.ts'

/** A grey shape where content will be; size it by class. */
export function Skeleton({ className }: { readonly className?: string }) {
  return <div aria-hidden className={cx('skeleton', className)} />
}
