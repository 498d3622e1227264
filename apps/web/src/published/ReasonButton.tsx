import { MessageSquarePlus } from 'lucide-react'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../design/index.ts'
import { SlowPart } from '../lazy-dialog.tsx'
import { lazyPart } from '../lazy-part.ts'
import type { ReasonFormProps } from './ReasonForm.tsx'

const Popover = lazyPart(() => import('../design/Popover.tsx').then((module) => ({ default: module.Popover })))
const ReasonForm = lazyPart(() => import('./ReasonForm.tsx').then((module) => ({ default: module.ReasonForm })))

/** Asks for nothing by itself: whoever has rated an answer may be writing the next question by then. */
export function ReasonButton({ rating, onSend }: ReasonFormProps) {
  const { t } = useTranslation('published')
  const [isOpen, setOpen] = useState(false)
  /** While the popover is still on its way. */
  const [isAsked, setAsked] = useState(false)
  const change = (next: boolean) => {
    setOpen(next)
    setAsked(false)
  }
  const look = { variant: 'ghost', size: 's', icon: <MessageSquarePlus size={14} aria-hidden />, children: t('reason.say') } as const
  // While the popover is still on its way, a click is kept for it.
  return (
    <Suspense
      fallback={
        <>
          <Button {...look} onClick={() => setAsked(true)} />
          {isAsked && <SlowPart onLost={() => setAsked(false)} />}
        </>
      }
    >
      <Popover trigger={<Button {...look} />} isOpen={isOpen || isAsked} onOpenChange={change} className="w-80 max-w-[calc(100vw-2rem)]">
        <ReasonForm rating={rating} onSend={onSend} />
      </Popover>
    </Suspense>
  )
}
