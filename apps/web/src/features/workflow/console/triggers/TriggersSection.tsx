import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { CalendarClock, Webhook as WebhookIcon } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../../api/ApiProvider.tsx'
import type { Trigger } from '../../../../api/triggers-api.ts'
import type { App } from '../../../../api/types/apps.ts'
import { useErrorText } from '../../../../api/useErrorText.ts'
import { Chip, Switch, useToast } from '../../../../design/index.ts'
import { useSession } from '../../../session/useSession.ts'
import { triggersKey, WebhookAddresses } from './WebhookAddresses.tsx'

/** What starts the published version by itself: webhooks with their addresses, schedules, each with its switch. Nothing where there is none. */
export function TriggersSection({ app }: { readonly app: App }) {
  const { t } = useTranslation('workflow')
  const api = useApi()
  const triggers = useQuery({ queryKey: triggersKey(app.id), queryFn: () => api.triggers.list(app.id) })
  if (!triggers.data || triggers.data.length === 0) return null
  return (
    <section aria-label={t('triggers.title')}>
      <h3 className="text-l font-semibold">{t('triggers.title')}</h3>
      <p className="mb-3 text-ink-2">{t('triggers.lead')}</p>
      <ul className="divide-y divide-line rounded-md border border-line bg-surface">
        {triggers.data.map((trigger) => (
          <TriggerItem key={trigger.id} app={app} trigger={trigger} />
        ))}
      </ul>
    </section>
  )
}

function TriggerItem({ app, trigger }: { readonly app: App; readonly trigger: Trigger }) {
  const { t } = useTranslation('workflow')
  const { canEdit } = useSession()
  const isWebhook = trigger.trigger_type === 'trigger-webhook'
  const Icon = isWebhook ? WebhookIcon : CalendarClock
  const change = useSwitch(app, trigger)
  const { status } = trigger
  // It cannot be switched on from here.
  const stuck = status === 'unauthorized' || status === 'rate_limited' ? status : null
  return (
    <li className="flex flex-col gap-1.5 px-4 py-3">
      <div className="flex items-center gap-2.5">
        <Icon size={15} aria-hidden className="shrink-0 text-ink-3" />
        <span className="min-w-0 flex-1 truncate font-medium">{trigger.title}</span>
        {stuck && <Chip tone="bad">{t(`triggers.status.${stuck}`)}</Chip>}
        <Switch
          label={t(status === 'enabled' ? 'on' : 'off', { ns: 'common' })}
          checked={status === 'enabled'}
          disabled={!canEdit || stuck !== null || change.isPending}
          onCheckedChange={(isEnabled) => change.mutate(isEnabled)}
        />
      </div>
      {isWebhook ? (
        <div className="pl-6.5">
          <WebhookAddresses appId={app.id} nodeId={trigger.node_id} kinds={['calls', 'trials']} />
        </div>
      ) : (
        <p className="pl-6.5 text-s text-ink-3">{t('triggers.schedule')}</p>
      )}
    </li>
  )
}

function useSwitch(app: App, trigger: Trigger) {
  const api = useApi()
  const toast = useToast()
  const errorText = useErrorText()
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (isEnabled: boolean) => api.triggers.setEnabled(app.id, trigger.id, isEnabled),
    onSettled: () => queryClient.invalidateQueries({ queryKey: triggersKey(app.id) }),
    onError: (error) => toast.error(errorText(error)),
  })
}
