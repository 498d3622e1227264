import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { Columns2, FileText, LayoutGrid } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import { pagesOfApps, useAppPageLabels } from '../../app/app-pages.ts'
import { appQuery } from '../../app/queries.ts'
import { useSession } from '../../session/useSession.ts'
import { isShownTo, settingsGroups } from '../../settings/settings-pages.ts'
import type { Command } from './command.ts'

type Then = (run: () => unknown) => () => void

/** The Studio, the playground and the pages of the settings. */
export function usePageCommands(then: Then): Command[] {
  const { t } = useTranslation('shell')
  const { t: tSettings } = useTranslation('settings')
  const session = useSession()
  const navigate = useNavigate()
  const playground: Command = {
    id: 'playground',
    label: t('playground'),
    keywords: 'models compare try',
    Icon: Columns2,
    run: then(() => navigate({ to: '/playground' })),
  }
  const shown = settingsGroups.flatMap(({ pages }) => pages.filter((page) => isShownTo(page, session)))
  return [
    {
      id: 'studio',
      label: t('studio'),
      keywords: 'apps home',
      Icon: LayoutGrid,
      run: then(() => navigate({ to: '/apps' })),
    },
    ...(session.canEdit ? [playground] : []),
    ...shown.map(({ key, to, Icon }) => ({
      id: key,
      label: tSettings(`sections.${key}`),
      hint: t('settings'),
      keywords: key === 'usage' ? 'usage cost budgets spending' : key,
      Icon,
      run: then(() => navigate({ to })),
    })),
  ]
}

/** The pages of the app that is open, under its name. */
export function usePagesOfApp(then: Then): { readonly name: string; readonly commands: Command[] } {
  const api = useApi()
  const navigate = useNavigate()
  const { id = '' } = useParams({ strict: false })
  const { data: app } = useQuery({ ...appQuery(api, id), enabled: id !== '' })
  const labels = useAppPageLabels(app?.mode ?? 'chat')
  if (!app) return { name: '', commands: [] }
  const commands = pagesOfApps[app.mode].map((page) => ({
    id: `page-${page}`,
    label: labels[page],
    keywords: page,
    Icon: FileText,
    run: then(() => navigate({ to: `/app/$id/${page}`, params: { id } })),
  }))
  return { name: app.name, commands }
}
