import { useMutation } from '@tanstack/react-query'
import { MailCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import type { MailTest } from '../../../api/types/account.ts'
import { useErrorText } from '../../../api/useErrorText.ts'
import { Button, Card, Notice } from '../../../design/index.ts'
import { useSendsMail } from '../../session/useSendsMail.ts'
import { useUpkeepTexts } from '../useUpkeepTexts.ts'

/** Whether letters go out, for those who can mend it. */
export function MailCard() {
  return useUpkeepTexts().data === undefined ? null : <Mail />
}

function Mail() {
  const { t } = useTranslation('upkeep')
  const api = useApi()
  const errorText = useErrorText()
  const sendsMail = useSendsMail()
  const test = useMutation({ mutationFn: () => api.team.testMail() })
  return (
    <Card className="p-5">
      <div className="flex flex-wrap items-center gap-3">
        <div className="flex-1 basis-60">
          <h2 className="text-l font-semibold">{t('mail.title')}</h2>
          <p className="text-ink-2">{t(sendsMail ? 'mail.lead' : 'mail.none')}</p>
        </div>
        {sendsMail && (
          <Button icon={<MailCheck size={14} aria-hidden />} isBusy={test.isPending} onClick={() => test.mutate()}>
            {t('mail.test')}
          </Button>
        )}
      </div>
      {!sendsMail && <p className="mt-2 text-s text-ink-3">{t('mail.configure')}</p>}
      {test.error && (
        <Notice tone="bad" className="mt-3">
          {errorText(test.error)}
        </Notice>
      )}
      {test.data && <Outcome outcome={test.data} />}
    </Card>
  )
}

function Outcome({ outcome: { result, to, fault, detail, settings } }: { readonly outcome: MailTest }) {
  const { t } = useTranslation('upkeep')
  if (result === 'sent') {
    return (
      <Notice tone="info" className="mt-3">
        {t('mail.sent', { email: to })}
      </Notice>
    )
  }
  return (
    <Notice tone="bad" className="mt-3">
      <p className="font-medium">{t(`mail.faults.${fault ?? 'other'}`)}</p>
      {detail && <p className="mt-1 font-mono text-s wrap-anywhere">{detail}</p>}
      {settings.length > 0 && <p className="mt-1">{t('mail.settings', { names: settings.join(', ') })}</p>}
    </Notice>
  )
}
