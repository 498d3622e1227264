import { ShieldAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { LogMessage } from '../../api/types/conversations.ts'
import { changedTexts } from './changed-texts.ts'

/** What moderation changed of a question before it was answered: as it was asked, and as it was sent on. */
export function ChangedQuestion({ turn }: { readonly turn: LogMessage }) {
  const { t } = useTranslation('logs')
  const texts = changedTexts(turn)
  if (texts.length === 0) return null
  return (
    <section aria-label={t('detail.changed.title')} className="w-full max-w-[85%] self-end rounded-md bg-warn-soft px-3.5 py-2.5 text-s">
      <div className="mb-1.5 flex items-center gap-1.5 font-medium text-warn">
        <ShieldAlert size={12} aria-hidden />
        {t('detail.changed.title')}
      </div>
      <div className="flex flex-col gap-2">
        {texts.map(({ input, asked, sent }) => (
          <div key={input ?? ''}>
            {input !== undefined && <div className="font-mono text-accent">{input}</div>}
            <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-0.5">
              <dt className="text-ink-2">{t('detail.changed.asked')}</dt>
              <dd className="whitespace-pre-wrap wrap-anywhere">{asked === '' ? t('detail.changed.nothing') : asked}</dd>
              <dt className="text-ink-2">{t('detail.changed.sent')}</dt>
              <dd className="whitespace-pre-wrap wrap-anywhere">{sent === '' ? t('detail.changed.nothing') : sent}</dd>
            </dl>
          </div>
        ))}
      </div>
    </section>
  )
}
