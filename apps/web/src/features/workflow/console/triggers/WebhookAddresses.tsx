import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../../api/ApiProvider.tsx'
import { useErrorText } from '../../../../api/useErrorText.ts'
import { CopyButton } from '../../../../design/index.ts'

export const triggersKey = (appId: string) => ['workflow-triggers', appId]

export interface WebhookAddressesProps {
  readonly appId: string
  readonly nodeId: string
  /** Of callers, who run what is published, and of whoever tries the draft. */
  readonly kinds: readonly ('calls' | 'trials')[]
}

/** Where a webhook is called. */
export function WebhookAddresses({ appId, nodeId, kinds }: WebhookAddressesProps) {
  const { t } = useTranslation('workflow')
  const api = useApi()
  const errorText = useErrorText()
  const webhook = useQuery({ queryKey: [...triggersKey(appId), nodeId], queryFn: () => api.triggers.webhook(appId, nodeId) })
  if (webhook.isError) return <p className="text-s text-bad">{errorText(webhook.error)}</p>
  if (!webhook.data) return null
  const addresses = {
    calls: { label: t('triggers.address'), url: webhook.data.webhook_url },
    trials: { label: t('triggers.trialAddress'), url: webhook.data.webhook_debug_url },
  }
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-3 text-s">
      {kinds.map((kind) => {
        const { label, url } = addresses[kind]
        return (
          <div key={kind} className="contents">
            <dt className="text-ink-3">{label}</dt>
            <dd className="truncate font-mono" title={url}>
              {url}
            </dd>
            <dd>
              <CopyButton text={url} />
            </dd>
          </div>
        )
      })}
    </dl>
  )
}
