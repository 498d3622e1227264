import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/ApiProvider.tsx'
import { basePath } from '../../base-path.ts'
import { buttonClass } from '../../design/index.ts'
import { systemFeaturesQuery } from './queries.ts'

export interface ServiceButtonsProps {
  /** Path within the console to go on to. */
  readonly redirect?: string | undefined
  /** Of the invitation to accept with it. */
  readonly inviteToken?: string
}

/** A link for each service whose accounts sign in: the browser itself goes there and comes back. */
export function ServiceButtons({ redirect, inviteToken }: ServiceButtonsProps) {
  const { t, i18n } = useTranslation('account')
  const api = useApi()
  const services = useQuery(systemFeaturesQuery(api)).data?.sign_in_providers ?? []
  const search = new URLSearchParams({ language: i18n.language, timezone: Intl.DateTimeFormat().resolvedOptions().timeZone })
  if (redirect) search.set('redirect', redirect)
  if (inviteToken) search.set('invite_token', inviteToken)
  return services.map(({ id, name }) => (
    <a key={id} href={`${basePath()}/console/api/oauth/login/${id}?${search}`} className={buttonClass({ size: 'l' })}>
      {t('signIn.byService', { name })}
    </a>
  ))
}
