import { CalendarClock, Play, Plug, Square, Webhook } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { App } from '../../../../api/types/apps.ts'
import { Button, Notice, Spinner } from '../../../../design/index.ts'
import type { DraftTrigger } from './draft-triggers.ts'
import { WebhookAddresses } from './WebhookAddresses.tsx'

/** What a trial waits for: the next event of one trigger, or of whichever is first. */
export type AwaitedEvent = { readonly one: string } | { readonly any: readonly string[] }

export interface TriggerTrialsProps {
  readonly app: App
  readonly triggers: readonly DraftTrigger[]
  /** Undefined where nothing is waited for. */
  readonly awaited: AwaitedEvent | undefined
  readonly isRunning: boolean
  readonly isStopping: boolean
  readonly onTry: (awaited: AwaitedEvent) => void
  /** Waits no more. */
  readonly onCancel: () => void
  /** Stops the run that an event began. */
  readonly onStop: () => void
}

/** The triggers of a draft, each of which can begin a trial: a webhook is called at its address for trials, a schedule runs at once. */
export function TriggerTrials({ app, triggers, awaited, isRunning, isStopping, onTry, onCancel, onStop }: TriggerTrialsProps) {
  const { t } = useTranslation('workflow')
  // A schedule is not waited for when it is tried alone.
  const isSchedule = awaited && 'one' in awaited && triggers.find(({ id }) => id === awaited.one)?.type === 'trigger-schedule'
  return (
    <div className="flex flex-col gap-3">
      <ul className="divide-y divide-line rounded-md border border-line bg-surface">
        {triggers.map((trigger) => (
          <TriggerItem key={trigger.id} app={app} trigger={trigger} isBusy={isRunning} onTry={() => onTry({ one: trigger.id })} />
        ))}
      </ul>
      {triggers.length > 1 && (
        <Button disabled={isRunning} onClick={() => onTry({ any: triggers.map(({ id }) => id) })}>
          {t('triggers.waitForAny')}
        </Button>
      )}
      {isRunning && !awaited && (
        <Button size="l" icon={<Square size={12} fill="currentColor" aria-hidden />} isBusy={isStopping} onClick={onStop}>
          {t(isStopping ? 'stopping' : 'stop')}
        </Button>
      )}
      {awaited && !isSchedule && (
        <Notice
          tone="info"
          action={
            <Button size="s" onClick={onCancel}>
              {t('cancel', { ns: 'common' })}
            </Button>
          }
        >
          <span className="flex items-center gap-2">
            <Spinner />
            {t('any' in awaited ? 'triggers.waitingForAny' : 'triggers.waiting')}
          </span>
        </Notice>
      )}
    </div>
  )
}

const icons = { 'trigger-webhook': Webhook, 'trigger-schedule': CalendarClock, 'trigger-plugin': Plug }

interface TriggerItemProps extends Pick<TriggerTrialsProps, 'app'> {
  readonly trigger: DraftTrigger
  readonly isBusy: boolean
  readonly onTry: () => void
}

function TriggerItem({ app, trigger: { id, type, title }, isBusy, onTry }: TriggerItemProps) {
  const { t } = useTranslation('workflow')
  const Icon = icons[type]
  const isSchedule = type === 'trigger-schedule'
  return (
    <li aria-label={title} className="flex flex-col gap-2 px-3.5 py-3">
      <div className="flex items-center gap-2.5">
        <Icon size={15} aria-hidden className="shrink-0 text-ink-3" />
        <span className="min-w-0 flex-1 truncate font-medium">{title}</span>
        <Button size="s" disabled={isBusy} icon={isSchedule && <Play size={12} aria-hidden />} onClick={onTry}>
          {t(isSchedule ? 'triggers.runNow' : 'triggers.wait')}
        </Button>
      </div>
      {type === 'trigger-webhook' && <WebhookAddresses appId={app.id} nodeId={id} kinds={['trials']} />}
    </li>
  )
}
