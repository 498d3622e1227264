import { CircleAlert, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode, Ref } from 'react'
import { cx } from './cx.ts'

export interface NoticeProps {
  readonly tone: 'info' | 'warn' | 'bad'
  readonly children: ReactNode
  readonly action?: ReactNode
  readonly className?: string
  readonly ref?: Ref<HTMLDivElement>
}

const looks = {
  info: { box: 'bg-info-soft', icon: 'text-info', Icon: Info },
  warn: { box: 'bg-warn-soft', icon: 'text-warn', Icon: TriangleAlert },
  bad: { box: 'bg-bad-soft', icon: 'text-bad', Icon: CircleAlert },
}

/** A message that belongs to its place and stays until its cause is gone. */
export function Notice({ tone, children, action, className, ref }: NoticeProps) {
  const { box, icon, Icon } = looks[tone]
  return (
    <div
      ref={ref}
      role={tone === 'bad' ? 'alert' : 'status'}
      className={cx('flex items-start gap-2.5 rounded-sm px-3 py-2', box, className)}
    >
      <Icon size={15} aria-hidden className={cx('mt-0.5 shrink-0', icon)} />
      <div className="min-w-0 flex-1 wrap-anywhere">{children}</div>
      {action}
    </div>
  )
}
