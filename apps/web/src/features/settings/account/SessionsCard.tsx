import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { MonitorSmartphone } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import type { AccountSession } from '../../../api/types/account.ts'
import { useErrorText } from '../../../api/useErrorText.ts'
import { Button, Card, Chip, ErrorState, Skeleton, useToast } from '../../../design/index.ts'
import { useFormat } from '../../../i18n/useFormat.ts'
import { useSession } from '../../session/useSession.ts'
import { describeDevice } from './describe-device.ts'

const QUERY_KEY = ['sessions']

export function SessionsCard() {
  const { t } = useTranslation('settings')
  const api = useApi()
  const errorText = useErrorText()
  const sessions = useQuery({ queryKey: QUERY_KEY, queryFn: () => api.account.sessions() })
  const hasOthers = sessions.data?.some((session) => !session.is_current) ?? false
  return (
    <Card className="p-5">
      <div className="flex flex-wrap items-center gap-3">
        <div className="flex-1 basis-60">
          <h2 className="text-l font-semibold">{t('account.sessions.title')}</h2>
          <p className="text-ink-2">{t('account.sessions.lead')}</p>
        </div>
        {hasOthers && <EndOthersButton />}
      </div>
      {sessions.isPending && <Skeleton className="mt-4 h-12" />}
      {sessions.isError && (
        <ErrorState title={t('loadFailed', { ns: 'common' })} message={errorText(sessions.error)} onRetry={() => void sessions.refetch()} />
      )}
      {sessions.data && (
        <ul className="mt-2">
          {sessions.data.map((session) => (
            <SessionRow key={session.id} session={session} />
          ))}
        </ul>
      )}
    </Card>
  )
}

function SessionRow({ session }: { readonly session: AccountSession }) {
  const { t } = useTranslation('settings')
  const { account } = useSession()
  const format = useFormat(account.timezone)
  const names = describeDevice(session.user_agent)
  const device = names ? t('account.sessions.device', { ...names }) : session.user_agent || t('account.sessions.unknown')
  return (
    <li className="flex min-h-13 items-center gap-3 border-b border-line py-2 last:border-0 last:pb-0">
      <MonitorSmartphone size={17} strokeWidth={1.6} aria-hidden className="shrink-0 text-ink-3" />
      <div className="min-w-0 flex-1 leading-snug">
        <div className="flex items-center gap-1.5 font-medium">
          <span className="min-w-0 truncate" title={session.user_agent}>
            {device}
          </span>
          {session.is_current && <Chip tone="accent">{t('account.sessions.current')}</Chip>}
        </div>
        <div className="flex flex-wrap gap-x-3 text-s text-ink-3">
          <span className="font-mono">{session.ip}</span>
          <span>{t('account.sessions.since', { time: format.dateTime(session.created_at) })}</span>
          <span>{t('account.sessions.lastActive', { ago: format.ago(session.last_active_at) })}</span>
        </div>
      </div>
      {!session.is_current && <EndButton id={session.id} device={device} />}
    </li>
  )
}

function EndButton({ id, device }: { readonly id: string; readonly device: string }) {
  const { t } = useTranslation('settings')
  const api = useApi()
  const end = useEnding(
    () => api.account.endSession(id),
    () => t('account.sessions.ended'),
  )
  return (
    <Button size="s" aria-label={t('account.sessions.endOf', { device })} isBusy={end.isPending} onClick={() => end.mutate()}>
      {t('account.sessions.end')}
    </Button>
  )
}

function EndOthersButton() {
  const { t } = useTranslation('settings')
  const api = useApi()
  const end = useEnding(
    () => api.account.endOtherSessions(),
    (count) => t('account.sessions.endedOthers', { count }),
  )
  return (
    <Button isBusy={end.isPending} onClick={() => end.mutate()}>
      {t('account.sessions.endOthers')}
    </Button>
  )
}

function useEnding<Answer>(mutationFn: () => Promise<Answer>, toText: (answer: Answer) => string) {
  const { t } = useTranslation('settings')
  const toast = useToast()
  const errorText = useErrorText()
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn,
    onSuccess: (answer) => toast.success(toText(answer)),
    onError: (error) => toast.error(t('account.sessions.endFailed'), errorText(error)),
    onSettled: () => queryClient.invalidateQueries({ queryKey: QUERY_KEY }),
  })
}
