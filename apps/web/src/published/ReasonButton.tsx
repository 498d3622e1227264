import { MessageSquarePlus } from 'lucide-react'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../design/index.ts'
import { lazyPart } from '../lazy-part.ts'
import type { ReasonFormProps } from './ReasonForm.tsx'

const Popover = lazyPart(() => import('../design/Popover.tsx').then((module) => ({ default: module.Popover })))
const ReasonForm = lazyPart(() => import('./ReasonForm.tsx').then((module) => ({ default: module.ReasonForm })))

/** Opens by itself where the answer was bad. */
export function ReasonButton({ rating, onSend, onSent }: ReasonFormProps) {
  const { t } = useTranslation('published')
  const [isOpen, setOpen] = useState(rating === 'dislike')
  const look = { label: t('reason.say'), size: 's', isTooltipHidden: true, children: <MessageSquarePlus size={14} aria-hidden /> } as const
  // While the popover is still on its way, a click is kept for it.
  return (
    <Suspense fallback={<IconButton {...look} onClick={() => setOpen(true)} />}>
      <Popover trigger={<IconButton {...look} />} isOpen={isOpen} onOpenChange={setOpen} className="w-80 max-w-[calc(100vw-2rem)]">
        <ReasonForm rating={rating} onSend={onSend} onSent={onSent} />
      </Popover>
    </Suspense>
  )
}
