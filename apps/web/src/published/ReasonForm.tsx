import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, TextArea, useToast } from '../design/index.ts'
import type { Rating } from './api/web-app-api.ts'
import { useVisitorErrorText } from './useVisitorErrorText.ts'

export interface ReasonFormProps {
  readonly rating: Rating
  /** What has a reason needs no form any more. */
  readonly onSend: (reason: string) => Promise<void>
}

const MAX_LENGTH = 2000

/** Asks why an answer was good or bad. */
export function ReasonForm({ rating, onSend }: ReasonFormProps) {
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
