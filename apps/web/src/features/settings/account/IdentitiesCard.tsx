import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import type { LinkedIdentity } from '../../../api/types/account.ts'
import { useErrorText } from '../../../api/useErrorText.ts'
import { Button, Card, Notice, useToast } from '../../../design/index.ts'
import { useFormat } from '../../../i18n/useFormat.ts'
import type { SignInFailure } from '../../session/sign-in-failures.ts'
import { useSession } from '../../session/useSession.ts'
import { beginLink, endLink } from './link-visit.ts'

const QUERY_KEY = ['identities']

/** Accounts of other services that sign in to this one; nothing where none are configured. */
export function IdentitiesCard({ failed }: { readonly failed: SignInFailure | undefined }) {
  const { t } = useTranslation('settings')
  const { t: tErrors } = useTranslation('errors')
  const api = useApi()
  const identities = useQuery({ queryKey: QUERY_KEY, queryFn: () => api.account.identities() })
  const card = useReturn(identities.data, failed)
  if (!identities.data?.length) return null
  return (
    <Card ref={card} className="p-5">
      <h2 className="text-l font-semibold">{t('account.identities.title')}</h2>
      <p className="text-ink-2">{t('account.identities.lead')}</p>
      {failed && (
        <Notice tone="bad" className="mt-4">
          {tErrors(failed)}
        </Notice>
      )}
      <ul className="mt-2">
        {identities.data.map((identity) => (
          <IdentityRow key={identity.provider} identity={identity} />
        ))}
      </ul>
    </Card>
  )
}

/** Whoever comes back from a service is told what came of it, where it stands: the card is far down the page. */
function useReturn(identities: readonly LinkedIdentity[] | undefined, failed: SignInFailure | undefined) {
  const { t } = useTranslation('settings')
  const toast = useToast()
  const card = useRef<HTMLDivElement>(null)
  const isTold = useRef(false)
  // A page that the browser kept comes back as it was: its visit was broken off.
  useEffect(() => {
    const onShow = ({ persisted }: PageTransitionEvent) => persisted && endLink()
    window.addEventListener('pageshow', onShow)
    return () => window.removeEventListener('pageshow', onShow)
  }, [])
  useEffect(() => {
    // Once: the failure stays in the address while the list is read anew.
    if (!identities || isTold.current) return
    isTold.current = true
    const visited = endLink()
    const linked = identities.find(({ provider, is_bound: isBound }) => provider === visited && isBound)
    if (linked && !failed) toast.success(t('account.identities.linked', { name: linked.name }))
    if (visited !== undefined || failed) card.current?.scrollIntoView({ block: 'center' })
  }, [identities, failed, toast, t])
  return card
}

function IdentityRow({ identity }: { readonly identity: LinkedIdentity }) {
  const { t } = useTranslation('settings')
  const api = useApi()
  const toast = useToast()
  const errorText = useErrorText()
  const queryClient = useQueryClient()
  const { account } = useSession()
  const format = useFormat(account.timezone)
  const { provider, name } = identity
  const onError = (error: unknown) => toast.error(t('account.failed'), errorText(error))
  const link = useMutation({
    mutationFn: () => api.account.linkIdentity(provider),
    onSuccess: (url) => {
      beginLink(provider)
      window.location.assign(url)
    },
    onError,
  })
  const unlink = useMutation({
    mutationFn: () => api.account.unlinkIdentity(provider),
    onSuccess: () => toast.success(t('account.identities.unlinked', { name })),
    onError,
    onSettled: () => queryClient.invalidateQueries({ queryKey: QUERY_KEY }),
  })
  return (
    <li className="flex min-h-13 items-center gap-3 border-b border-line py-2 last:min-h-11 last:border-0 last:pb-0">
      <KeyRound size={17} strokeWidth={1.6} aria-hidden className="shrink-0 text-ink-3" />
      <div className="min-w-0 flex-1 leading-snug">
        <div className="font-medium">{name}</div>
        <div className="flex flex-wrap gap-x-3 text-s text-ink-3">
          {identity.is_bound && <span className="min-w-0 truncate">{identity.email}</span>}
          <span>
            {identity.created_at === null
              ? t('account.identities.unused')
              : t('account.identities.since', { time: format.dateTime(identity.created_at) })}
          </span>
        </div>
      </div>
      {identity.is_bound ? (
        <Button size="s" aria-label={t('account.identities.unlinkOf', { name })} isBusy={unlink.isPending} onClick={() => unlink.mutate()}>
          {t('account.identities.unlink')}
        </Button>
      ) : (
        <Button size="s" aria-label={t('account.identities.linkOf', { name })} isBusy={link.isPending} onClick={() => link.mutate()}>
          {t('account.identities.link')}
        </Button>
      )}
    </li>
  )
}
