import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { Columns2, FileText, LayoutGrid, Settings } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import type { App } from '../../../api/types/apps.ts'
import { appQuery } from '../../app/queries.ts'
import { useSession } from '../../session/useSession.ts'
import type { Command } from './command.ts'

type Then = (run: () => unknown) => () => void

const settings = ['models', 'members', 'workspace', 'audit', 'account', 'appearance'] as const

/** The Studio, the playground and the pages of the settings. */
export function usePageCommands(then: Then): Command[] {
  const { t } = useTranslation('shell')
  const { t: tSettings } = useTranslation('settings')
  const { canEdit, canAdminister } = useSession()
  const navigate = useNavigate()
  const playground: Command = {
    id: 'playground',
    label: t('playground'),
    keywords: 'models compare try',
    Icon: Columns2,
    run: then(() => navigate({ to: '/playground' })),
  }
  const shown = settings.filter((section) => section !== 'audit' || canAdminister)
  return [
    {
      id: 'studio',
      label: t('studio'),
      keywords: 'apps home',
      Icon: LayoutGrid,
      run: then(() => navigate({ to: '/apps' })),
    },
    ...(canEdit ? [playground] : []),
    ...shown.map((section) => ({
      id: section,
      label: tSettings(`sections.${section}`),
      hint: t('settings'),
      keywords: section,
      Icon: Settings,
      run: then(() => navigate({ to: `/settings/${section}` })),
    })),
  ]
}

const basicPages = ['configuration', 'develop', 'logs', 'annotations', 'monitoring', 'overview'] as const
const pagesOf = {
  chat: basicPages,
  completion: basicPages,
  // The runs of a workflow are its logs; a chatflow has both.
  workflow: ['configuration', 'steps', 'runs', 'versions', 'monitoring', 'develop', 'overview'],
  'advanced-chat': ['configuration', 'steps', 'logs', 'annotations', 'runs', 'versions', 'monitoring', 'develop', 'overview'],
  'agent-chat': [],
} as const satisfies Record<App['mode'], readonly string[]>

/** The pages of the app that is open, under its name. */
export function usePagesOfApp(then: Then): { readonly name: string; readonly commands: Command[] } {
  const { t } = useTranslation('shell')
  const { t: tWorkflow } = useTranslation('workflow')
  const api = useApi()
  const navigate = useNavigate()
  const { id = '' } = useParams({ strict: false })
  const { data: app } = useQuery({ ...appQuery(api, id), enabled: id !== '' })
  if (!app) return { name: '', commands: [] }
  const isBasic = app.mode === 'chat' || app.mode === 'completion'
  const labels = {
    configuration: isBasic ? t('app.orchestrate') : tWorkflow('console.tryOut'),
    steps: tWorkflow('console.steps'),
    logs: t('app.logs'),
    annotations: t('app.annotations'),
    runs: tWorkflow('console.runs'),
    versions: tWorkflow('console.versions'),
    monitoring: t('app.monitoring'),
    develop: t('app.api'),
    overview: t('app.overview'),
  }
  const commands = pagesOf[app.mode].map((page) => ({
    id: `page-${page}`,
    label: labels[page],
    keywords: page,
    Icon: FileText,
    run: then(() => navigate({ to: `/app/$id/${page}`, params: { id } })),
  }))
  return { name: app.name, commands }
}
