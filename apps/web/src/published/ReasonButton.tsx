import { MessageSquarePlus } from 'lucide-react'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../design/index.ts'
import { SlowPart } from '../lazy-dialog.tsx'
import { lazyPart } from '../lazy-part.ts'
import type { ReasonFormProps } from './ReasonForm.tsx'

const Popover = lazyPart(() => import('../design/Popover.tsx').then((module) => ({ default: module.Popover })))
const ReasonForm = lazyPart(() => import('./ReasonForm.tsx').then((module) => ({ default: module.ReasonForm })))

/** Opens by itself where the answer was bad. */
export function ReasonButton({ rating, onSend, onSent }: ReasonFormProps) {
  const { t } = useTranslation('published')
  const [isOpen, setOpen] = useState(rating === 'dislike')
  /** While the popover is still on its way. */
  const [isAsked, setAsked] = useState(false)
  const change = (next: boolean) => {
    setOpen(next)
    setAsked(false)
  }
  const look = { label: t('reason.say'), size: 's', isTooltipHidden: true, children: <MessageSquarePlus size={14} aria-hidden /> } as const
  // While the popover is still on its way, a click is kept for it.
  return (
    <Suspense
      fallback={
        <>
          <IconButton {...look} onClick={() => setAsked(true)} />
          {isAsked && <SlowPart onLost={() => setAsked(false)} />}
        </>
      }
    >
      <Popover
        trigger={<IconButton {...look} />}
        isOpen={isOpen || isAsked}
        onOpenChange={change}
        className="w-80 max-w-[calc(100vw-2rem)]"
      >
        <ReasonForm rating={rating} onSend={onSend} onSent={onSent} />
      </Popover>
    </Suspense>
  )
}
