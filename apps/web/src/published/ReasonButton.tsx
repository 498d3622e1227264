import { MessageSquarePlus } from 'lucide-react'
import { type FormEvent, lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton, TextArea, useToast } from '../design/index.ts'
import type { Rating } from './api/web-app-api.ts'
import { useVisitorErrorText } from './useVisitorErrorText.ts'

const Popover = lazy(() => import('../design/Popover.tsx').then((module) => ({ default: module.Popover })))

export interface ReasonButtonProps {
  readonly rating: Rating
  readonly onSend: (reason: string) => Promise<void>
  readonly onSent: () => void
}

const MAX_LENGTH = 2000

/** Opens by itself where the answer was bad. */
export function ReasonButton({ rating, onSend, onSent }: ReasonButtonProps) {
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

function ReasonForm({ rating, onSend, onSent }: ReasonButtonProps) {
  const { t } = useTranslation('published')
  const toast = useToast()
  const errorText = useVisitorErrorText()
  const [text, setText] = useState('')
  const [isBusy, setBusy] = useState(false)
  const send = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    try {
      await onSend(text.trim())
      toast.success(t('reason.sent'))
      onSent()
    } catch (error) {
      toast.error(errorText(error))
      setBusy(false)
    }
  }
  return (
    <form className="flex flex-col gap-2.5" onSubmit={(event) => void send(event)}>
      <TextArea
        label={t(rating === 'like' ? 'reason.whyGood' : 'reason.whyBad')}
        placeholder={t('reason.placeholder')}
        maxLength={MAX_LENGTH}
        value={text}
        onValueChange={setText}
      />
      <Button type="submit" variant="primary" className="self-end" isBusy={isBusy} disabled={text.trim() === ''}>
        {t('reason.send')}
      </Button>
    </form>
  )
}
