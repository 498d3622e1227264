import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useDeferredValue } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import type { AppSummary } from '../../../api/types/apps.ts'
import type { Command } from './command.ts'

/** As many as the server gives at once: letters are matched among these, whole words among all. */
const NEAR_APPS = 100
const FAR_APPS = 20
const SHOWN_AT_FIRST = 6

/** The apps last worked on, and whichever of the others has in its name what was typed. */
export function useAppCommands(query: string, then: (run: () => unknown) => () => void): Command[] {
  const { t } = useTranslation('common')
  const api = useApi()
  const navigate = useNavigate()
  const name = useDeferredValue(query.trim())
  const near = useQuery({ queryKey: ['apps', 'list', 'palette'], queryFn: () => api.apps.list({ page: 1, limit: NEAR_APPS }) })
  const far = useQuery({
    queryKey: ['apps', 'list', 'palette', name],
    queryFn: () => api.apps.list({ page: 1, limit: FAR_APPS, name }),
    enabled: name !== '' && near.data?.has_more === true,
    placeholderData: (previous) => previous,
  })
  const apps = new Map<string, AppSummary>()
  for (const app of [...(near.data?.data ?? []), ...(far.data?.data ?? [])]) apps.set(app.id, app)
  const commands = [...apps.values()].map((app) => ({
    id: app.id,
    label: app.name,
    hint: t(`mode.${app.mode}`),
    appIcon: { iconType: app.icon_type, icon: app.icon, iconUrl: app.icon_url },
    run: then(() => navigate({ to: '/app/$id/configuration', params: { id: app.id } })),
  }))
  return query.trim() === '' ? commands.slice(0, SHOWN_AT_FIRST) : commands
}
